"""What `lint --lists` says: what lists lack, what only they have, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from codegen.lint import lint, linted
from codegen.name_list_report import (
    Gap,
    NameListReport,
    as_data,
    as_markdown,
    name_list_report,
)

HEAD: Final = """\
dispatcher: {name: tiny, default_namespace: my}
backends: [Fast, Slow]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Grad: {per_backend: true}
  - Trace
"""
TINY: Final = f"""\
{HEAD}\
name_lists:
  # allow DG310 (Grad*): the parser | is older
  # allow DG310 (GradSlow): nobody asked
  parser:
    doc: What `parse` takes.
    names:
      - Undefined
      - Plain
      - Fast
      - Slow
      - Gone  # allow DG311: it was a key
  bound:
    names: [Undefined, Plain, Grad, Fast, Slow, GradFast, Trac]
  devices: {{of: backends, names: [Slow, Fast]}}
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def report(text: str) -> NameListReport:
    """The report about declarations of one file."""
    file = Path("tiny.yaml")
    file.write_text(text, "utf-8")
    return name_list_report(*linted([file]))


def test_text() -> None:
    assert as_markdown(report(TINY)) == r"""# Name lists of `tiny`

4 of 8 keys are not in all 2 lists that should hold every key.
Missing or unknown in all lists: 8; not allowed: 4.

| list | holds | lacks | unknown |
| --- | --- | --- | --- |
| `parser` | 4 of 8 | 4 | 1 |
| `bound` | 6 of 8 | 2 | 1 |
| `devices` | all 2 | 0 | 0 |

## Keys that are not in all lists

| missing from | count | keys |
| --- | --- | --- |
| `parser` | 1 | `Grad` |
| `parser` | 1 | `GradFast` |
| `parser`, `bound` | 1 | `Trace` |
| `parser`, `bound` | 1 | `GradSlow` |

## Unknown names

| name | in | is | allowed because |
| --- | --- | --- | --- |
| `Gone` | `parser` | not declared | it was a key |
| `Trac` | `bound` | not declared; did you mean `Trace`? | **not allowed** |

## `parser`

Holds 4 of 8; declared at tiny.yaml:10. What `parse` takes.

Missing:

- the parser \| is older: `Grad`, `GradFast`
- **not allowed**: `Trace`
- the parser \| is older; nobody asked: `GradSlow`

```text
Grad
Trace
GradFast
GradSlow
```

## `bound`

Holds 6 of 8; declared at tiny.yaml:18.

Missing:

- **not allowed**: `Trace`, `GradSlow`

```text
Trace
GradSlow
```

## `devices`

Holds all 2; declared at tiny.yaml:20.
"""


def test_data() -> None:
    older, asked = "the parser | is older", "nobody asked"
    data = as_data(report(TINY))
    assert json.loads(json.dumps(data)) == data
    assert data == {
        "dispatcher": "tiny",
        "keys": 8,
        "missing_keys": 4,
        "not_allowed": 4,
        "lists": [
            {
                "name": "parser",
                "doc": "What `parse` takes.",
                "file": "tiny.yaml",
                "line": 10,
                "should_hold_every_key": True,
                "expected": 8,
                "held": 4,
                "missing": [
                    {"name": "Grad", "reasons": [older]},
                    {"name": "Trace", "reasons": []},
                    {"name": "GradFast", "reasons": [older]},
                    {"name": "GradSlow", "reasons": [older, asked]},
                ],
                "unknown": [
                    {
                        "name": "Gone",
                        "kind": "not declared",
                        "file": "tiny.yaml",
                        "line": 17,
                        "hint": None,
                        "reasons": ["it was a key"],
                    }
                ],
            },
            {
                "name": "bound",
                "doc": None,
                "file": "tiny.yaml",
                "line": 18,
                "should_hold_every_key": True,
                "expected": 8,
                "held": 6,
                "missing": [
                    {"name": "Trace", "reasons": []},
                    {"name": "GradSlow", "reasons": []},
                ],
                "unknown": [
                    {
                        "name": "Trac",
                        "kind": "not declared",
                        "file": "tiny.yaml",
                        "line": 19,
                        "hint": "did you mean `Trace`?",
                        "reasons": [],
                    }
                ],
            },
            {
                "name": "devices",
                "doc": None,
                "file": "tiny.yaml",
                "line": 20,
                "should_hold_every_key": False,
                "expected": 2,
                "held": 2,
                "missing": [],
                "unknown": [],
            },
        ],
        "gaps": [
            {"missing_from": ["parser"], "of": None, "keys": ["Grad"]},
            {"missing_from": ["parser"], "of": "Grad", "keys": ["GradFast"]},
            {"missing_from": ["parser", "bound"], "of": None, "keys": ["Trace"]},
            {"missing_from": ["parser", "bound"], "of": "Grad", "keys": ["GradSlow"]},
        ],
    }


def test_what_is_not_allowed_is_what_lint_finds() -> None:
    found = report(TINY)
    assert found.not_allowed == len(lint([Path("tiny.yaml")])) == 4


EVERY_KEY: Final = "[Undefined, Plain, Grad, Trace, Fast, Slow, GradFast, GradSlow]"


def test_complete_lists() -> None:
    found = report(
        f"{HEAD}name_lists: {{parser: {{names: {EVERY_KEY}}}, "
        f"bound: {{names: {EVERY_KEY}}}}}\n"
    )
    assert (found.missing_keys, found.differences, found.gaps) == (0, 0, ())
    assert as_markdown(found) == """\
# Name lists of `tiny`

All 8 keys are in all 2 lists that should hold every key.
No list lacks a name or has an unknown one.

| list | holds | lacks | unknown |
| --- | --- | --- | --- |
| `parser` | all 8 | 0 | 0 |
| `bound` | all 8 | 0 | 0 |

## `parser`

Holds all 8; declared at tiny.yaml:7.

## `bound`

Holds all 8; declared at tiny.yaml:7.
"""


def test_no_lists() -> None:
    assert as_markdown(report(HEAD)) == (
        "# Name lists of `tiny`\n\nNone is declared.\n"
    )
    assert as_data(report(HEAD))["lists"] == []


def test_lists_of_backends_and_of_families_are_not_of_every_key() -> None:
    found = report(
        f"{HEAD}name_lists:\n"
        "  devices: {of: backends, names: [Fast]}  # allow DG310: slow ones are new\n"
        "  some: {covers: families, names: [GradFast]}  # allow DG310: they are new\n"
    )
    assert (found.keys, found.gaps, found.not_allowed) == (0, (), 0)
    assert [(s.name, s.held, s.expected) for s in found.lists] == [
        ("devices", 1, 2),
        ("some", 1, 2),
    ]
    text = as_markdown(found)
    assert "keys" not in text
    assert "Missing or unknown in all lists: 2, each allowed for a reason.\n" in text
    assert "- slow ones are new: `Slow`\n" in text


def test_one_list() -> None:
    text = as_markdown(report(f"{HEAD}name_lists: {{parser: {{names: [Trace]}}}}\n"))
    assert "7 of 8 keys are not in the one list that should hold every key.\n" in text


def test_kind_of_an_unknown_name() -> None:
    found = report(
        f"{HEAD}name_lists: {{devices: {{of: backends, names: [Fast, Slow, Trace]}}}}\n"
    )
    (state,) = found.lists
    (entry,) = state.unknown
    assert entry.kind == "a key and not a backend"


def test_keys_of_one_backend_stay_together() -> None:
    """They are of many families, but the same lists lack them."""
    listed = "[Undefined, Plain, Grad, Trace, Fast, GradFast]"
    found = report(f"{HEAD}name_lists: {{parser: {{names: {listed}}}}}\n")
    assert found.gaps == (Gap(("parser",), "Slow", ("Slow", "GradSlow")),)


def test_keys_of_one_family_stay_together() -> None:
    listed = "[Undefined, Plain, Trace, Fast, Slow]"
    found = report(f"{HEAD}name_lists: {{parser: {{names: {listed}}}}}\n")
    assert found.gaps == (
        Gap(("parser",), None, ("Grad",)),
        Gap(("parser",), "Grad", ("GradFast", "GradSlow")),
    )


def test_an_added_backend_is_missing_wherever_it_should_be() -> None:
    lists = (
        f"name_lists:\n  parser: {{names: {EVERY_KEY}}}\n"
        f"  bound: {{names: {EVERY_KEY}}}\n"
        "  devices: {of: backends, names: [Fast, Slow]}\n"
    )
    found = report(HEAD.replace("Slow]", "Slow, New]") + lists)
    assert {s.name: [m.name for m in s.missing] for s in found.lists} == {
        "parser": ["New", "GradNew"],
        "bound": ["New", "GradNew"],
        "devices": ["New"],
    }
    assert found.gaps == (Gap(("parser", "bound"), "New", ("New", "GradNew")),)


def test_an_extension_is_held_to_its_own_lists_only() -> None:
    """A base does not know what extends it, but what extends it knows the base."""
    Path("base.yaml").write_text(
        f"{HEAD}name_lists: {{parser: {{names: {EVERY_KEY}}}}}\n", "utf-8"
    )
    found = report("extends: base.yaml\nbackends: [New]\n")
    assert [(s.name, s.expected, s.missing) for s in found.lists] == [("parser", 8, ())]
    listed = EVERY_KEY.replace("Slow, ", "Slow, New, ")
    found = report(
        "extends: base.yaml\nbackends: [New]\n"
        f"name_lists: {{mine: {{names: {listed}}}}}  # allow DG310: autograd is new\n"
    )
    assert [(s.name, s.held, s.expected) for s in found.lists] == [
        ("parser", 8, 8),
        ("mine", 9, 10),
    ]
    assert found.gaps == (Gap(("mine",), "Grad", ("GradNew",)),)
    assert (found.keys, found.not_allowed) == (10, 0)
    assert "- autograd is new: `GradNew`\n" in as_markdown(found)


def test_reasons_in_a_base_are_told() -> None:
    Path("base.yaml").write_text(TINY, "utf-8")
    found = report("extends: base.yaml\nkeysets: {more: Trace}\n")
    assert "- the parser \\| is older: `Grad`, `GradFast`\n" in as_markdown(found)
    assert "declared at base.yaml:10" in as_markdown(found)
