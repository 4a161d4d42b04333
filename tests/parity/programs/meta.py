"""Tensors without data."""

from __future__ import annotations

from tests.parity.programs.machine import Machine


def without_kernel(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    with p.raises("Meta", op="f"):
        p.call("f", p.tensor("x", "Meta"))


def with_kernel(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "Meta", with_keyset=True)
    p.call("f", p.tensor("x", "Meta"))


def by_composites(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.define("g(Tensor x) -> Tensor")
    p.impl("f", "CompositeExplicitAutograd", with_keyset=True)
    p.impl("g", "CompositeImplicitAutograd", with_keyset=True)
    x = p.tensor("x", "Meta")
    p.call("f", x)
    p.call("g", x)
    p.slots("f", "Meta", "AutogradMeta")


def beside_cpu(p: Machine) -> None:
    """Meta is the last backend: it wins over any other."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "Meta", with_keyset=True)
    p.impl("f", "CPU")
    p.call("f", p.tensor("x"), p.tensor("y", "Meta"))


def included(p: Machine) -> None:
    """Meta included: calls of CPU tensors are shape-only."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "Meta", with_keyset=True)
    p.impl("f", "CPU")
    with p.include("Meta"):
        p.call("f", p.tensor("x"))


def other_functionalities(p: Machine) -> None:
    """SparseMeta is not served by the fallback of Meta."""
    p.define("f(Tensor x, Tensor y) -> Tensor")
    p.impl("f", "CPU")
    p.slots("f", "Meta", "SparseMeta")
    with p.raises("SparseMeta", op="f"):
        p.call("f", p.tensor("x", "SparseCPU"), p.tensor("y", "Meta"))


def under_a_mode(p: Machine) -> None:
    """The mode may answer before the missing kernel is noticed."""
    p.define("f(Tensor x) -> Tensor")
    x = p.tensor("x", "Meta")
    with p.mode("answers", lambda func, x: x):
        p.call("f", x)
    with p.mode("calls"), p.raises("Meta", op="f"):
        p.call("f", x)
