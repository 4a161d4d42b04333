"""The gaps that PyTorch 2.13 has, and that the reference declarations carry on purpose.

PyTorch keeps lists of its keys by hand, which lack some, and so do its fallbacks and
functions. `lint` must find each gap, and the declarations must say why it is there.
What is expected comes from the facts of PyTorch, not from the declarations.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest
import yaml

from codegen.diagnostics import Diagnostic
from codegen.lint import judged, lint
from tests.parity import facts

DECLARATIONS: Final = Path(__file__).parents[2] / "declarations"
KNOWN: Final = facts.load_dispatcher()

# Each list under the name that the declarations give it, in PyTorch's order.
LISTS: Final[Mapping[str, Sequence[str]]] = {
    "string_parser": [
        name for name, key in KNOWN.parse_dispatch_key.items() if key is not None
    ],
    "pybind_enum": list(KNOWN.pybind_keys),
    "torchgen_enum": KNOWN.name_lists["torchgen"],
    "torchgen_backends": KNOWN.name_lists["torchgen_backends"],
    "type_stubs": KNOWN.name_lists["type_stubs"],
    "higher_order_fallthrough": KNOWN.name_lists["higher_order_fallthrough"],
}

# The real keys: neither second names nor marks of the enum.
REAL: Final = [name for name in KNOWN.key_names if not facts.is_placeholder(name)]
BACKENDS: Final = [
    name.removesuffix("Bit")
    for name in KNOWN.backend_names
    if name.removesuffix("Bit") in KNOWN.keys
]
COMPLETE: Final = ("string_parser", "pybind_enum", "torchgen_enum", "type_stubs")

ALLOWANCE: Final = re.compile(r"[ ]*# allow DG3.*")


def lacking(name: str, expected: Sequence[str]) -> set[str]:
    return set(expected) - set(LISTS[name])


def without_fallback(family: str) -> set[str]:
    """The keys of a family of which other keys have a fallback."""
    keys = {f"{family}{backend}" for backend in BACKENDS} & set(KNOWN.keys)
    assert keys & set(KNOWN.fallbacks)
    return keys - set(KNOWN.fallbacks)


def without_way_back() -> set[str]:
    """The backends whose own key is not found again by way of their Autograd key."""
    lost = set()
    for backend in BACKENDS:
        autograd = KNOWN.get_autograd_key_from_backend[f"{backend}Bit"]
        found = KNOWN.get_backend_key_set_from_autograd.get(autograd, 0)
        if found & KNOWN.key_set[backend] != KNOWN.key_set[backend]:
            lost.add(backend)
    return lost


@pytest.fixture(scope="module")
def allowed() -> tuple[Diagnostic, ...]:
    return judged([DECLARATIONS]).allowed


def subjects(findings: Sequence[Diagnostic], code: str) -> set[str | None]:
    return {finding.subject for finding in findings if finding.code == code}


def declared_lists() -> dict[str, dict[str, object]]:
    text = (DECLARATIONS / "name_lists.yaml").read_text("utf-8")
    section: dict[str, dict[str, object]] = yaml.safe_load(text)["name_lists"]
    return section


def test_lists_are_the_facts() -> None:
    assert {name: entry["names"] for name, entry in declared_lists().items()} == {
        name: list(names) for name, names in LISTS.items()
    }


def test_backends() -> None:
    assert len(BACKENDS) == KNOWN.num_backends
    assert "MAIA" in BACKENDS


def test_how_large_the_gaps_are() -> None:
    """The numbers that are told of PyTorch 2.13."""
    assert len(REAL) == 149
    everywhere = set(REAL).intersection(*(LISTS[name] for name in COMPLETE))
    assert len(everywhere) == 86
    assert {name: len(lacking(name, REAL)) for name in COMPLETE} == {
        "string_parser": 42,
        "pybind_enum": 16,
        "torchgen_enum": 15,
        "type_stubs": 15,
    }
    assert lacking("torchgen_backends", BACKENDS) == {"MAIA"}


def test_torchgen_and_the_stubs_lack_the_same() -> None:
    assert lacking("torchgen_enum", REAL) == lacking("type_stubs", REAL)


@pytest.mark.parametrize("name", COMPLETE)
def test_gaps_of_lists_of_keys(name: str, allowed: Sequence[Diagnostic]) -> None:
    found = {f.subject for f in allowed if f.code == "DG310" and of_list(f, name)}
    assert found == lacking(name, REAL)
    assert found


def test_gap_of_the_list_of_backends(allowed: Sequence[Diagnostic]) -> None:
    name = "torchgen_backends"
    found = {f.subject for f in allowed if f.code == "DG310" and of_list(f, name)}
    assert found == lacking(name, BACKENDS)


def test_gap_of_higher_order_operators(allowed: Sequence[Diagnostic]) -> None:
    """They skip three of the Autocast keys, and not the others."""
    name = "higher_order_fallthrough"
    family = [f"Autocast{b}" for b in BACKENDS if f"Autocast{b}" in KNOWN.keys]
    listed = set(LISTS[name])
    assert len(listed.intersection(family)) == 3
    # Of every other family it holds all keys or none.
    prefixes = ("", "Quantized", "Sparse", "SparseCsr", "NestedTensor", "Autograd")
    for prefix in prefixes:
        assert not listed.intersection(f"{prefix}{backend}" for backend in BACKENDS)
    found = {f.subject for f in allowed if f.code == "DG310" and of_list(f, name)}
    assert found == lacking(name, family)


def of_list(finding: Diagnostic, name: str) -> bool:
    return f"`{name}` lacks it" in finding.message


def test_no_list_has_another_gap(allowed: Sequence[Diagnostic]) -> None:
    gaps = [f for f in allowed if f.code == "DG310"]
    assert all(any(of_list(f, name) for name in LISTS) for f in gaps)


def test_listed_names_that_are_gone(allowed: Sequence[Diagnostic]) -> None:
    listed = {name for names in LISTS.values() for name in names}
    gone = listed - set(KNOWN.keys) - set(BACKENDS)
    assert subjects(allowed, "DG311") == gone
    assert gone


def test_missing_fallbacks(allowed: Sequence[Diagnostic]) -> None:
    autograd = without_fallback("Autograd")
    autocast = without_fallback("Autocast")
    assert subjects(allowed, "DG308") == autograd | autocast
    assert autograd == {
        f"Autograd{b}" for b in ("HIP", "IPU", "VE", "PrivateUse2", "PrivateUse3")
    }


def test_functions_that_disagree(allowed: Sequence[Diagnostic]) -> None:
    lost = without_way_back()
    assert subjects(allowed, "DG309") == lost
    assert lost == {"HIP", "VE", "MTIA"}


def test_nothing_else_is_found() -> None:
    assert lint([DECLARATIONS]) == ()


def test_every_allowance_says_why() -> None:
    for file in sorted(DECLARATIONS.rglob("*.yaml")):
        for comment in re.findall(r"# allow .*", file.read_text("utf-8")):
            reason = comment.partition(": ")[2]
            assert len(reason.split()) >= 3, comment


def test_without_its_allowance_a_gap_is_reported(tmp_path: Path) -> None:
    """Each comment taken away brings back what it allowed, and that alone."""
    copy = tmp_path / "declarations"
    shutil.copytree(DECLARATIONS, copy)
    before = by_place(judged([copy]).allowed)
    texts = {file: file.read_text("utf-8") for file in sorted(copy.rglob("*.yaml"))}
    tried = 0
    for file, text in texts.items():
        lines = text.split("\n")
        for index, line in enumerate(lines):
            if "# allow DG" not in line:
                continue
            # The line stays, so that no other one moves.
            kept = ALLOWANCE.sub("", line) or "#"
            file.write_text(
                "\n".join([*lines[:index], kept, *lines[index + 1 :]]), "utf-8"
            )
            result = judged([copy])
            assert result.remaining, line
            assert {f.code for f in result.remaining} <= set(
                re.findall(r"DG3\d\d", line)
            )
            back = by_place(result.remaining)
            assert back | by_place(result.allowed) == before
            assert not back & by_place(result.allowed)
            file.write_text(text, "utf-8")
            tried += 1
    assert tried > 20


def by_place(findings: Sequence[Diagnostic]) -> set[tuple[str, str, str, int]]:
    return {
        (f.code, f.message, Path(f.span.path).name, f.span.line)
        for f in findings
        if f.span is not None
    }
