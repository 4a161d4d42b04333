"""Kernels registered for alias keys, and which of several a slot takes."""

from __future__ import annotations

from tests.parity.programs.machine import Machine

_SLOTS = ("Undefined", "CPU", "Meta", "SparseCPU", "AutogradCPU", "AutogradOther")


def composite_implicit(p: Machine) -> None:
    """It serves backends and autograd alike: no autograd kernel is skipped."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CompositeImplicitAutograd", with_keyset=True)
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", "Meta"))
    with p.below_autograd():
        p.call("f", p.tensor("z"))
    p.slots("f", *_SLOTS)


def no_key_is_composite_implicit(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "", with_keyset=True, label="no key")
    p.call("f", p.tensor("x"))
    p.slots("f", *_SLOTS)


def composite_explicit(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CompositeExplicitAutograd", with_keyset=True)
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", "SparseCPU"))
    p.slots("f", *_SLOTS)


def composite_explicit_non_functional(p: Machine) -> None:
    """Not for backends whose kernels have to be functional."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CompositeExplicitAutogradNonFunctional", with_keyset=True)
    p.call("f", p.tensor("x"))
    with p.raises("XLA", op="f"):
        p.call("f", p.tensor("y", "XLA"))
    p.slots("f", *_SLOTS, "XLA", "Lazy")


def backend_kernel_over_composites(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CompositeExplicitAutograd")
    p.impl("f", "CPU")
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", "CUDA"))


def backend_kernel_and_implicit(p: Machine) -> None:
    """With a CPU kernel, AutogradCPU no longer takes the composite."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CompositeImplicitAutograd", with_keyset=True)
    p.impl("f", "CPU", with_keyset=True)
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", "CUDA"))
    p.slots("f", *_SLOTS, "AutogradCUDA")


def all_three_composites(p: Machine) -> None:
    """The implicit one comes last here for a reason.

    c10 computes the slots of the key that a kernel is registered for, and forgets that an
    explicit composite changes those of autograd: registered after an implicit one, it
    leaves that in the autograd slots, against what its own dump says.
    """
    p.define("f(Tensor x) -> Tensor")
    for key in (
        "CompositeExplicitAutogradNonFunctional",
        "CompositeExplicitAutograd",
        "CompositeImplicitAutograd",
    ):
        p.impl("f", key)
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", "XLA"))
    p.slots("f", *_SLOTS, "XLA", "AutogradXLA")


def autograd(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "Autograd", with_keyset=True)
    p.impl("f", "AutogradCUDA", with_keyset=True)
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", "CUDA"))
    p.slots("f", *_SLOTS)


def autograd_and_implicit(p: Machine) -> None:
    """The composite takes the autograd slots of backends without a kernel."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "Autograd")
    p.impl("f", "CompositeImplicitAutograd")
    p.impl("f", "CUDA")
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", "CUDA"))
    p.slots("f", *_SLOTS, "AutogradCUDA")


def ambiguous_autograd_other(p: Machine) -> None:
    """A kernel of a backend without an autograd key of its own, and a composite."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CompositeImplicitAutograd")
    p.impl("f", "Vulkan")
    x = p.tensor("x", extra=["AutogradOther"])
    p.slots("f", "AutogradOther", "AutogradCPU")
    p.call("f", x)
    with p.exclude("AutogradCPU"), p.raises("AutogradOther", op="f"):
        p.call("f", x)


def mtia_never_reached(p: Machine) -> None:
    """c10 knows no backend of AutogradMTIA: the composite hides MTIA's own kernel."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CompositeImplicitAutograd")
    p.impl("f", "MTIA")
    p.impl("f", "MAIA")
    p.call("f", p.tensor("x", "MTIA"))
    p.call("f", p.tensor("y", "MAIA"))


def func_torch_batched_decomposition(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "FuncTorchBatchedDecomposition", with_keyset=True)
    p.call("f", p.tensor("x", extra=["FuncTorchBatched"]))
