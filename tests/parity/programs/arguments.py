"""Which values an argument of a type takes, and which are refused.

Nothing of conversions, nor of what PyTorch takes by accident of its bindings: a number or
None for a bool, bytes for a str.
"""

from __future__ import annotations

from tests.parity.programs.machine import Machine


def _accepts(p: Machine, kind: str, *values: object) -> None:
    """Write which values a keyword argument of a type takes."""
    name = f"f_{len(p.events)}"
    p.define(f"{name}(Tensor x, *, {kind} value) -> ()")
    p.register(name, "CPU", lambda x, *, value: None, False, "main")
    x = p.tensor("x")
    taken, refused = [], []
    for value in values:
        try:
            p.call_function(name, [x], {"value": value})
        except (RuntimeError, TypeError):
            refused.append(repr(value))
        else:
            taken.append(repr(value))
    p.log(f"{kind} takes {', '.join(taken) or 'none'}; not {', '.join(refused)}")


def int_(p: Machine) -> None:
    for kind in ("int", "int?", "SymInt"):
        _accepts(p, kind, 1, -1, 2**62, True, 1.0, 1.5, 1j, "1", None, [1])


def float_(p: Machine) -> None:
    for kind in ("float", "float?"):
        _accepts(p, kind, 1, 1.5, True, 1j, "1", None, [1.5])


def bool_(p: Machine) -> None:
    for kind in ("bool", "bool?"):
        _accepts(p, kind, True, False, "True")


def str_(p: Machine) -> None:
    for kind in ("str", "str?"):
        _accepts(p, kind, "a", "", 1, None, ["a"])


def complex_(p: Machine) -> None:
    _accepts(p, "complex", 1j, 1.5, 1, True, "1", None)


def scalar(p: Machine) -> None:
    for kind in ("Scalar", "Scalar?"):
        _accepts(p, kind, 1, 1.5, True, 1j, "1", None, [1])


def int_lists(p: Machine) -> None:
    for kind in ("int[]", "int[]?", "SymInt[]"):
        _accepts(p, kind, [1, 2], (1, 2), [], 1, [1.5], [True], [None], ["a"], None)


def sized_int_lists(p: Machine) -> None:
    """One integer stands for a list of that length; other lengths are taken, too."""
    _accepts(p, "int[2]", 1, True, [1], [1, 2], [1, 2, 3], (1, 2), 1.5, None)
    _accepts(p, "int[1]?", 1, [1], [1, 2], None)


def other_lists(p: Machine) -> None:
    _accepts(p, "float[]", [1.5], [1], [], (1.5,), 1.5, ["a"], None)
    _accepts(p, "bool[]", [True], [], True)
    _accepts(p, "bool[3]", True, [True], [True, True, True])
    # PyTorch takes a text for a list of its characters, too.
    _accepts(p, "str[]", ["a"], [1], [])
    _accepts(p, "Scalar[]", [1, 1.5, True], 1, ["a"])


def tensors(p: Machine) -> None:
    _accepts(p, "Tensor", 1, 1.5, "a", [])
    _accepts(p, "Tensor?", None, 1, 1.5, "a", [])


def tensor_lists(p: Machine) -> None:
    for kind in ("Tensor[]", "Tensor?[]", "Tensor[]?"):
        _accepts(p, kind, [], (), [None], [1], None, 1, "a")


def lists_of_tensors(p: Machine) -> None:
    """A tuple is as good as a list; a tensor is no list."""
    p.define("f(Tensor[] xs) -> int")
    p.impl("f", "CPU", len)
    x = p.tensor("x")
    p.call("f", [x])
    p.call("f", (x, x))
