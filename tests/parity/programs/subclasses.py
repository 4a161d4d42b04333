"""Tensors of subclasses with a protocol of their own."""

from __future__ import annotations

from typing import Any

from tests.parity.programs.machine import Machine


def one_subclass(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    x = p.tensor("x", of=p.subclass("A"))
    p.log("keys", p.names(p.keyset_of(x)))
    p.call("f", x)
    p.tls()


def beside_a_plain_tensor(p: Machine) -> None:
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU")
    a = p.subclass("A")
    p.call("f", p.tensor("x"), p.tensor("y", of=a))


def below_autograd(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "AutogradCPU")
    x = p.tensor("x", of=p.subclass("A"))
    with p.below_autograd():
        p.call("f", x)


def calls_itself(p: Machine) -> None:
    """Without unwrapping it is asked again: Python is not excluded in its method."""
    p.define("f(Tensor x, int n) -> Tensor")
    p.impl("f", "CPU")

    def body(func: Any, x: Any, n: int) -> Any:
        return func(x, n - 1) if n else func(p.unwrap(x), n)

    p.call("f", p.tensor("x", of=p.subclass("A", body)), 2)


def without_the_key_in_a_redispatch(p: Machine) -> None:
    """Python is in the set, and the tensor has the key: the subclass is asked."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    x = p.tensor("x", of=p.subclass("A"))
    p.redispatch("f", p.keys("CPU", "Python"), x)
    p.redispatch("f", p.keys("CPU"), x)


def excluded(p: Machine) -> None:
    """With Python excluded, the wrapper is a tensor like others."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    x = p.tensor("x", of=p.subclass("A"))
    with p.exclude("Python"):
        p.call("f", x)


def returns_not_implemented(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    a = p.subclass("A", lambda func, x: NotImplemented)
    with p.raises("__torch_dispatch__", op="f"):
        p.call("f", p.tensor("x", of=a))


def the_first_not_implemented(p: Machine) -> None:
    """Then the next class is asked."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU")
    a = p.subclass("A", lambda func, x, y: NotImplemented)
    b = p.subclass("B")
    p.call("f", p.tensor("x", of=a), p.tensor("y", of=b))


def two_of_one_class(p: Machine) -> None:
    """Each class is asked once."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU")
    a = p.subclass("A", lambda func, x, y: NotImplemented)
    with p.raises(op="f"):
        p.call("f", p.tensor("x", of=a), p.tensor("y", of=a))


def leftmost_first(p: Machine) -> None:
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU")
    a, b = p.subclass("A"), p.subclass("B")
    p.call("f", p.tensor("x", of=b), p.tensor("y", of=a))


def subclass_of_a_subclass_first(p: Machine) -> None:
    """A subclass goes before its parent, wherever it stands."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU")
    a = p.subclass("A", lambda func, x, y: NotImplemented)
    b = p.subclass("B", parent=a)
    p.call("f", p.tensor("x", of=a), p.tensor("y", of=b))


def parent_after_child(p: Machine) -> None:
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU")
    a = p.subclass("A")
    b = p.subclass("B", lambda func, x, y: NotImplemented, parent=a)
    p.call("f", p.tensor("x", of=a), p.tensor("y", of=b))


def three_classes(p: Machine) -> None:
    """C is a B is an A: children go before parents, others stay in order."""
    p.define("f(Tensor x, Tensor y, Tensor z, Tensor u) -> Tensor")
    p.impl("f", "CPU")
    refuse = lambda func, *args: NotImplemented  # noqa: E731
    a = p.subclass("A", refuse)
    b = p.subclass("B", refuse, parent=a)
    c = p.subclass("C", refuse, parent=b)
    d = p.subclass("D", refuse)
    tensors = [p.tensor(k, of=of) for k, of in zip("xyzu", (a, d, b, c), strict=True)]
    with p.raises(op="f"):
        p.call("f", *tensors)


def under_a_mode(p: Machine) -> None:
    """The mode first, then the subclass."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.mode("m"):
        p.call("f", p.tensor("x", of=p.subclass("A")))


def the_mode_refuses(p: Machine) -> None:
    """Then the subclass is asked, while the mode is on again: its call is refused."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    a = p.subclass("A")
    with p.mode("m", lambda func, x: NotImplemented), p.raises(op="f"):
        p.call("f", p.tensor("x", of=a))


def all_refuse(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    a = p.subclass("A", lambda func, x: NotImplemented)
    with p.mode("m", lambda func, x: NotImplemented), p.raises(op="f"):
        p.call("f", p.tensor("x", of=a))


def keyword_arguments(p: Machine) -> None:
    p.define("f(Tensor x, *, Tensor y) -> Tensor")
    p.impl("f", "CPU", lambda x, *, y: x)
    a = p.subclass("A", lambda func, x, *, y: func(x, y=p.unwrap(y)))
    p.call("f", p.tensor("x"), y=p.tensor("y", of=a))


def raises(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")

    def fail(func: Any, x: Any) -> Any:
        raise KeyError("in the subclass")

    with p.raises("in the subclass"):
        p.call("f", p.tensor("x", of=p.subclass("A", fail)))
    p.tls()


def on_another_backend(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "PrivateUse1")
    p.call("f", p.tensor("x", "PrivateUse1", of=p.subclass("A")))


def of_a_composite(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("f", "CompositeImplicitAutograd", lambda x: p.call("g", x))
    p.impl("g", "CPU")
    p.call("f", p.tensor("x", of=p.subclass("A")))


def of_an_explicit_composite(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CompositeExplicitAutograd")
    p.call("f", p.tensor("x", of=p.subclass("A")))


def wraps_a_subclass(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    inner = p.tensor("x", of=p.subclass("A"))
    outer = p.subclass("B", lambda func, y: func(inner))
    p.call("f", p.tensor("y", of=outer))
