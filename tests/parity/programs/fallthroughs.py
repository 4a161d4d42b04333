"""Slots that a call passes by."""

from __future__ import annotations

from tests.parity.programs.machine import Machine


def of_an_operator(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "Tracer")
    p.fallthrough("f", "AutogradCPU")
    x = p.tensor("x")
    p.call("f", x)
    p.fallthrough("f", "Tracer", library="second")
    with p.include("Tracer"):
        p.call("f", x)
    p.drop("second")
    with p.include("Tracer"):
        p.call("f", x)


def of_one_backend(p: Machine) -> None:
    """AutogradCPU falls through, AutogradCUDA has a kernel."""
    p.define("f(Tensor x) -> Tensor")
    for key in ("CPU", "CUDA", "AutogradCUDA"):
        p.impl("f", key, with_keyset=True)
    p.fallthrough("f", "AutogradCPU")
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", "CUDA"))


def of_one_backend_with_both(p: Machine) -> None:
    """With both backends in the set, the higher one's slot says whether to pass."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    for key in ("CPU", "CUDA", "AutogradCPU"):
        p.impl("f", key, with_keyset=True)
    p.fallthrough("f", "AutogradCUDA")
    p.call("f", p.tensor("x"), p.tensor("y", "CUDA"))
    p.call("f", p.tensor("z"), p.tensor("u"))


def of_a_backend(p: Machine) -> None:
    """Dense passed by on CUDA: below is nothing, not CPU."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.fallthrough("f", "CUDA")
    with p.raises(op="f"):
        p.call("f", p.tensor("x"), p.tensor("y", "CUDA"))


def of_sparse_to_dense(p: Machine) -> None:
    """SparseCPU passed by: a sparse tensor has no Dense bit, one with it goes there."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.fallthrough("f", "SparseCPU")
    p.call("f", p.tensor("x", "SparseCPU"), p.tensor("y"))
    sparse = p.tensor("z", "SparseCPU")
    with p.raises(op="f"):
        p.call("f", sparse, sparse)


def of_the_autograd_alias(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "AutogradCUDA")
    p.impl("f", "CUDA")
    p.fallthrough("f", "Autograd")
    p.call("f", p.tensor("x"))
    p.call("f", p.tensor("y", "CUDA"))
    p.slots("f", "AutogradCPU", "AutogradCUDA", "AutogradOther")


def kernel_and_fallthrough(p: Machine) -> None:
    """The later of the two; and the other again when that is dropped."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.fallthrough("f", "AutogradCPU")
    p.impl("f", "AutogradCPU", library="second")
    x = p.tensor("x")
    p.call("f", x)
    p.drop("second")
    p.call("f", x)


def in_the_keyset_of_the_kernel(p: Machine) -> None:
    """Keys that fall through are gone from what the kernel sees, above it and below."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "AutogradCPU", with_keyset=True)
    p.fallthrough("f", "Negative")
    p.fallthrough("f", "Tracer")
    x = p.tensor("x", extra=["Negative"])
    with p.include("Tracer"):
        p.call("f", x)


def everything(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.fallthrough("f", "CPU")
    p.fallthrough("f", "AutogradCPU")
    with p.raises(op="f"):
        p.call("f", p.tensor("x"))
