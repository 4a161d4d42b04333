"""Registrations that come, replace each other and go."""

from __future__ import annotations

from tests.parity.programs.machine import Machine


def define_after_impl(p: Machine) -> None:
    """A kernel may wait for its operator."""
    p.impl("f", "CPU", library="early")
    with p.raises("f"):
        p.call("f", p.tensor("x"))
    p.define("f(Tensor x) -> Tensor")
    p.call("f", p.tensor("y"))


def later_kernels_come_first(p: Machine) -> None:
    """The last registration counts; dropping it brings back the one before."""
    p.define("f(Tensor x) -> Tensor")
    x = p.tensor("x")
    for name in ("first", "second", "third"):
        p.impl("f", "CPU", library=name, label=name)
        p.call("f", x)
    p.drop("second")
    p.call("f", x)
    p.drop("third")
    p.call("f", x)
    p.drop("first")
    with p.raises("CPU", op="f"):
        p.call("f", x)


def twice_in_one_library(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", label="first")
    p.impl("f", "CPU", label="second")
    p.call("f", p.tensor("x"))


def defined_twice(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.library("more", "FRAGMENT")
    with p.refuses(op="f"):
        p.define("f(Tensor x) -> Tensor", library="more")
    with p.refuses(op="f"):
        p.define("f(Tensor x, int n) -> Tensor", library="more")
    p.call("f", p.tensor("x"))


def defined_twice_in_one_library(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    with p.refuses(op="f"):
        p.define("f(Tensor x) -> Tensor")


def two_definitions_of_a_namespace(p: Machine) -> None:
    """Only one library may define it; fragments may add."""
    with p.refuses(p.namespace, "FRAGMENT"):
        p.library("again", "DEF")
    p.library("more", "FRAGMENT")
    p.define("f(Tensor x) -> Tensor", library="more")
    p.impl("f", "CPU", library="more")
    p.call("f", p.tensor("x"))


def a_library_with_a_key(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.library("cuda", "IMPL", "CUDA")
    p.impl("f", "", library="cuda", with_keyset=True, label="no key")
    p.call("f", p.tensor("x", "CUDA"))
    p.slots("f", "CUDA", "CPU")


def another_key_than_the_library(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.library("cuda", "IMPL", "CUDA")
    with p.refuses("f", "CUDA", "CPU"):
        p.impl("f", "CPU", library="cuda")


def fallbacks_need_the_global_namespace(p: Machine) -> None:
    with p.refuses("_", p.namespace):
        p.fallback("PrivateUse1", library="main")


def an_operator_that_went(p: Machine) -> None:
    """Its kernels stay registered, and count again when it is defined again."""
    p.library("more", "FRAGMENT")
    p.define("f(Tensor x) -> Tensor", library="more")
    p.impl("f", "CPU", library="kernels")
    x = p.tensor("x")
    p.call("f", x)
    p.drop("more")
    with p.raises("f"):
        p.call("f", x)
    p.define("f(Tensor x) -> Tensor")
    p.call("f", x)


def kernels_of_a_dropped_library(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "AutogradCPU", library="autograd")
    x = p.tensor("x")
    p.call("f", x)
    p.log("has AutogradCPU", p.has_kernel("f", "AutogradCPU"))
    p.drop("autograd")
    p.call("f", x)
    p.log("has AutogradCPU", p.has_kernel("f", "AutogradCPU"))


def a_kernel_drops_itself(p: Machine) -> None:
    """The running call goes on; the next one finds the other kernel."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU", label="first")

    def kernel(x: object) -> object:
        p.drop("second")
        return p.call("f", x)

    p.impl("f", "CPU", kernel, library="second", label="second")
    p.call("f", p.tensor("x"))


def has_kernel(p: Machine) -> None:
    """Asked of registrations: aliases and fallbacks do not count for others."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "CompositeExplicitAutograd")
    p.fallthrough("f", "AutogradCUDA")
    for key in ("CPU", "CUDA", "CompositeExplicitAutograd", "AutogradCUDA"):
        p.log(key, p.has_kernel("f", key))
    p.log("AutogradCPU", p.has_kernel("f", "AutogradCPU"))


def meta_beside_a_composite(p: Machine) -> None:
    """torch.library refuses a Meta kernel where a composite does its work."""
    p.define("f(Tensor x) -> Tensor")
    p.impl("f", "CompositeImplicitAutograd")
    with p.refuses("f", "CompositeImplicitAutograd"):
        p.impl("f", "Meta")
