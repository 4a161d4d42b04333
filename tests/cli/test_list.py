"""`list`, `schema`, `init`, help and version."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from codegen.cli import main
from codegen.cli.asking import KINDS
from codegen.codes import TITLES
from codegen.lint import RULES
from codegen.listing import LISTINGS
from tests.cli.commands import DECLARATIONS, REPOSITORY, bad_input, contents, run


@pytest.mark.parametrize("kind", sorted(LISTINGS))
def test_list(kind: str) -> None:
    """One line a row, the same fields in both forms."""
    plain = run("list", kind, "-d", DECLARATIONS)
    rows = json.loads(run("list", kind, "--json", "-d", DECLARATIONS).stdout)
    assert plain.exit_code == 0
    assert rows
    lines = plain.stdout.splitlines()
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        assert line.split("\t")[0] == row["name"]
        assert len(line.split("\t")) == len(row)
        assert row.keys() == rows[0].keys()


def test_all_kinds_can_be_listed() -> None:
    assert set(KINDS) == {*LISTINGS, "checks"}


@pytest.mark.parametrize("kind", KINDS)
def test_list_of_few(kind: str) -> None:
    result = run("list", kind)
    assert result.exit_code == 0
    assert isinstance(json.loads(run("list", kind, "--json").stdout), list)


def test_list_keys_and_backends() -> None:
    keys = json.loads(run("list", "keys", "--json").stdout)
    assert [key["name"] for key in keys] == [
        "Undefined",
        "Plain",
        "Trace",
        "Alpha",
        "Beta",
    ]
    assert run("list", "backends").stdout.splitlines()[0].startswith("Alpha\t0")


def test_list_checks(folder: Path) -> None:
    """Without declarations, too."""
    (folder / "declarations" / "small.yaml").unlink()
    rows = json.loads(run("list", "checks", "--json").stdout)
    assert {row["code"]: row["title"] for row in rows} == TITLES
    for row in rows:
        severity = "warning" if row["code"].startswith("DG3") else "error"
        assert row["severity"] == severity
    assert len(RULES) <= sum(row["severity"] == "warning" for row in rows)
    lines = run("list", "checks").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == list(TITLES)


def test_one_line_a_row(folder: Path) -> None:
    """Though an expression may fill several."""
    (folder / "declarations" / "more.yaml").write_text(
        "keysets:\n  wide: |\n    Trace\n    | Plain\n", "utf-8"
    )
    result = run("list", "keysets")
    assert result.exit_code == 0
    assert "wide\t0xc\tTrace | Plain" in result.stdout.splitlines()


def test_a_variant(folder: Path) -> None:
    (folder / "declarations" / "more.yaml").write_text(
        "variants: {lean: {table_keys: [Alpha]}}\n", "utf-8"
    )
    plain = json.loads(run("list", "keys", "--json").stdout)
    lean = json.loads(run("list", "keys", "--json", "--variant", "lean").stdout)
    assert plain != lean


# schema


def test_schema() -> None:
    result = run("schema")
    assert result.exit_code == 0
    assert result.stdout == (DECLARATIONS / "schema.json").read_text("utf-8")


# init


@pytest.mark.parametrize("extends", [[], ["--extends", "pytorch"]])
def test_init(
    folder: Path, extends: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run("init", "acme", *extends)
    assert (result.exit_code, result.stderr) == (0, "")
    *written, last = result.stdout.splitlines()
    files = contents(folder / "acme")
    assert written == [f"written: acme/{path}" for path in sorted(files)]
    assert last == "next: acme/README.md names the commands"
    monkeypatch.chdir(folder / "acme")
    assert run("generate", "-o", "acme_dispatch").exit_code == 0
    assert run("check", "-o", "acme_dispatch").exit_code == 0
    assert run("lint").exit_code == 0


def test_init_here_and_by_name(folder: Path) -> None:
    (folder / "here").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder / "here")
        assert run("init").exit_code == 0
        assert (folder / "here" / "declarations" / "here.yaml").is_file()
    assert run("init", "my-library", "--name", "library").exit_code == 0
    assert (folder / "my-library" / "declarations" / "library.yaml").is_file()
    project = (folder / "my-library" / "pyproject.toml").read_text("utf-8")
    assert tomllib.loads(project)


def test_init_refuses_to_overwrite(folder: Path) -> None:
    run("init", "acme")
    (folder / "acme" / "README.md").write_text("mine\n", "utf-8")
    message = bad_input(folder, "init", "acme")
    assert "in the way: " in message
    assert "README.md" in message
    below = folder / "declarations" / "small.yaml" / "x"
    assert "small.yaml" in bad_input(folder, "init", below, "--name", "acme")


@pytest.mark.parametrize("name", ["", "a-b", "1a", "a.b", "class", "é", "mro"])
def test_init_needs_a_name(folder: Path, name: str) -> None:
    message = bad_input(folder, "init", "new", "--name", name)
    assert name in message
    assert not (folder / "new").exists()


def test_init_by_a_folder_that_is_no_name(folder: Path) -> None:
    assert "give one with --name" in bad_input(folder, "init", "my-library")
    (folder / "loop").symlink_to("loop")
    assert "loop" in bad_input(folder, "init", "loop")
    assert "is a file" in bad_input(folder, "init", "declarations/small.yaml")


def test_init_extends_what_is_there(folder: Path) -> None:
    message = bad_input(folder, "init", "new", "--extends", "numpy")
    assert "there are no built-in declarations 'numpy'; known: pytorch" in message


# Help


@pytest.mark.parametrize("command", [[], *([name] for name in main.commands)])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help(command: list[str], flag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The log of a CI job is no terminal.
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = run(*command, flag)
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert flag in result.stdout


def test_every_option_has_help() -> None:
    for command in main.commands.values():
        assert command.help
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert getattr(parameter, "help", None), (command.name, parameter.name)


def test_no_command() -> None:
    result = run()
    assert result.exit_code == 2
    assert "Usage:" in result.output


def test_version() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    result = run("--version")
    assert result.exit_code == 0
    assert project["project"].get("version", ".") in result.stdout
