"""Overloads, keyword arguments, defaults and optional tensors."""

from __future__ import annotations

from tests.parity.programs.machine import Machine


def overloads(p: Machine) -> None:
    """Each overload is an operator of its own."""
    p.define("f(Tensor x) -> Tensor")
    p.define("f.int(Tensor x, int n) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f.int", "CPU")
    x = p.tensor("x")
    p.call("f", x)
    p.call("f.int", x, 2)


def packets_choose_an_overload(p: Machine) -> None:
    p.define("f(Tensor x) -> Tensor")
    p.define("f.int(Tensor x, int n) -> Tensor")
    p.define("f.str(Tensor x, str s) -> Tensor")
    p.impl("f", "CPU", label="plain")
    p.impl("f.int", "CPU", label="int")
    p.impl("f.str", "CPU", label="str")
    x = p.tensor("x")
    p.packet("f", x)
    p.packet("f", x, 2)
    p.packet("f", x, s="word")


def packets_without_a_fit(p: Machine) -> None:
    p.define("f.int(Tensor x, int n) -> Tensor")
    p.define("f.str(Tensor x, str s) -> Tensor")
    with p.refuses(op="f"):
        p.packet("f", p.tensor("x"), [])


def keyword_arguments(p: Machine) -> None:
    p.define("f(Tensor x, *, Tensor y, int n) -> Tensor")
    p.impl("f", "CPU", lambda x, *, y, n: y)
    p.call("f", p.tensor("x"), y=p.tensor("y"), n=3)


def positional_arguments_by_name(p: Machine) -> None:
    """Arguments that are not keyword-only reach the kernel by position."""
    p.define("f(Tensor x, int n) -> Tensor")
    p.impl("f", "CPU")
    p.call("f", n=3, x=p.tensor("x"))


def keyword_tensors_count(p: Machine) -> None:
    p.define("f(Tensor x, *, Tensor y) -> Tensor")
    p.impl("f", "CPU", lambda x, *, y: x)
    p.impl("f", "CUDA", lambda x, *, y: y)
    p.call("f", p.tensor("x"), y=p.tensor("y", "CUDA"))


def optional_tensors(p: Machine) -> None:
    p.define("f(Tensor x, Tensor? y) -> Tensor")
    p.impl("f", "CPU")
    p.impl("f", "CUDA", lambda x, y: y)
    x = p.tensor("x")
    p.call("f", x, None)
    p.call("f", x, p.tensor("y", "CUDA"))


def only_an_absent_tensor(p: Machine) -> None:
    """None adds no key: as if there were no tensor argument."""
    p.define("f(Tensor? x) -> int")
    p.impl("f", "CPU", lambda x: 1)
    p.call("f", p.tensor("x"))
    with p.raises(op="f"):
        p.call("f", None)


def defaults_are_not_passed(p: Machine) -> None:
    """What equals its default is left out, at the end and by name, even if given."""
    p.define("f(Tensor x, int n=3, int m=4, *, int k=5) -> Tensor")
    p.impl("f", "CPU", lambda x, *args, **kwargs: x)
    x = p.tensor("x")
    p.call("f", x)
    p.call("f", x, 3, 4, k=5)
    p.call("f", x, 3, 6)
    p.call("f", x, m=4, n=7, k=8)


def defaults_are_not_passed_to_modes(p: Machine) -> None:
    p.define("f(Tensor x, int n=3, *, int k=5) -> Tensor")
    p.impl("f", "CPU", lambda x, *args, **kwargs: x)
    x = p.tensor("x")
    with p.mode("m"):
        p.call("f", x, 3, k=5)
        p.call("f", x, 4, k=6)


def in_place(p: Machine) -> None:
    p.define("f_(Tensor(a!) x) -> Tensor(a!)")
    p.impl("f_", "CPU")
    p.call("f_", p.tensor("x"))


def out_argument(p: Machine) -> None:
    p.define("f.out(Tensor x, *, Tensor(a!) out) -> Tensor(a!)")
    p.impl("f.out", "CPU", lambda x, *, out: out)
    p.call("f.out", p.tensor("x"), out=p.tensor("y"))
