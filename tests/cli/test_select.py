"""`--select`: generates a part of the operators, without a change of declarations."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import contents, mending_command, rewrite, run

HALF = ("--select", "demo::half")
SELECTED = "operators:\n  demo::half: {include_all_overloads: true}\n"


def operators(folder: Path) -> list[str]:
    modules = (folder / "generated" / "operators" / "demo").glob("*.py")
    return sorted(path.stem for path in modules if path.stem != "__init__")


def test_a_part_and_then_all(folder: Path) -> None:
    assert run("generate", *HALF).exit_code == 0
    assert operators(folder) == ["half"]
    assert not any(b"twice" in content for content in generated(folder).values())
    part = sum(map(len, generated(folder).values()))
    assert run("generate").exit_code == 0
    assert operators(folder) == ["half", "twice"]
    assert sum(map(len, generated(folder).values())) > part
    result = run("generate", *HALF)
    assert ", 0 removed" not in result.stdout
    assert operators(folder) == ["half"]


def generated(folder: Path) -> dict[str, bytes]:
    """All but support code, which is the same for all operators."""
    found = contents(folder / "generated").items()
    return {path: text for path, text in found if not path.startswith("_runtime/")}


@pytest.mark.parametrize("given", ["demo::half", "demo::half.default", "half.yaml"])
def test_what_can_be_given(folder: Path, given: str) -> None:
    (folder / "half.yaml").write_text(SELECTED, "utf-8")
    assert run("generate", "--select", given).exit_code == 0
    assert operators(folder) == ["half"]


def test_several(folder: Path) -> None:
    assert run("generate", *HALF, "--select", "demo::twice").exit_code == 0
    assert operators(folder) == ["half", "twice"]
    assert run("check", "--select", "demo::").exit_code == 0
    assert run("check").exit_code == 0


def test_all_commands_agree(folder: Path) -> None:
    run("generate", *HALF)
    assert run("check", *HALF).exit_code == 0
    assert run("diff", *HALF).stdout == ""
    assert run("check").exit_code == 1
    assert "+++ b/generated/operators/demo/twice.py" in run("diff").stdout
    # As if the declarations said it.
    text = "operators:\n  - func: twice"
    rewrite(folder, text, f'selection: {{operators: ["demo::half"]}}\n{text}')
    assert run("check").exit_code == 0


def test_the_command_that_mends(folder: Path) -> None:
    given = (*HALF, "--select", "demo::twice")
    command = mending_command(run("check", *given))
    assert command[-4:] == list(given)
    assert run(*command).exit_code == 0
    assert run("check", *given).exit_code == 0


def test_each_selection_is_remembered_alone(folder: Path) -> None:
    """And so is what the file holds."""
    file = folder / "selected.yaml"
    file.write_text(SELECTED, "utf-8")
    select = ("--select", "selected.yaml")
    assert run("generate", *select).exit_code == 0
    assert run("check", *select).exit_code == 0
    assert run("check", *HALF).exit_code == 0
    assert run("check", "--select", "demo::twice").exit_code == 1
    file.write_text(SELECTED.replace("half", "twice"), "utf-8")
    assert run("check", *select).exit_code == 1
    assert run("generate", *select).exit_code == 0
    assert operators(folder) == ["twice"]
    file.unlink()
    assert run("check", *select).exit_code == 2


def test_mistakes(folder: Path) -> None:
    before = contents(folder)
    result = run("generate", "--select", "demo::hlaf", "--select", "other.yaml")
    assert result.exit_code == 2
    assert "there is no file `other.yaml`" in result.stderr
    result = run("generate", "--select", "demo::hlaf", "--select", "none::")
    assert result.exit_code == 2
    assert "did you mean `demo::half`?" in result.stderr
    assert "no operator is in the namespace `none`" in result.stderr
    assert contents(folder) == before


@pytest.mark.parametrize("format", ["json", "github", "sarif"])
def test_mistakes_for_programs(format: str) -> None:
    """No file is named where there is none."""
    result = run("generate", "--format", format, "--select", "demo::hlaf")
    assert result.exit_code == 2
    assert "there is no operator `demo::hlaf`" in result.stdout
    assert '"--select"' not in result.stdout
    assert "file=" not in result.stdout
