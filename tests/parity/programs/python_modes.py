"""Dispatch modes."""

from __future__ import annotations

from typing import Any

from tests.parity.programs.machine import Machine


def one_mode(p: Machine) -> None:
    """It runs after the keys above Python, and those are excluded while it does."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    with p.mode("m"):
        p.tls()
        p.call("f", p.tensor("x"))
    p.tls()


def below_autograd(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)

    def autograd(keyset: int, x: Any) -> Any:
        return p.redispatch("f", keyset & p.after("ADInplaceOrView"), x)

    p.impl("f", "AutogradCPU", autograd, with_keyset=True)
    with p.mode("m"):
        p.call("f", p.tensor("x"))


def nested(p: Machine) -> None:
    """Innermost first, and the function called in it reaches the next one out."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.mode("outer"), p.mode("inner"):
        p.call("f", p.tensor("x"))


def nested_and_swallowed(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.mode("outer"), p.mode("inner", lambda func, x: x):
        p.call("f", p.tensor("x"))


def returns_not_implemented(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with (
        p.mode("m", lambda func, x: NotImplemented),
        p.raises("__torch_dispatch__", op="f"),
    ):
        p.call("f", p.tensor("x"))


def inner_not_implemented(p: Machine) -> None:
    """Only the innermost is asked: the mode further out does not get its turn."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    refuses = p.mode("inner", lambda func, x: NotImplemented)
    with p.mode("outer"), refuses, p.raises(op="f"):
        p.call("f", p.tensor("x"))


def raises_inside(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")

    def fail(func: Any, x: Any) -> Any:
        raise KeyError("in the mode")

    x = p.tensor("x")
    with p.mode("outer"):
        with p.raises("in the mode"), p.mode("inner", fail):
            p.call("f", x)
        p.call("f", x)
    p.tls()


def no_tensor(p: Machine) -> None:
    """The mode's keys are included in every call."""
    p.define("f(int n) -> int")
    p.impl("f", "CompositeExplicitAutograd", with_keyset=True)
    with p.mode("m"):
        p.call("f", 3)


def calls_another_operator(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("g", "CPU")
    with p.mode("outer"), p.mode("inner", lambda func, x: p.call("g", x)):
        p.call("f", p.tensor("x"))


def a_kernel_calls_under_a_mode(p: Machine) -> None:
    """The mode is on again in the kernel that is called outside of its handler."""
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("f", "AutogradCPU", lambda x: p.call("g", x))
    p.impl("g", "CPU")
    with p.mode("m"):
        p.call("f", p.tensor("x"))


def a_composite_under_a_mode(p: Machine) -> None:
    """A composite is taken apart above Python: the mode sees what it calls."""
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("f", "CompositeImplicitAutograd", lambda x: p.call("g", x))
    p.impl("g", "CPU")
    with p.mode("m"):
        p.call("f", p.tensor("x"))


def a_composite_below_autograd_under_a_mode(p: Machine) -> None:
    """Below autograd, the mode sees the composite itself."""
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("f", "CompositeImplicitAutograd", lambda x: p.call("g", x))
    p.impl("g", "CPU")
    with p.mode("m"), p.below_autograd():
        p.call("f", p.tensor("x"))


def pushed_inside_a_mode(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    extra = p.mode("extra")

    def with_extra(func: Any, x: Any) -> Any:
        with extra:
            return func(x)

    with p.mode("m", with_extra):
        p.call("f", p.tensor("x"))


def the_same_mode_twice(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    mode = p.mode("m")
    with mode, mode:
        p.call("f", p.tensor("x"))
    p.tls()


def python_excluded(p: Machine) -> None:
    """With Python excluded the mode is passed by."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    with p.mode("m"), p.exclude("Python"):
        p.call("f", p.tensor("x"))


def guards_inside_a_mode(p: Machine) -> None:
    """A guard of the mode's body is over when the body is."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)

    def body(func: Any, x: Any) -> Any:
        with p.exclude("ADInplaceOrView"):
            return func(x)

    with p.mode("m", body):
        p.call("f", p.tensor("x"))
        p.tls()


def guards_around_a_mode(p: Machine) -> None:
    """What is excluded around the call is excluded in the mode, and below it."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "AutogradCPU")
    with p.mode("m"), p.below_autograd():
        p.call("f", p.tensor("x"))


def a_python_kernel_of_an_operator(p: Machine) -> None:
    """A kernel for the key Python itself, in place of the fallback: no mode is asked."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "Python", with_keyset=True)
    p.impl("f", "CPU")
    with p.mode("m"):
        p.call("f", p.tensor("x"))


def redispatch_under_a_mode(p: Machine) -> None:
    """Redispatch without Python in the set goes past the mode."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    x = p.tensor("x")
    with p.mode("m"):
        p.redispatch("f", p.keys("CPU"), x)
        p.redispatch("f", p.keys("CPU", "Python"), x)


def under_a_backend_fallback(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.fallback("PrivateUse1", with_keyset=True)
    with p.mode("m"):
        p.call("f", p.tensor("x", "PrivateUse1"))


def include_python_around_a_mode(p: Machine) -> None:
    """A mode that ends takes its keys away, whoever included them."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.include("Python"):
        with p.mode("m"):
            p.tls()
            p.call("f", p.tensor("x"))
            p.tls()
        p.tls()
    p.tls()


def ended_inside_force(p: Machine) -> None:
    """The guard brings back the sets, the keys of the mode that ended among them."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    mode = p.mode("m")
    mode.__enter__()
    with p.preserve():
        mode.__exit__(None, None, None)
        p.tls()
        p.call("f", p.tensor("x"))
    p.tls()
    p.call("f", p.tensor("y"))


def begun_inside_force(p: Machine) -> None:
    """Without the mode's keys in the sets, nothing reaches it."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x")
    with p.preserve():
        mode = p.mode("m")
        mode.__enter__()
        p.call("f", x)
    p.tls()
    p.call("f", x)
    mode.__exit__(None, None, None)
    p.tls()


def include_python_without_a_mode(p: Machine) -> None:
    """pytorch/pytorch#136565: Python included, no mode, a tensor without the key.

    The call goes on without Python, in the keyset and in what the thread includes.
    """
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("f", "CPU", lambda keyset, x: p.call("g", x), with_keyset=True)
    p.impl("g", "CPU", with_keyset=True)
    with p.include("Python"):
        p.call("f", p.tensor("x"))
        p.tls()


def include_python_without_tensors(p: Machine) -> None:
    """Nothing has an interpreter: PyTorch's internal error."""
    p.define("f(int n) -> int")
    p.impl("f", "CompositeExplicitAutograd")
    with p.include("Python"), p.raises("Python"):
        p.call("f", 3)


def include_python_with_an_empty_list(p: Machine) -> None:
    p.define("f(Tensor[] xs) -> int")
    p.impl("f", "CompositeExplicitAutograd", lambda xs: 0)
    with p.include("Python"), p.raises("Python"):
        p.call("f", [])


def include_python_with_tensors_in_lists(p: Machine) -> None:
    p.define("f(Tensor?[] xs) -> int")
    p.impl("f", "CPU", lambda xs: 1)
    with p.include("Python"):
        p.call("f", [None, p.tensor("x")])
