"""`lint --lists`: the report about name lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import DECLARATIONS, bad_input, rewrite, run
from tests.cli.test_terminal import ESCAPE, on_terminal

LISTS = "name_lists: {them: {of: backends, names: [Alpha]}}"


@pytest.fixture
def gap(folder: Path) -> None:
    rewrite(folder, "keysets: {", f"{LISTS}\nkeysets: {{")


@pytest.mark.usefixtures("gap")
def test_a_gap() -> None:
    result = run("lint", "--lists")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("# Name lists of `small`\n")
    assert "- **not allowed**: `Beta`\n" in result.stdout
    assert "Holds 1 of 2; declared at declarations/small.yaml:6.\n" in result.stdout
    quiet = run("lint", "--lists", "--quiet")
    assert (quiet.exit_code, quiet.output) == (1, "")


@pytest.mark.usefixtures("gap")
def test_an_allowed_gap(folder: Path) -> None:
    rewrite(folder, LISTS, f"{LISTS}  # allow DG310: it is new")
    result = run("lint", "--lists")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "- it is new: `Beta`\n" in result.stdout


@pytest.mark.usefixtures("gap")
def test_other_findings_are_for_lint_alone(folder: Path) -> None:
    rewrite(folder, LISTS, f"{LISTS}  # allow DG310: it is new")
    rewrite(folder, "keysets: {", "keysets: {none: Trace & Plain, ")
    assert run("lint").exit_code == 1
    assert run("lint", "--lists").exit_code == 0


@pytest.mark.usefixtures("gap")
def test_data() -> None:
    result = run("lint", "--lists", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    data = json.loads(result.stdout)
    (listed,) = data["lists"]
    assert listed["missing"] == [{"name": "Beta", "reasons": []}]
    assert run("lint", "--lists", "--format", "json").stdout == result.stdout
    assert run("lint", "--lists", "--json", "-q").stdout == result.stdout


@pytest.mark.usefixtures("gap")
def test_json_of_findings() -> None:
    result = run("lint", "--json")
    assert result.exit_code == 1
    assert result.stdout == run("lint", "--format", "json").stdout
    assert [found["code"] for found in json.loads(result.stdout)] == ["DG310"]


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_formats_of_findings_alone(folder: Path, form: str) -> None:
    message = bad_input(folder, "lint", "--lists", "--format", form)
    assert f"--lists prints Markdown or JSON, not {form}" in message


def test_errors(folder: Path) -> None:
    rewrite(folder, "traced: Trace", "traced: Trce")
    assert "DG201" in bad_input(folder, "lint", "--lists")


def test_no_lists() -> None:
    result = run("lint", "--lists")
    assert result.exit_code == 0
    assert result.stdout == "# Name lists of `small`\n\nNone is declared.\n"


@pytest.mark.usefixtures("gap")
def test_on_a_terminal() -> None:
    code, shown = on_terminal("lint", "--lists")
    assert code == 1
    assert ESCAPE in shown
    assert "| --- |" not in shown
    assert ESCAPE not in on_terminal("lint", "--lists", "--json")[1]


def test_of_pytorch() -> None:
    result = run("lint", "--lists", "-d", DECLARATIONS)
    assert result.exit_code == 0
    assert "\n63 of 149 keys are not in all 4 lists" in result.stdout
    assert "**not allowed**" not in result.stdout
