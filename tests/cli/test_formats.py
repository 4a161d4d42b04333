"""`lint`, and errors and findings in every format."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from codegen.codes import TITLES
from codegen.diagnostics import Diagnostic, Related
from codegen.reports import as_github, as_json, as_sarif
from codegen.source import Span
from tests.cli.commands import bad_input, rewrite, run

COMMANDS: Final = (
    ["generate"],
    ["check"],
    ["diff"],
    ["explain", "Alpha"],
    ["list", "keys"],
    ["lint"],
)

each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])

FIELDS: Final = [
    "code",
    "severity",
    "message",
    "file",
    "line",
    "column",
    "end_column",
    "help",
    "related",
]

# A message, a place and a hint with everything that a format could trip over.
AWKWARD: Final = Diagnostic(
    "DG201",
    "100% of `a,b:c`\r\nare\tunknown \N{GREEK SMALL LETTER ALPHA} <&>\"'",
    Span("a b/50%,x:y/größe.yaml", 3, 7, 2),
    help="use\n`b`",
    related=(
        Related("the other, 1:2", Span("other.yaml", 1, 2, 3)),
        Related("no file", Span("", 0, 0)),
    ),
)
PLACELESS: Final = Diagnostic("DG304", "of no place", None)


def broken(folder: Path) -> None:
    """One error with a hint, and one with a related place."""
    run("generate")
    rewrite(folder, "keysets: {traced: Trace}", "keysets: {traced: Trce}")
    rewrite(folder, "policy: fallthrough}]", "policy: fallthrough}]\nbakends: []")


def report(command: list[str], form: str) -> str:
    """What is on stdout if declarations are bad; stderr is empty then."""
    result = run(*command, "--format", form)
    assert (result.exit_code, result.stderr) == (2, "")
    return result.stdout


@each_command
def test_text(folder: Path, command: list[str]) -> None:
    broken(folder)
    message = bad_input(folder, *command, "--format", "text")
    assert message.startswith("error[DG101]: ")
    assert message == bad_input(folder, *command)


@each_command
def test_json(folder: Path, command: list[str]) -> None:
    broken(folder)
    (found,) = json.loads(report(command, "json"))
    assert list(found) == FIELDS
    assert (found["code"], found["severity"]) == ("DG101", "error")
    assert found["file"] == "declarations/small.yaml"
    assert (found["line"], found["column"], found["end_column"]) == (8, 1, 8)
    assert "did you mean `backends`?" in found["help"]
    rewrite(folder, "\nbakends: []", "")
    (found,) = json.loads(report(command, "json"))
    assert (found["code"], found["line"], found["column"]) == ("DG201", 6, 19)
    assert found["end_column"] == 23
    assert found["help"] == "did you mean `Trace`?"
    assert found["related"] == []


@each_command
def test_github(folder: Path, command: list[str]) -> None:
    broken(folder)
    (line,) = report(command, "github").splitlines()
    assert line.startswith(
        "::error file=declarations/small.yaml,line=8,col=1,endColumn=8,"
        f"title=DG101%3A {TITLES['DG101']}::"
    )
    assert "%0Ahelp: did you mean `backends`?" in line


@each_command
def test_sarif(folder: Path, command: list[str]) -> None:
    broken(folder)
    log = json.loads(report(command, "sarif"))
    is_sarif(log)
    (result,) = log["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("DG101", "error")
    place = result["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "declarations/small.yaml"},
        "region": {"startLine": 8, "startColumn": 1, "endColumn": 8},
    }


def is_sarif(log: dict[str, Any]) -> None:
    """What version 2.1.0 of the standard requires of a log."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (only_run,) = log["runs"]
    driver = only_run["tool"]["driver"]
    assert driver["name"] == "dispatch-codegen"
    identities = [rule["id"] for rule in driver["rules"]]
    assert len(set(identities)) == len(identities)
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
    assert only_run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    for result in only_run["results"]:
        assert identities[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        related = result.get("relatedLocations", [])
        numbers = [location["id"] for location in related]
        assert len(set(numbers)) == len(numbers)
        for location in (*result.get("locations", []), *related):
            place = location["physicalLocation"]
            uri = place["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9\-._~%/:]+", uri)
            region = place["region"]
            assert region["startLine"] >= 1
            assert 1 <= region["startColumn"] <= region["endColumn"]


def test_awkward_json() -> None:
    first, second = json.loads(as_json([AWKWARD, PLACELESS]))
    assert first["message"] == AWKWARD.message
    assert first["file"] == "a b/50%,x:y/größe.yaml"
    assert (first["line"], first["column"], first["end_column"]) == (3, 7, 9)
    assert first["related"][0] == {
        "message": "the other, 1:2",
        "file": "other.yaml",
        "line": 1,
        "column": 2,
        "end_column": 5,
    }
    assert first["related"][1]["file"] is None
    assert list(second) == FIELDS
    assert second["severity"] == "warning"
    assert {second[name] for name in ("file", "line", "column", "help")} == {None}


def test_awkward_github() -> None:
    first, second = as_github([AWKWARD, PLACELESS]).split("\n")
    assert first == (
        "::error file=a b/50%25%2Cx%3Ay/größe.yaml,line=3,col=7,endColumn=9,"
        f"title=DG201%3A {TITLES['DG201']}"
        "::100%25 of `a,b:c`%0D%0Aare\tunknown \N{GREEK SMALL LETTER ALPHA} <&>\"'"
        "%0Athe other, 1:2: other.yaml:1:2%0Ahelp: use%0A`b`"
    )
    assert second == f"::warning title=DG304%3A {TITLES['DG304']}::of no place"


def test_awkward_sarif() -> None:
    log = json.loads(as_sarif([AWKWARD, PLACELESS, AWKWARD]))
    is_sarif(log)
    first, second, third = log["runs"][0]["results"]
    assert first == third
    assert (first["ruleIndex"], second["ruleIndex"]) == (0, 1)
    assert (first["level"], second["level"]) == ("error", "warning")
    assert first["message"]["text"] == AWKWARD.message + "\nhelp: use\n`b`"
    assert "locations" not in second
    (related,) = first["relatedLocations"]
    assert related["message"] == {"text": "the other, 1:2"}
    assert related["physicalLocation"]["region"] == {
        "startLine": 1,
        "startColumn": 2,
        "endColumn": 5,
    }


def test_sarif_of_an_absolute_path() -> None:
    found = Diagnostic("DG201", "x", Span("/a b/c.yaml", 1, 1))
    (result,) = json.loads(as_sarif([found]))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "file:///a%20b/c.yaml"


def test_nothing_to_report() -> None:
    assert json.loads(as_json([])) == []
    assert as_github([]) == ""
    is_sarif(json.loads(as_sarif([])))


def test_related_places(folder: Path) -> None:
    rewrite(folder, "keysets: {", "keysets: {traced: Plain, ")
    (found,) = json.loads(report(["lint"], "json"))
    assert found["related"][0]["line"] == 6
    assert "small.yaml:6:" in report(["lint"], "github")
    log = json.loads(report(["lint"], "sarif"))
    is_sarif(log)
    assert log["runs"][0]["results"][0]["relatedLocations"]


# lint


@pytest.fixture
def finding(folder: Path) -> None:
    rewrite(folder, "keysets: {", "keysets: {\n  none: Trace & Plain,\n  ")


CLEAN: Final = "0 findings, 0 allowed\n"


def test_lint_of_nothing() -> None:
    result = run("lint")
    assert (result.exit_code, result.output) == (0, CLEAN)
    assert run("lint", "-q").output == ""
    for form, expected in (("json", "[]\n"), ("github", "")):
        result = run("lint", "--format", form)
        assert (result.stdout, result.stderr) == (expected, CLEAN)
    result = run("lint", "--format", "sarif")
    is_sarif(json.loads(result.stdout))
    assert result.exit_code == 0


@pytest.mark.usefixtures("finding")
def test_lint() -> None:
    result = run("lint")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("warning[DG304]: ")
    assert "--> declarations/small.yaml:7:3" in result.stdout
    assert result.stdout.endswith("\n\n1 finding, 0 allowed\n")
    result = run("lint", "--quiet")
    assert (result.exit_code, result.output) == (1, "")


@pytest.mark.usefixtures("finding")
def test_lint_for_programs() -> None:
    for form in ("json", "github", "sarif"):
        result = run("lint", "--format", form)
        quiet = run("lint", "--format", form, "-q")
        assert (result.exit_code, result.stderr) == (1, "1 finding, 0 allowed\n")
        assert (quiet.exit_code, quiet.stderr) == (1, "")
        assert result.stdout == quiet.stdout
        assert "DG304" in result.stdout
    (found,) = json.loads(run("lint", "--format", "json").stdout)
    assert (found["severity"], found["line"]) == ("warning", 7)
    assert run("lint", "--format", "github").stdout.startswith(
        "::warning file=declarations/small.yaml,line=7,col=3,"
    )
    is_sarif(json.loads(run("lint", "--format", "sarif").stdout))


@pytest.mark.usefixtures("finding")
def test_lint_of_what_is_allowed(folder: Path) -> None:
    rewrite(folder, "Plain,\n", "Plain,  # allow DG304: for later\n")
    result = run("lint")
    assert (result.exit_code, result.stdout) == (0, "0 findings, 1 allowed\n")
    result = run("lint", "--verbose")
    assert result.exit_code == 0
    assert "DG304" in result.stdout
    assert result.stdout.endswith(
        "\nthese are allowed, each with its reason\n\n0 findings, 1 allowed\n"
    )


@pytest.mark.usefixtures("finding")
def test_findings_do_not_stop_a_run() -> None:
    assert run("generate").exit_code == 0
    assert run("check").exit_code == 0
