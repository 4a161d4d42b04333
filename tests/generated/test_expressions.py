"""Keyset expressions mean the same as a naive reading of them, and are generated so.

The naive reading knows bits as names: a functionality key or a backend is one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.model import Model
from tests.support import import_package, load_text, write_package

BACKENDS: Final = ("X", "Y", "Z")
KEYS: Final = ("Low", "Work", "Middle", "Slope", "Top")
PER_BACKEND: Final = ("Work", "Slope")
GROUPS: Final = {"all": BACKENDS, "some": ("X", "Z")}
DECLARATIONS: Final = """
dispatcher: {name: expressions}
backends: [X, Y, Z]
groups: {some: [X, Z]}
functionality:
  - Low
  - Work: {per_backend: true}
  - Middle
  - Slope: {per_backend: true}
  - Top: {in_every_full_after: true}
keysets:
"""
ALL: Final = frozenset((*BACKENDS, *KEYS))


@dataclass(frozen=True)
class Expression:
    """A text, the loosest operator in it (5 for none), and the bits it stands for."""

    text: str
    level: int
    bits: frozenset[str]

    def at(self, level: int) -> str:
        """The text as an operand, in parentheses if it binds too loosely."""
        return self.text if self.level >= level else f"({self.text})"


Bits = frozenset[str]
OPERATORS: Final[list[tuple[str, Callable[[Bits, Bits], Bits]]]] = [
    ("|", lambda a, b: a | b),
    ("^", lambda a, b: a ^ b),
    ("&", lambda a, b: a & b),
    ("-", lambda a, b: a - (b - set(BACKENDS))),
]


def full_after(key: str) -> frozenset[str]:
    return frozenset((*BACKENDS, *KEYS[: KEYS.index(key)], "Top"))


def atoms() -> st.SearchStrategy[Expression]:
    known = {
        "full": ALL,
        "empty": frozenset[str](),
        "Work{some}": frozenset("XZ") | {"Work"},
    }
    known |= {key: frozenset([key]) for key in KEYS}
    known |= {f"{k}{b}": frozenset([k, b]) for k in PER_BACKEND for b in BACKENDS}
    known |= {f"backends({name})": frozenset(group) for name, group in GROUPS.items()}
    known |= {f"full_after({key})": full_after(key) for key in KEYS}
    return st.sampled_from([Expression(text, 5, bits) for text, bits in known.items()])


@st.composite
def binary(draw: st.DrawFn, operands: st.SearchStrategy[Expression]) -> Expression:
    level = draw(st.integers(0, 3))
    operator, meaning = OPERATORS[level]
    left, right = draw(operands), draw(operands)
    text = f"{left.at(level)} {operator} {right.at(level + 1)}"
    return Expression(text, level, meaning(left.bits, right.bits))


@st.composite
def unary(draw: st.DrawFn, operands: st.SearchStrategy[Expression]) -> Expression:
    operand = draw(operands)
    if draw(st.booleans()):
        return Expression(f"~{operand.at(5)}", 5, ALL - operand.bits)
    group = draw(st.sampled_from(sorted(GROUPS)))
    text = f"without_backends({operand.text}, {group})"
    return Expression(text, 5, operand.bits - set(GROUPS[group]))


@st.composite
def products(draw: st.DrawFn) -> Expression:
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True))
    group = draw(st.sampled_from(sorted(GROUPS)))
    text = f"({' | '.join(keys)}) * backends({group})"
    return Expression(text, 4, frozenset((*keys, *GROUPS[group])))


EXPRESSIONS: Final = st.recursive(
    atoms() | products(), lambda inner: binary(inner) | unary(inner), max_leaves=12
)
LISTS: Final = st.lists(EXPRESSIONS, min_size=1, max_size=20)


def model_of(expressions: list[Expression], folder: Path) -> Model:
    lines = [f'  set{n}: "{e.text}"\n' for n, e in enumerate(expressions)]
    return load_text(DECLARATIONS + "".join(lines), folder)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(LISTS)
def test_meaning(tmp_path: Path, expressions: list[Expression]) -> None:
    model = model_of(expressions, tmp_path)
    for number, expression in enumerate(expressions):
        found = model.members(model.keysets[f"set{number}"].raw)
        assert set(found) == expression.bits, expression.text


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(LISTS)
def test_generated(tmp_path: Path, expressions: list[Expression]) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    model = model_of(expressions, folder)
    module = import_package(write_package(model, folder / "expressions"))
    for name, keyset in model.keysets.items():
        assert getattr(module, name).raw_repr() == keyset.raw
