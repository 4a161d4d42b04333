"""Declarations that are bad, and folders that cannot be used: exit 2, and a word on it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

from codegen import locking
from tests.cli.commands import SMALL, bad_input, contents, rewrite, run

COMMANDS: Final = (
    ["generate"],
    ["check"],
    ["diff"],
    ["explain", "Alpha"],
    ["list", "keys"],
    ["lint"],
)
WRITING: Final = ("generate", "check", "diff")

each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])


def one_line(message: str) -> str:
    assert message.startswith("Error: ")
    assert message.count("\n") == 1
    return message


@each_command
def test_bad_declarations(folder: Path, command: list[str]) -> None:
    run("generate")
    rewrite(folder, "traced: Trace", "traced: Trce\n  other: Plian")
    assert "declarations/small.yaml:" in bad_input(folder, *command)


def test_all_errors_are_counted(folder: Path) -> None:
    rewrite(folder, "traced: Trace", "traced: Trce, other: Plian")
    message = bad_input(folder, "generate")
    assert message.count("error[DG201]") == 2
    assert "did you mean `Trace`?" in message
    assert "did you mean `Plain`?" in message
    assert message.endswith("\n2 errors\n")
    rewrite(folder, "other: Plian", "other: Plain")
    assert bad_input(folder, "generate").endswith("\n1 error\n")


@each_command
@pytest.mark.parametrize("path", ["nothing", "nothing.yaml", "empty", "latin.yaml"])
def test_unreadable_declarations(folder: Path, command: list[str], path: str) -> None:
    (folder / "empty").mkdir()
    (folder / "latin.yaml").write_bytes(b"dispatcher: {name: \xff}\n")
    assert f"{path}:1:" in bad_input(folder, *command, "-d", path)


@each_command
def test_unknown_variant(folder: Path, command: list[str]) -> None:
    message = bad_input(folder, *command, "--variant", "lean")
    assert "there is no build variant `lean`" in message


def test_declarations_are_looked_for_here(folder: Path) -> None:
    shutil.rmtree(folder / "declarations")
    assert "declarations:1:1" in bad_input(folder, "generate")


@each_command
def test_unknown_options(folder: Path, command: list[str]) -> None:
    assert "No such option" in bad_input(folder, *command, "--nonsense")
    assert "'sarif'" in bad_input(folder, *command, "--format", "nonsense")


def test_unknown_commands_and_targets(folder: Path) -> None:
    assert "No such command" in bad_input(folder, "nonsense")
    assert "'python'" in bad_input(folder, "generate", "--target", "cobol")
    assert "'keys'" in bad_input(folder, "list", "nonsense")


# Output folders


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize(
    "output", ["blocked", "blocked/out", "half"], ids=["file", "below", "within"]
)
@pytest.mark.parametrize("remembered", [False, True])
def test_unusable_output(
    folder: Path, command: str, output: str, remembered: bool
) -> None:
    """A file where a folder has to be, or the other way round."""
    if remembered:
        run("generate")
    (folder / "blocked").write_text("mine\n", "utf-8")
    (folder / "half" / "keysets.py").mkdir(parents=True)
    message = bad_input(folder, command, "-o", output)
    assert output.partition("/")[0] in message
    if output != "blocked":
        one_line(message)


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("remembered", [False, True])
def test_names_that_no_folder_can_have(
    folder: Path, command: str, remembered: bool
) -> None:
    if remembered:
        run("generate")
    (folder / "loop").symlink_to("loop")
    assert "loop" in one_line(bad_input(folder, command, "-o", "loop"))
    long = "x" * 300
    assert "too long" in one_line(bad_input(folder, command, "-o", long))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root can write anywhere"
)
def test_unwritable_output(folder: Path) -> None:
    (folder / "locked").mkdir(mode=0o555)
    message = one_line(bad_input(folder, "generate", "-o", "locked/out"))
    assert "Permission denied" in message


def test_a_read_only_file_system(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *arguments: object, **options: object) -> None:
        raise OSError(30, "Read-only file system", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", refuse)
        message = one_line(bad_input(folder, "generate"))
    # The cache, too, cannot be made there.
    assert "DISPATCH_CODEGEN_CACHE" in message or "Read-only" in message


def test_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while writing leaves no half a file, and the next run completes it."""

    def refuse(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    with monkeypatch.context() as patch:
        patch.setattr("codegen.emit.os.replace", refuse)
        message = bad_input(folder, "generate")
    assert "No space left on device" in message
    assert contents(folder).keys() == {"declarations/small.yaml"}
    assert run("generate").exit_code == 0
    assert run("check").exit_code == 0


def test_a_disk_that_fills_up_halfway(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something is written: the message names the command that finishes it."""
    run("generate")
    rewrite(folder, "backends: [Alpha, Beta]", "backends: [Alpha, Beta, Gamma]")
    replace = os.replace
    count = 0

    def refuse(source: str, target: Path) -> None:
        nonlocal count
        count += "generated" in str(target)
        if count > 3:
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr("codegen.emit.os.replace", refuse)
        result = run("generate")
    assert result.exit_code == 2
    assert "finish it with: dispatch-codegen generate\n" in result.stderr
    assert run("check").exit_code == 1
    assert run("generate").exit_code == 0
    assert run("check").exit_code == 0


# The cache


def test_no_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is remembered, and nothing can be locked: looking works all the same."""
    run("generate", "-o", "made")
    monkeypatch.setenv(
        "DISPATCH_CODEGEN_CACHE", str(folder / "declarations/small.yaml/cache")
    )
    message = one_line(bad_input(folder, "generate"))
    assert "DISPATCH_CODEGEN_CACHE" in message
    assert run("check", "-o", "made").exit_code == 0
    assert run("check").exit_code == 1
    assert run("diff").exit_code == 1
    assert run("list", "keys").exit_code == 0


def test_a_lock_that_cannot_be_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing:
        def __init__(self, path: Path) -> None:
            pass

        def acquire(self, timeout: float) -> None:
            raise NotImplementedError("no flock here")

    monkeypatch.setattr("filelock.FileLock", Refusing)
    assert "cannot be locked" in one_line(bad_input(folder, "generate"))


def test_a_folder_that_is_in_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "TIMEOUT", 0.05)
    with locking.locked(folder / "generated"):
        message = one_line(bad_input(folder, "generate"))
        assert "another run has been writing to generated for 0.05 seconds" in message
        assert run("generate", "-o", "other").exit_code == 0
    assert run("generate").exit_code == 0


# Names that a terminal cannot show


def test_a_name_that_is_not_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = os.fsdecode(b"d\xff")
    (folder / name).mkdir()
    (folder / name / "small.yaml").write_text(SMALL, "utf-8")
    assert run("generate", "-d", name, "-o", name + "o").exit_code == 0
    assert run("check", "-d", name, "-o", name + "o").exit_code == 0
    assert run("check", "-d", name).exit_code == 1
    assert run("list", "operators", "-d", name).exit_code == 0
    (folder / name / "small.yaml").write_text("nonsense: 1", "utf-8")
    for report in ("text", "json", "github", "sarif"):
        assert run("lint", "-d", name, "--format", report).exit_code == 2


def test_nothing_to_write_needs_no_lock(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a read-only machine too, `generate` says that all is up to date."""
    run("generate")
    (folder / "file").touch()
    monkeypatch.setenv("DISPATCH_CODEGEN_CACHE", str(folder / "file" / "cache"))
    result = run("generate")
    assert (result.exit_code, result.output) == (0, "generated: up to date\n")
