"""`explain`: keys, keysets, operators, slots and codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from codegen.codes import TITLES
from codegen.explain import explain_key, explain_slot
from codegen.model import Model
from codegen.rulebook import rule_text
from codegen.runtime.python.table import Outcome
from tests.cli.commands import DECLARATIONS, bad_input, run

# Every outcome that a rule can have.
OUTCOMES: Final = """\
dispatcher: {name: outcomes, default_namespace: demo}
functionality: [Low, Middle, High]
aliases:
  - Everywhere:
      keys: Low | Middle | High
      reason: everywhere
      yields_to: {aliases: [Most], backends_of: below}
      ambiguous: {key: Middle, with_any_of: Low, kernel: undecided, reason: ambiguous}
  - Most: {keys: Low | High, reason: most}
functions:
  below: {of: key, cases: [{key: High, keys: Low | Middle}], default: empty}
operators:
  - func: both(Tensor self) -> Tensor
    dispatch: {Low: both_low, Everywhere: both_everywhere}
  - func: one(Tensor self) -> Tensor
    dispatch: {Everywhere: one_everywhere}
"""

# Those of rules that found nothing, or were not needed.
NOTHING_THERE: Final = {Outcome.NOT_REGISTERED.value, "there is none", "not reached"}


def lines(*arguments: str | Path) -> list[str]:
    result = run("explain", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.splitlines()


def data(*arguments: str | Path) -> dict[str, object]:
    found = json.loads("\n".join(lines(*arguments, "--json")))
    assert isinstance(found, dict)
    return found


def test_a_key() -> None:
    found = lines("Alpha")
    assert found[:2] == ["key: Alpha", "kind: runtime"]
    assert "functionality: Plain" in found
    assert "backend: Alpha" in found
    assert "bits: 0, 2" in found
    assert "declared: declarations/small.yaml:2:12" in found


def test_a_key_as_json() -> None:
    found = data("Trace")
    assert found["kind"] == "functionality"
    assert found["bits"] == [3]
    assert found["in keysets"] == ["traced"]
    assert found["fallback"] == "fallthrough (declarations/small.yaml:7:21)"


@pytest.mark.parametrize(
    "subject",
    [["Trace"], ["traced"], ["demo::twice"], ["demo::twice", "Trace"]],
    ids=["key", "keyset", "operator", "slot"],
)
def test_the_same_in_both_forms(subject: list[str]) -> None:
    found = lines(*subject)
    names = [line.partition(":")[0] for line in found if line[0] != " "]
    assert names == list(data(*subject))


def test_a_keyset() -> None:
    assert lines("traced") == [
        "keyset: traced",
        "doc: none",
        "declared: declarations/small.yaml:6:11",
        "expression: Trace",
        "bits: 0x8",
        "functionality keys: Trace",
        "backends: none",
    ]


def test_an_operator() -> None:
    assert lines("demo::twice") == [
        "operator: demo::twice",
        "schema: twice(Tensor self) -> Tensor",
        "declared: declarations/small.yaml:9:11",
        "tags: none",
        "kernels:",
        "  Alpha: twice_alpha (declarations/small.yaml:10:16)",
        "table:",
        "  Alpha: twice_alpha [kernel]",
        "  Trace: fallthrough [backend fallback]",
    ]


def test_a_slot() -> None:
    assert lines("demo::twice", "Trace") == [
        "operator: demo::twice",
        "declared: declarations/small.yaml:9:11",
        "key: Trace",
        "kernel: fallthrough",
        "reason: backend fallback",
        "rules:",
        "  1. kernel for Trace: no kernel is registered for it",
        "     reason: kernel",
        "     key declared: declarations/small.yaml:5:5",
        "  2. fallback of Trace: chosen",
        "     reason: backend fallback",
        "     declared: declarations/small.yaml:7:21",
        "     key declared: declarations/small.yaml:5:5",
        "     kernel: fallthrough",
    ]


def test_an_empty_slot() -> None:
    found = data("demo::twice", "Beta")
    assert (found["kernel"], found["reason"]) == (None, "missing")
    assert "kernel: none" in lines("demo::twice", "Beta")


def test_every_outcome(folder: Path) -> None:
    (folder / "outcomes.yaml").write_text(OUTCOMES, "utf-8")
    seen = set()
    for operator in ("demo::both", "demo::one"):
        for key in ("Low", "Middle", "High"):
            found = data(operator, key, "-d", "outcomes.yaml")
            rules = found["rules"]
            assert isinstance(rules, list)
            for rule in rules:
                seen.add(rule["outcome"])
                assert rule["key declared"].startswith("outcomes.yaml:")
                if rule["outcome"] not in NOTHING_THERE:
                    assert rule["declared"].startswith("outcomes.yaml:")
    assert seen == {outcome.value for outcome in Outcome} | NOTHING_THERE
    low = lines("demo::both", "Low", "-d", "outcomes.yaml")
    assert "  1. kernel for Low: chosen" in low
    assert "     declared: outcomes.yaml:14:16" in low
    # Which kernel an alias stepped back for, and where that is declared.
    high = lines("demo::both", "High", "-d", "outcomes.yaml")
    at = high.index(
        "  3. kernel for Everywhere: steps back for a more direct registration"
    )
    assert "     because: Low (outcomes.yaml:14:16)" in high[at:]
    middle = lines("demo::both", "Middle", "-d", "outcomes.yaml")
    assert "kernel: undecided" in middle
    assert "     because: Low (outcomes.yaml:14:16)" in middle


def test_every_key(reference: Model) -> None:
    """Every name that there is has an explanation."""
    for name in (*reference.keys, *reference.aliases_of_keys):
        found = explain_key(reference, name)
        assert json.loads(json.dumps(found)) == found
        assert found["key"] == reference.aliases_of_keys.get(name, name)


def test_every_slot(reference: Model) -> None:
    """The explanation ends with what the table holds; each declaration has a place."""
    for operator in reference.operators:
        table = reference.operator_table(operator)
        for key in reference.runtime_keys:
            found = explain_slot(reference, operator, key.name)
            entry = table.get(key.name)
            assert found["kernel"] == (entry.kernel if entry else None)
            assert found["reason"] == (entry.reason if entry else "missing")
            assert json.loads(json.dumps(found)) == found
            for rule in found["rules"]:
                assert rule.get("declared") != "None"


def test_an_alias_that_steps_back() -> None:
    found = lines("aten::mul.Tensor", "AutogradCPU", "-d", DECLARATIONS)
    assert "  4. fallback of AutogradCPU: not reached" in found
    assert [line for line in found if "kernel for Autograd: chosen" in line]


# Codes


@pytest.mark.parametrize("code", sorted(TITLES))
def test_a_code(folder: Path, code: str) -> None:
    assert run("explain", code).stdout == rule_text(code)
    assert run("explain", code.lower()).stdout == rule_text(code)
    found = json.loads(run("explain", code, "--json").stdout)
    assert found == {"code": code, "title": TITLES[code], "text": rule_text(code)}


def test_a_code_needs_no_declarations(folder: Path) -> None:
    (folder / "declarations" / "small.yaml").write_text("nonsense", "utf-8")
    assert run("explain", "DG201").exit_code == 0


# Names that are not there


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["Alpa"], "there is no key, keyset or operator Alpa; did you mean `Alpha`?"),
        (["alpha"], "did you mean `Alpha`?"),
        (["Qqqqqqq"], "there is no key, keyset or operator Qqqqqqq\n"),
        (["trced"], "did you mean `traced`?"),
        (["twice"], "did you mean `demo::twice`?"),
        (["demo::twise"], "there is no operator demo::twise; did you mean"),
        (["demo::twise", "Alpha"], "did you mean `demo::twice`?"),
        (["demo::twice", "Alpa"], "there is no key Alpa; did you mean `Alpha`?"),
        (["demo::twice", "traced"], "there is no key traced"),
        (["demo::twice", "Plain"], "Plain has no table slot"),
        (["Alpha", "Beta"], "there is no operator Alpha"),
        (["DG999"], "there is no diagnostic DG999"),
        (["dg2O1"], "there is no key, keyset or operator dg2O1"),
        ([], "Missing argument 'SUBJECT'"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_unknown_names(
    folder: Path, arguments: list[str], form: list[str], expected: str
) -> None:
    assert expected in bad_input(folder, "explain", *arguments, *form)
