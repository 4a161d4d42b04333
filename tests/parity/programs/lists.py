"""Tensors in lists and in lists with absent tensors."""

from __future__ import annotations

from tests.parity.programs.machine import Machine


def all_tensors_count(p: Machine) -> None:
    p.define("f(Tensor[] xs) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "CUDA", with_keyset=True)
    p.call("f", [p.tensor("x"), p.tensor("y")])
    p.call("f", [p.tensor("z", "CUDA"), p.tensor("u")])


def an_empty_list(p: Machine) -> None:
    """No tensor, no key."""
    p.define("f(Tensor[] xs) -> int")
    p.impl("f", "CPU")
    with p.raises(op="f"):
        p.call("f", [])
    p.impl("f", "CompositeExplicitAutograd", lambda xs: len(xs))
    p.call("f", [])


def lists_and_tensors(p: Machine) -> None:
    p.define("f(Tensor x, Tensor[] xs) -> Tensor")
    p.impl("f", "CPU", with_keyset=True)
    p.impl("f", "CUDA", with_keyset=True)
    x = p.tensor("x")
    p.call("f", x, [])
    p.call("f", x, [x, p.tensor("y", "CUDA")])


def optional_tensors_in_lists(p: Machine) -> None:
    p.define("f(Tensor?[] xs) -> int")
    p.impl("f", "CPU", len)
    p.impl("f", "CUDA", len)
    x = p.tensor("x")
    p.call("f", [None, x])
    p.call("f", [x, None, p.tensor("y", "CUDA")])


def only_absent_tensors(p: Machine) -> None:
    p.define("f(Tensor?[] xs) -> int")
    p.impl("f", "CPU", lambda xs: len(xs))
    with p.raises(op="f"):
        p.call("f", [None, None])


def an_optional_list(p: Machine) -> None:
    """Tensor[]? is one of the types whose tensors c10 does not look at."""
    p.define("f(Tensor x, Tensor[]? xs) -> Tensor")
    p.impl("f", "CPU", lambda x, xs: x, with_keyset=False)
    p.impl("f", "CUDA", lambda x, xs: x)
    x = p.tensor("x")
    p.call("f", x, None)
    p.call("f", x, [p.tensor("y", "CUDA")])


def lists_of_other_types(p: Machine) -> None:
    p.define("f(Tensor x, int[] sizes, str[] words) -> Tensor")
    p.impl("f", "CPU")
    p.call("f", p.tensor("x"), [1, 2], ["a"])


def a_list_as_result(p: Machine) -> None:
    p.define("f(Tensor[] xs) -> Tensor[]")
    p.impl("f", "CPU", lambda xs: list(reversed(xs)))
    p.call("f", [p.tensor("x"), p.tensor("y")])


def a_subclass_in_a_list(p: Machine) -> None:
    p.define("f(Tensor[] xs) -> Tensor")
    p.impl("f", "CPU")
    wrapper = p.subclass("A")
    p.call("f", [p.tensor("x"), p.tensor("y", of=wrapper)])


def a_subclass_in_an_optional_list(p: Machine) -> None:
    p.define("f(Tensor?[] xs) -> int")
    p.impl("f", "CPU", lambda xs: len(xs))
    wrapper = p.subclass("A")
    p.call("f", [None, p.tensor("x", of=wrapper), None])


def subclasses_in_lists_and_beside(p: Machine) -> None:
    """The first subclass in the order of the arguments, lists looked into."""
    p.define("f(Tensor[] xs, Tensor y) -> Tensor")
    p.impl("f", "CPU")
    a, b = p.subclass("A"), p.subclass("B")
    x, y = p.tensor("x", of=a), p.tensor("y", of=b)
    p.call("f", [p.tensor("z"), x], y)
    p.call("f", [y], x)


def a_list_under_a_mode(p: Machine) -> None:
    p.define("f(Tensor[] xs, Tensor?[] ys) -> Tensor")
    p.impl("f", "CPU")
    wrapper = p.subclass("A")
    with p.mode("m"):
        p.call("f", [p.tensor("x")], [None, p.tensor("y", of=wrapper)])
