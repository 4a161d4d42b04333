"""What type checkers know of operators: mypy accepts right calls, and refuses wrong ones."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import Final

import black
import pytest
from mypy import api

from codegen.pipeline import generate
from tests.support import load_text, write_package

DECLARATIONS: Final = """\
dispatcher: {name: typed, default_namespace: my, keyset_attribute: keys}
backends: [Cpu]
functionality: [{Work: {per_backend: true, prefix: ""}}]
operators:
  - func: add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor
  - func: add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor
  - func: add.out(Tensor self, Tensor other, *, Scalar alpha=1, Tensor(a!) out) -> Tensor(a!)
  - func: mm(Tensor self, Tensor mat2) -> Tensor
  - func: has(Tensor? a, int[2] size=1, int[] all=[1, 2], str mode="x", float p=0.5) -> bool
  - func: split(Tensor a, bool[3] mask, int[] sizes) -> (Tensor first, Tensor[] rest, int n)
  - func: nothing() -> ()
  - func: sample.from(Tensor a, int from, int? to, *, bool lambda=False) -> Tensor
  - func: sample(Tensor a) -> Tensor
  - func: only.out(Tensor a) -> Tensor
  # Names that mean something else in Python, or in a stub.
  - func: int.Tensor(Tensor a, int b) -> int
  - func: int.str(str a) -> str
  - func: _t(Tensor _T, Tensor _) -> Tensor
  - func: parts.name(Tensor a) -> Tensor
  - func: parts.tuple(Tensor a, int b) -> (Tensor, Tensor)
  - func: match.try(Tensor a) -> Tensor
  - func: odd::tuple(Tensor a) -> Tensor
  - func: __and__.Tensor(Tensor self, Tensor other) -> Tensor
"""

USE: Final = """\
from typed import DispatchKey, ops


class Tensor:
    keys = 1


class NoTensor:
    pass


x = Tensor()
"""

RIGHT: Final = """\
    ops.my.add(x, x, alpha=2)
    ops.my.add(x, 2.5, 3)
    ops.my.add.Tensor(x, other=x)
    ops.my.add.Tensor.redispatch(DispatchKey.Cpu, x, x, alpha=True)
    ops.my.add.redispatch(1, x, x)
    ops.my.add.overloads()
    ops.my.mm.default.schema.arguments
    ops.my.mm.name.upper()
    ops.my.has(None, all=[3])
    ops.my.has(x, 3, mode="y")
    ops.my.has(x, [3, 4], p=1)
    ops.my.sample(x, 1, to=None)
    ops.my.only.out(x)
    ops.my.only(x)
    ops.my.int(x, 1)
    ops.my._t(x, x)
    ops.my.parts.name
    ops.odd.tuple(x)
    ops.my.__and__(x, x)
    ops.other.anything(1)
"""

# What mypy calls it.
WRONG: Final = {
    "ops.my.mm(x)": "call-arg",
    "ops.my.mm(x, x, x)": "call-arg",
    "ops.my.mm(x, NoTensor())": "arg-type",
    "ops.my.mm(x, 1)": "arg-type",
    'ops.my.add(x, "2")': "call-overload",
    "ops.my.add.Tensor(x, x, 2)": "call-arg",
    "ops.my.add.Tensor(x, x, beta=2)": "call-arg",
    "ops.my.add.Scalar(x, x)": "arg-type",
    "ops.my.add.out(x, x)": "call-arg",
    "ops.my.add.Tensr": "attr-defined",
    "ops.my.mm.redispatch(1, x)": "call-arg",
    "ops.my.mn": "attr-defined",
    "ops.my.has(x, p='1')": "arg-type",
    "ops.my.split(x, True, [1])": "arg-type",
    "ops.my.split(x, [True], 1)": "arg-type",
    "ops.my.nothing(1)": "call-arg",
    "ops.my.int('x', 1)": "call-overload",
}

TYPES: Final = {
    "ops.my.mm(x, x)": "Any",
    "ops.my.has(x)": "bool",
    "ops.my.split(x, [True], [1])": "tuple[Any, Sequence[Any], int]",
    "ops.my.int(x, 1)": "int",
    'ops.my.int("x")': "str",
    "ops.my.parts.tuple": "Any",
    'getattr(ops.my.sample, "from")': "Any",
    "ops.my.add.Scalar": (
        "Function[[self: Tensor, other: int | float | complex, "
        "alpha: int | float | complex =], Any]"
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stubs")
    (folder / "declared").mkdir()
    write_package(load_text(DECLARATIONS, folder / "declared"), folder / "typed")
    return folder


def checked(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What mypy says of a program that uses the package."""
    monkeypatch.chdir(folder)
    (folder / "use.py").write_text(USE + dedent(text), "utf-8")
    out, problem, _ = api.run(["--strict", "--config-file=", "use.py", "typed"])
    assert not problem
    return [
        line for line in out.splitlines() if not line.startswith(("Found", "Success"))
    ]


def test_right_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked(folder, RIGHT, monkeypatch) == []


def test_wrong_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = checked(folder, "\n".join(WRONG), monkeypatch)
    first = USE.count("\n") + 1
    found: dict[int, str] = {}
    for line in lines:
        if match := re.match(r"use\.py:(\d+): error: .*\[([\w-]+)\]$", line):
            found.setdefault(int(match[1]) - first, match[2])
    assert {call: found.get(n) for n, call in enumerate(WRONG)} == WRONG


def test_types(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(f"reveal_type({each})" for each in TYPES)
    lines = checked(folder, text, monkeypatch)
    found = [re.search(r'Revealed type is "(.*)"$', line) for line in lines]
    # Without the modules of the types.
    shown = [re.sub(r"\w+\.(?=\w)", "", match[1]) for match in found if match]
    assert shown == list(TYPES.values())


def test_text(tmp_path: Path) -> None:
    """Black changes nothing, also where lines are long."""
    declared = [DECLARATIONS]
    for width in (10, 24, 25, 40, 43, 44, 50):
        for count in (0, 1, 2, 4, 8, 9, 12):
            name = f"{'w' * width}{count}"
            results = f"({', '.join(['Tensor'] * count)})"
            one, two = f"int {name}", f"Tensor?[] {name}, int[2] b=0"
            for overload, arguments in (("", one), (".a", two), (f".{name}", "")):
                func = f"{name}{overload}({arguments}) -> {results}"
                declared.append(f"  - func: {func}\n")
            declared.append(f"  - func: n{name}() -> {results}\n")
            declared.append(f"  - func: m{name}({one}) -> {results}\n")
    text = "".join(declared)
    mode = black.Mode(is_pyi=True)
    stubs = generate(load_text(text, tmp_path), "python")
    wanted = {
        p: black.format_str(t, mode=mode) for p, t in stubs.items() if p.endswith("i")
    }
    assert {path: stubs[path] for path in wanted} == wanted
