"""`--templates`: overriding a template, and what may be wrong with one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.cli.commands import REPOSITORY, bad_input, contents, run

BUILT_IN: Final = REPOSITORY / "templates" / "python"

COMMANDS: Final = ("generate", "check", "diff")


@pytest.fixture(autouse=True)
def _generated(folder: Path) -> None:
    run("generate")
    (folder / "own").mkdir()


def override(folder: Path, name: str, text: str) -> Path:
    file = folder / "own" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_it_is_used(folder: Path) -> None:
    built_in = (BUILT_IN / "keysets.py.j2").read_text("utf-8")
    override(folder, "keysets.py.j2", built_in + "# of our own\n")
    before = contents(folder / "generated")
    assert run("check", "--templates", "own").exit_code == 1
    assert "+# of our own" in run("diff", "--templates", "own").stdout.splitlines()
    assert run("generate", "--templates", "own").exit_code == 0
    after = contents(folder / "generated")
    assert after.pop("keysets.py") == before.pop("keysets.py") + b"# of our own\n"
    del before[".manifest-python.json"], after[".manifest-python.json"]
    assert after == before
    assert run("check", "--templates", "own").exit_code == 0
    assert run("check").exit_code == 1


def test_one_in_a_folder(folder: Path) -> None:
    override(folder, "operators/__init__.py.j2", "# none\n")
    assert run("generate", "--templates", "own").exit_code == 0
    index = folder / "generated" / "operators" / "__init__.py"
    assert index.read_text("utf-8") == "# none\n"


def test_no_such_folder(folder: Path) -> None:
    for command in COMMANDS:
        assert "does not exist" in bad_input(folder, command, "--templates", "none")
        message = bad_input(folder, command, "--templates", "declarations/small.yaml")
        assert "is a file" in message


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_folder(folder: Path, command: str) -> None:
    message = bad_input(folder, command, "--templates", "own")
    assert "error[DG006]: own holds no template" in message


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["keyset.py.j2", "python/keysets.py.j2", "notes.txt"])
def test_one_that_replaces_nothing(folder: Path, command: str, name: str) -> None:
    override(folder, name, "")
    message = bad_input(folder, command, "--templates", "own")
    assert f"error[DG006]: there is no template `{name}` to replace" in message
    assert f"--> own/{name}:1:1" in message
    if name == "keyset.py.j2":
        assert "did you mean `keysets.py.j2`?" in message


def test_all_that_replace_nothing_are_named(folder: Path) -> None:
    override(folder, "one.j2", "")
    override(folder, "two.j2", "")
    assert bad_input(folder, "generate", "--templates", "own").count("DG006") == 2


def test_one_that_replaces_nothing_is_found_later(folder: Path) -> None:
    """Whatever its name, and though everything was fresh before."""
    override(folder, "operators/__init__.py.j2", "# none\n")
    run("generate", "--templates", "own")
    assert run("check", "--templates", "own").exit_code == 0
    override(folder, "notes.txt", "")
    assert "DG006" in bad_input(folder, "check", "--templates", "own")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one\n{% for %}\n", 2),
        ("one\ntwo\n{{ nothing_of_the_kind }}\n", 3),
        ("one\n{{ ['a'] | string }}\n", 2),
        ("{{ 1 / 0 }}\n", 1),
        ("one\n{{ 'a' | no_filter }}\n", 2),
        ("one\n{% include 'nothing.j2' %}\n", 2),
        ("{% if true %}\n", 1),
        ("one\n{% include 'keysets.py.j2' %}\n", 2),
    ],
    ids=[
        "syntax",
        "undefined",
        "failing-filter",
        "failing-expression",
        "no-filter",
        "no-include",
        "no-end",
        "includes-itself",
    ],
)
def test_one_that_cannot_be_rendered(
    folder: Path, command: str, text: str, line: int
) -> None:
    override(folder, "keysets.py.j2", text)
    message = bad_input(folder, command, "--templates", "own")
    assert "error[DG007]" in message
    assert f"--> own/keysets.py.j2:{line}:" in message


def test_an_absolute_folder(folder: Path) -> None:
    override(folder, "keysets.py.j2", "{{ nothing_of_the_kind }}")
    message = bad_input(folder, "generate", "--templates", folder / "own")
    assert "--> own/keysets.py.j2:1:" in message


def test_one_that_is_not_utf_8(folder: Path) -> None:
    (folder / "own" / "keysets.py.j2").write_bytes(b"one\n\xff\n")
    message = bad_input(folder, "generate", "--templates", "own")
    assert "DG007" in message
    assert "own/keysets.py.j2" in message
