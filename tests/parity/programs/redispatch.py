"""Redispatch takes the given set as it is: nothing is added, masked or recomputed."""

from __future__ import annotations

from tests.parity.programs.machine import Machine


def ignores_the_guards(p: Machine) -> None:
    """Neither what is included nor what is excluded counts."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "AutogradCPU", with_keyset=True)
    x = p.tensor("x")
    with p.below_autograd(), p.include("Tracer"):
        p.redispatch("f", p.keys("CPU", "AutogradCPU"), x)


def ignores_the_arguments(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "CUDA", with_keyset=True)
    p.redispatch("f", p.keys("CUDA"), p.tensor("x"))


def to_a_fallthrough(p: Machine) -> None:
    """ADInplaceOrView falls through in a call; redispatch runs into its slot."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x")
    p.call("f", x)
    with p.raises("fall"):
        p.redispatch("f", p.keys("CPU", "ADInplaceOrView"), x)


def to_an_own_fallthrough(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.fallthrough("f", "AutogradCPU")
    x = p.tensor("x")
    p.call("f", x)
    with p.raises("fall"):
        p.redispatch("f", p.keys("AutogradCPU"), x)


def to_an_empty_slot(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.raises("CUDA", op="f"):
        p.redispatch("f", p.keys("CUDA"), p.tensor("x"))


def to_nothing(p: Machine) -> None:
    """The empty set is Undefined's slot."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    x = p.tensor("x")
    with p.raises(op="f"):
        p.redispatch("f", 0, x)
    p.impl("f", "CompositeExplicitAutograd", with_keyset=True)
    p.redispatch("f", 0, x)


def to_a_functionality_without_backend(p: Machine) -> None:
    """No backend bit: the first backend's slot."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "AutogradCPU", with_keyset=True)
    x = p.tensor("x")
    p.redispatch("f", p.keys("Dense"), x)
    p.redispatch("f", p.keys("AutogradFunctionality"), x)


def an_autograd_kernel_sends_on(p: Machine) -> None:
    """The keyset of the call is already without ADInplaceOrView, which falls through."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CUDA", with_keyset=True)

    def autograd(keyset: int, x: object, y: object) -> object:
        return p.redispatch("f", keyset & p.after("AutogradFunctionality"), x, y)

    p.impl("f", "Autograd", autograd, with_keyset=True)
    p.call("f", p.tensor("x", "CUDA"), p.tensor("y"))


def boxed(p: Machine) -> None:
    p.define("f(Tensor x, int n) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    x = p.tensor("x")
    p.log("gives", p.redispatch_boxed("f", p.keys("CPU"), x, 2))
    with p.raises("CUDA", op="f"):
        p.redispatch_boxed("f", p.keys("CUDA"), x, 2)


def with_keyword_arguments(p: Machine) -> None:
    p.define("f(Tensor x, *, int n) -> Tensor")
    p.impl("f", "CPU", lambda x, *, n: x)
    p.redispatch("f", p.keys("CPU"), p.tensor("x"), n=2)


def to_a_key_of_the_arguments_without_its_kernel(p: Machine) -> None:
    """The autograd fallback takes over from the set it is given, and sends it on."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    x = p.tensor("x")
    p.redispatch("f", p.keys("CPU", "AutogradCPU"), x)
    p.redispatch("f", p.keys("CPU", "AutogradCPU", "Python"), x)
