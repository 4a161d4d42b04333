"""`diff`: what it prints is what `generate` does; git is the judge."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import REPOSITORY, contents, rewrite, run


def apply(folder: Path, *options: str) -> None:
    """Apply the diff of a run to the folder, as a user with a pipe does."""
    shown = subprocess.run(
        [sys.executable, "-m", "codegen", "diff", *options],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
    )
    assert (shown.returncode, shown.stderr) == (1, b"")
    result = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=folder,
        input=shown.stdout,
        capture_output=True,
    )
    assert result.returncode == 0, result.stderr + shown.stdout


def is_generated(folder: Path, *options: str) -> None:
    """Applying the diff and generating give the same files."""
    other = folder.parent / f"{folder.name} by itself"
    shutil.copytree(folder, other)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    apply(folder, *options)
    assert run("check", *options).exit_code == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(other)
        assert run("generate", "--force", *options).exit_code == 0
    assert contents(folder) == contents(other)


def test_of_nothing() -> None:
    run("generate")
    result = run("diff")
    assert (result.exit_code, result.output) == (0, "")


def test_of_nothing_without_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("generate")
    monkeypatch.setenv(
        "DISPATCH_CODEGEN_CACHE", str(folder / "declarations/small.yaml")
    )
    result = run("diff")
    assert (result.exit_code, result.output) == (0, "")


def test_of_one_line(folder: Path) -> None:
    run("generate")
    rewrite(folder, "traced: Trace", "tracing: Trace")
    before = contents(folder)
    result = run("diff")
    assert result.exit_code == 1
    assert contents(folder) == before
    lines = result.stdout.splitlines()
    assert "diff --git a/generated/keysets.py b/generated/keysets.py" in lines
    assert "--- a/generated/keysets.py" in lines
    assert "+++ b/generated/keysets.py" in lines
    assert any(line.startswith("@@ ") for line in lines)
    assert any(line.startswith("-traced") for line in lines)
    assert any(line.startswith("+tracing") for line in lines)


def test_everything_is_new(folder: Path) -> None:
    is_generated(folder)


@pytest.mark.parametrize(
    "output", ["the out", "deep/er", 'q"uo\\te', "ta\tb", "line\nbreak", "größe"]
)
def test_names_of_folders(folder: Path, output: str) -> None:
    run("generate", "-o", output)
    rewrite(folder, "half(", "third(")
    is_generated(folder, "-o", output)


def test_changed_new_and_deleted(folder: Path) -> None:
    run("generate")
    rewrite(folder, "half(", "third(")
    rewrite(folder, "traced: Trace", "tracing: Trace")
    is_generated(folder)


def append(text: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content + text


@pytest.mark.parametrize(
    "edit",
    [
        append(b"# edited\n"),
        append(b"# no end"),
        append(b"\xff\xfe not UTF-8\n"),
        append(b"\x0c\x0b\x1c\xc2\x85\xe2\x80\xa8\n"),
        lambda content: content.removesuffix(b"\n"),
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: b"",
        lambda content: b"\n",
        lambda content: b"one line without an end",
    ],
    ids=[
        "more",
        "no-end",
        "bytes",
        "other-line-breaks",
        "cut",
        "crlf",
        "empty",
        "blank",
        "one-line",
    ],
)
def test_edits_are_undone(folder: Path, edit: Callable[[bytes], bytes]) -> None:
    run("generate")
    for name in ("keysets.py", "operators/demo/half.py", "py.typed"):
        file = folder / "generated" / name
        file.write_bytes(edit(file.read_bytes()))
    rewrite(folder, "half(", "third(")
    is_generated(folder)


def test_with_templates_and_variant(folder: Path) -> None:
    run("generate")
    rewrite(folder, "keysets:", "variants: {lean: {table_keys: [Alpha]}}\nkeysets:")
    is_generated(
        folder, "--variant", "lean", "--target", "python", "-d", "declarations"
    )


def test_an_interrupted_run(folder: Path) -> None:
    run("generate")
    (folder / "generated" / ".staging-python").mkdir()
    result = run("diff")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did not end" in result.stderr
