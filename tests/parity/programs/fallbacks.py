"""Fallbacks that a program registers for a key, for all operators."""

from __future__ import annotations

from typing import Any

from tests.parity.programs.machine import Machine

_BACKEND = "PrivateUse1"


def of_a_backend(p: Machine) -> None:
    """The fallback is given the operator, then what the operator was."""
    p.define("f(Tensor x) -> Tensor")
    p.define("g.int(Tensor x, int n) -> Tensor")
    p.fallback(_BACKEND)
    x = p.tensor("x", _BACKEND)
    p.call("f", x)
    p.call("g.int", x, 2)
    p.slots("f", _BACKEND, f"Autograd{_BACKEND}")


def with_keyset(p: Machine) -> None:
    """The keyset comes first, then the operator."""
    p.define("f(Tensor x) -> Tensor")
    p.fallback(_BACKEND, with_keyset=True)
    p.call("f", p.tensor("x", _BACKEND))


def with_keyword_arguments(p: Machine) -> None:
    p.define("f(Tensor x, *, int n) -> Tensor")
    p.fallback(_BACKEND, with_keyset=True)
    p.call("f", p.tensor("x", _BACKEND), n=2)


def own_kernels_come_first(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.fallback(_BACKEND)
    p.impl("f", _BACKEND)
    x = p.tensor("x", _BACKEND)
    p.call("f", x)
    p.call("g", x)


def composites_come_first(p: Machine) -> None:
    """A fallback is the last that a slot asks."""
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.fallback(_BACKEND)
    p.impl("f", "CompositeImplicitAutograd")
    p.impl("g", "CompositeExplicitAutograd")
    x = p.tensor("x", _BACKEND)
    p.call("f", x)
    p.call("g", x)
    p.slots("f", _BACKEND, f"Autograd{_BACKEND}")
    p.slots("g", _BACKEND, f"Autograd{_BACKEND}")


def sends_on_to_another_backend(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)

    def to_cpu(op: Any, *args: Any) -> Any:
        return p.redispatch(p.operator_name(op), p.keys("CPU"), *args)

    p.fallback(_BACKEND, to_cpu)
    p.call("f", p.tensor("x", _BACKEND))


def calls_the_operator(p: Machine) -> None:
    """The operator that a fallback is given can be called, with other tensors."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    y = p.tensor("y")
    p.fallback(_BACKEND, lambda op, x: op(y))
    p.call("f", p.tensor("x", _BACKEND))


def of_a_functionality(p: Machine) -> None:
    """A wrapper key: its fallback sends on what is below it."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)

    def below(keyset: int, op: Any, x: Any) -> Any:
        rest = keyset & p.after("TESTING_ONLY_GenericWrapper")
        return p.redispatch(p.operator_name(op), rest, x)

    p.fallback("TESTING_ONLY_GenericWrapper", below, with_keyset=True)
    p.call("f", p.tensor("x", extra=["TESTING_ONLY_GenericWrapper"]))


def of_a_mode_key(p: Machine) -> None:
    """A key that only guards include, and that excludes itself."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)

    def again(op: Any, x: Any) -> Any:
        with p.exclude("TESTING_ONLY_GenericMode"):
            return op(x)

    p.fallback("TESTING_ONLY_GenericMode", again)
    x = p.tensor("x")
    with p.include("TESTING_ONLY_GenericMode"):
        p.call("f", x)
    p.call("f", x)


def fallthrough(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("g", "CPU")
    p.impl("g", "TESTING_ONLY_GenericWrapper", with_keyset=True)
    p.fallback_fallthrough("TESTING_ONLY_GenericWrapper")
    x = p.tensor("x", extra=["TESTING_ONLY_GenericWrapper"])
    p.call("f", x)
    p.call("g", x)
    p.slots("f", "TESTING_ONLY_GenericWrapper")


def fallthrough_of_one_backend(p: Machine) -> None:
    """AutogradPrivateUse2 has no fallback until one is registered."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "PrivateUse2", with_keyset=True)
    x = p.tensor("x", extra=["PrivateUse2"])
    with p.raises("AutogradPrivateUse2", op="f"):
        p.call("f", x)
    p.fallback_fallthrough("AutogradPrivateUse2")
    p.call("f", x)


def before_the_operators(p: Machine) -> None:
    p.fallback(_BACKEND)
    p.define("f(Tensor x) -> Tensor")
    p.call("f", p.tensor("x", _BACKEND))


def dropped(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.fallback(_BACKEND)
    x = p.tensor("x", _BACKEND)
    p.call("f", x)
    p.drop("fallbacks")
    with p.raises(_BACKEND, op="f"):
        p.call("f", x)
    p.slots("f", _BACKEND)


def of_a_key_that_has_one(p: Machine) -> None:
    """The second is refused, and the first stays."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.refuses("backend fallback", "AutogradCPU"):
        p.fallback("AutogradCPU")
    p.call("f", p.tensor("x"))


def raises(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")

    def fail(op: Any, x: Any) -> Any:
        raise KeyError("in the fallback")

    p.fallback(_BACKEND, fail)
    with p.raises("in the fallback"):
        p.call("f", p.tensor("x", _BACKEND))


def of_an_operator_without_tensors(p: Machine) -> None:
    p.define("f(int n) -> int")
    p.fallback("TESTING_ONLY_GenericMode", lambda keyset, op, n: n, with_keyset=True)
    with p.include("TESTING_ONLY_GenericMode"):
        p.call("f", 3)
