"""Runs commands on small declarations, and looks at what they leave behind."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from click.testing import CliRunner, Result

from codegen.cli import main

REPOSITORY: Final = Path(__file__).parents[2]
DECLARATIONS: Final = REPOSITORY / "declarations"

SMALL: Final = """\
dispatcher: {name: small, default_namespace: demo}
backends: [Alpha, Beta]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Trace
keysets: {traced: Trace}
fallbacks: [{keys: [Trace], policy: fallthrough}]
operators:
  - func: twice(Tensor self) -> Tensor
    dispatch: {Alpha: twice_alpha}
  - func: half(Tensor self) -> Tensor
    dispatch: {Beta: half_beta}
"""


def run(*arguments: str | Path) -> Result:
    """Run a command; whatever it does, it shows no traceback and no colour."""
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback (most recent" not in result.output
    assert "\x1b" not in result.output
    return result


def start(
    *arguments: str | Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "codegen", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def bad_input(folder: Path, *arguments: str | Path) -> str:
    """Exit code 2, nothing on stdout, no file touched; the message."""
    before = contents(folder)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert contents(folder) == before
    return result.stderr


def rewrite(folder: Path, old: str, new: str) -> None:
    """Change the declarations."""
    file = folder / "declarations" / "small.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] != ".git"
    }


def arguments_of(command: str) -> list[str]:
    """What follows the program's name in a command that was printed."""
    program, *arguments = shlex.split(command)
    assert program == "dispatch-codegen"
    return arguments


def mending_command(result: Result) -> list[str]:
    (line,) = (x for x in result.stdout.splitlines() if x.startswith("mend it with: "))
    return arguments_of(line.removeprefix("mend it with: "))
