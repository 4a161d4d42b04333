"""The declared lists are those of the installed PyTorch, and so are their gaps.

What is expected is asked of PyTorch here, without the facts and without this project's
code; `test_gaps.py` compares with the committed facts.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from codegen.lint import linted
from codegen.name_list_report import NameListReport, as_markdown, name_list_report

pytestmark = pytest.mark.torch

VERSION: Final = "2.13.0"
DECLARATIONS: Final = Path(__file__).parents[2] / "declarations"

# The lists that should hold every key, and those that should not.
OF_EVERY_KEY: Final = ("string_parser", "pybind_enum", "torchgen_enum", "type_stubs")
OTHERS: Final = ("torchgen_backends", "higher_order_fallthrough")


@pytest.fixture(scope="module")
def torch() -> Any:
    found = pytest.importorskip("torch")
    if found.__version__.partition("+")[0] != VERSION:
        pytest.skip(f"PyTorch {VERSION} is needed, {found.__version__} is installed")
    return found


@pytest.fixture(scope="module")
def enum(torch: Any) -> list[str]:
    """The keys of the C++ enum, by value, without the marks of its ranges."""
    keys = []
    for value in range(256):
        name = torch._C._dispatch_key_name(torch._C.DispatchKey(value))
        # Where a range of keys begins, there is no backend yet.
        if value == 0 or not name.endswith(("Undefined", "UnknownUnknown")):
            keys.append(name)
    return keys


@pytest.fixture(scope="module")
def lists(torch: Any, enum: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The lists as PyTorch has them, by the names of the declarations."""
    torchgen = importlib.import_module("torchgen.model")
    operators = importlib.import_module("torch._ops")
    bound = [
        name
        for name in torch._C.DispatchKey.__members__
        if not name.startswith(("StartOf", "EndOf"))
    ]
    stubs = type_stubs(torch)
    generated = list(torchgen.DispatchKey.__members__)
    candidates = dict.fromkeys([*enum, *bound, *generated, *stubs])
    return {
        "string_parser": [
            name
            for name in candidates
            if torch._C._parse_dispatch_key(name) is not None
        ],
        "pybind_enum": bound,
        "torchgen_enum": generated,
        "type_stubs": stubs,
        "torchgen_backends": list(torchgen.BACKEND_COMPONENTS),
        "higher_order_fallthrough": [
            key.name
            for key in operators._HIGHER_ORDER_OP_DEFAULT_FALLTHROUGH_DISPATCH_KEYS
        ],
    }


def type_stubs(torch: Any) -> list[str]:
    """The keys in the stub file of `torch._C`."""
    text = (Path(torch.__file__).parent / "_C" / "__init__.pyi").read_text("utf-8")
    (found,) = (
        node
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and node.name == "DispatchKey"
    )
    targets = [
        target
        for node in found.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    ]
    return [target.id for target in targets if isinstance(target, ast.Name)]


@pytest.fixture(scope="module")
def report() -> NameListReport:
    return name_list_report(*linted([DECLARATIONS]))


def test_all_lists_are_declared(
    lists: Mapping[str, Sequence[str]], report: NameListReport
) -> None:
    assert {state.name for state in report.lists} == set(lists)


@pytest.mark.parametrize("name", [*OF_EVERY_KEY, *OTHERS])
def test_declared_lists_are_those_of_pytorch(
    name: str, lists: Mapping[str, Sequence[str]]
) -> None:
    declared = linted([DECLARATIONS]).model.name_lists[name].names
    marks = {n for n in declared if n.startswith(("StartOf", "EndOf"))}
    assert declared - marks == set(lists[name])
    assert not marks or name == "pybind_enum"


def test_how_many_keys_are_not_in_all_lists(
    enum: Sequence[str], lists: Mapping[str, Sequence[str]], report: NameListReport
) -> None:
    missing = {key for key in enum if any(key not in lists[n] for n in OF_EVERY_KEY)}
    assert (len(missing), len(enum)) == (63, 149)
    assert (report.missing_keys, report.keys) == (63, 149)
    assert {key for gap in report.gaps for key in gap.keys} == missing
    text = as_markdown(report)
    assert (
        "\n63 of 149 keys are not in all 4 lists that should hold every key.\n" in text
    )


def test_what_each_list_lacks(
    enum: Sequence[str], lists: Mapping[str, Sequence[str]], report: NameListReport
) -> None:
    states = {state.name: state for state in report.lists}
    for name in OF_EVERY_KEY:
        state = states[name]
        assert state.holds_every_key
        assert state.expected == len(enum)
        assert [m.name for m in state.missing] == [
            key for key in enum if key not in lists[name]
        ]
    backends = [key for key in enum if f"Quantized{key}" in enum]
    assert len(backends) == 16
    for name in OTHERS:
        assert not states[name].holds_every_key
    devices = states["torchgen_backends"]
    assert {m.name for m in devices.missing} == set(backends) - set(lists[devices.name])
    families = states["higher_order_fallthrough"]
    casts = {key for key in enum if key.startswith("Autocast")}
    assert {m.name for m in families.missing} == casts - set(lists[families.name])


def test_where_each_gap_is(
    lists: Mapping[str, Sequence[str]], report: NameListReport
) -> None:
    for gap in report.gaps:
        for key in gap.keys:
            assert gap.lists == tuple(
                state.name
                for state in report.lists
                if state.name in OF_EVERY_KEY and key not in lists[state.name]
            )


def test_unknown_names(
    torch: Any, lists: Mapping[str, Sequence[str]], report: NameListReport
) -> None:
    """What only a list has is no name of a key, be it a second one, in C++."""
    real = set(torch._C.DispatchKey.__members__)
    for state in report.lists:
        unknown = {entry.name for entry in state.unknown}
        assert unknown <= set(lists[state.name])
        assert not unknown & real
        assert all(torch._C._parse_dispatch_key(name) is None for name in unknown)


def test_every_difference_is_allowed(report: NameListReport) -> None:
    assert report.differences > 0
    assert report.not_allowed == 0
