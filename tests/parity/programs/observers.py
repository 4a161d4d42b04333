"""What observers of calls see: operators, and what runs in the Python fallback."""

from __future__ import annotations

from typing import Any

from tests.parity.programs.machine import Machine


def a_call(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x")
    with p.observed():
        p.call("f", x)


def overloads(p: Machine) -> None:
    """The name is without the overload."""
    p.define("f.int(Tensor x, int n) -> Tensor")
    p.impl("f.int", "CPU")
    x = p.tensor("x")
    with p.observed():
        p.call("f.int", x, 2)


def calls_in_calls(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("f", "CPU", lambda x: p.call("g", p.call("g", x)))
    p.impl("g", "CPU")
    x = p.tensor("x")
    with p.observed():
        p.call("f", x)


def redispatches(p: Machine) -> None:
    """Only the call itself is seen."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")

    def autograd(keyset: int, x: Any) -> Any:
        return p.redispatch("f", keyset & p.after("ADInplaceOrView"), x)

    p.impl("f", "AutogradCPU", autograd, with_keyset=True)
    x = p.tensor("x")
    with p.observed():
        p.call("f", x)


def a_mode(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x")
    with p.mode("m"), p.observed():
        p.call("f", x)


def a_subclass(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x", of=p.subclass("A"))
    with p.observed():
        p.call("f", x)


def a_subclass_under_a_mode(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x", of=p.subclass("A"))
    with p.mode("m"), p.observed():
        p.call("f", x)


def an_error(p: Machine) -> None:
    """The observer is told of the end of a call that raises."""
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")

    def fail(x: Any) -> Any:
        raise KeyError("inside")

    p.impl("f", "CPU", fail)
    p.impl("g", "CPU")
    x = p.tensor("x")
    with p.observed():
        with p.raises("inside"):
            p.call("f", x)
        p.call("g", x)


def no_kernel(p: Machine) -> None:
    """A call that reaches a fallback is seen, one that reaches an empty slot is not."""
    p.define("f(Tensor x) -> Tensor")
    x = p.tensor("x")
    with p.observed():
        with p.raises(op="f"):
            p.call("f", x)
        with p.below_autograd(), p.raises(op="f"):
            p.call("f", x)


def python_included_without_a_mode(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x")
    with p.include("Python"), p.observed():
        p.call("f", x)
