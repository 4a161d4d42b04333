"""Terminals, shells, pipes and Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from tests.cli.commands import DECLARATIONS, REPOSITORY, rewrite, run, start

pty = pytest.importorskip("pty")

ESCAPE: Final = "\x1b["
COLOUR: Final = re.compile(r"\x1b\[[0-9;]*3[0-7]")


def on_terminal(*arguments: str, **environment: str) -> tuple[int, str]:
    """The exit code of a command on a terminal, and all that it shows there."""
    ours, theirs = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [sys.executable, "-m", "codegen", *arguments],
        env={**clean, "TERM": "xterm-256color", **environment}
        | {"PYTHONPATH": str(REPOSITORY)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # Linux's way to say that the other end is closed.
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    text = shown.decode("utf-8").replace("\r\n", "\n")
    assert "Traceback" not in text
    return process.wait(), text


def spoil(folder: Path) -> None:
    rewrite(folder, "traced: Trace", "traced: Trce")


def test_colours_of_errors(folder: Path) -> None:
    spoil(folder)
    code, shown = on_terminal("generate")
    assert code == 2
    assert COLOUR.search(shown)
    code, plain = on_terminal("generate", NO_COLOR="1")
    assert ESCAPE not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == plain
    assert plain == run("generate").output
    for form in ("json", "github", "sarif"):
        assert ESCAPE not in on_terminal("generate", "--format", form)[1]


def test_colours_of_a_diff(folder: Path) -> None:
    run("generate")
    rewrite(folder, "traced: Trace", "tracing: Trace")
    code, shown = on_terminal("diff")
    assert code == 1
    assert COLOUR.search(shown)
    code, plain = on_terminal("diff", NO_COLOR="1")
    assert ESCAPE not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == plain
    assert plain == run("diff").stdout


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["explain", "DG201"], ["list", "checks"], ["list", "keys"]],
    ids=" ".join,
)
def test_colours_of_the_rest(arguments: list[str]) -> None:
    code, shown = on_terminal(*arguments)
    assert code == 0
    assert ESCAPE in shown
    code, plain = on_terminal(*arguments, NO_COLOR="1")
    assert code == 0
    assert not COLOUR.search(plain)
    assert ESCAPE not in run(*arguments).output


def test_brackets_are_no_markup(folder: Path) -> None:
    rewrite(folder, "twice_alpha", '"my[bold]kernel"')
    assert "my[bold]kernel" in on_terminal("explain", "demo::twice")[1]


def test_data_has_no_colour() -> None:
    for command in (["list", "keys", "--json"], ["explain", "Alpha", "--json"]):
        assert ESCAPE not in on_terminal(*command)[1]
    assert ESCAPE not in on_terminal("schema")[1]


# Completion


def completed(*words: str) -> set[str]:
    """What bash is offered for the last word."""
    result = subprocess.run(
        [sys.executable, "-c", "from codegen.cli import main; main()"],
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "_DISPATCH_CODEGEN_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(["dispatch-codegen", *words]),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in result.stderr
    lines = result.stdout.split()
    return {line.partition(",")[2] for line in lines}


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The program by its own name, from which click makes the variable's."""
    file = folder / "dispatch-codegen"
    file.write_text("from codegen.cli import main\nmain()\n", "utf-8")
    real = subprocess.run

    def by_name(command: list[str], **options: object) -> object:
        return real([command[0], str(file)], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", by_name)


@pytest.mark.usefixtures("program")
def test_completion(folder: Path) -> None:
    assert {"generate", "check", "diff", "explain", "init"} <= completed("")
    assert completed("ge") == {"generate"}
    assert "--templates" in completed("generate", "--te")
    assert completed("list", "key") == {"keys", "keysets"}
    assert "sarif" in completed("lint", "--format", "")
    assert completed("explain", "Al") == {"Alpha"}
    assert {"Trace", "traced", "DG201"} <= completed("explain", "")
    assert completed("explain", "DG20") == {f"DG20{n}" for n in range(1, 10)}
    assert completed("explain", "demo") == {"demo::half", "demo::twice"}
    keys = completed("explain", "demo::twice", "")
    assert {"Plain", "Trace", "Alpha", "Beta"} <= keys
    assert not keys & {"traced", "DG201", "demo::half"}
    assert completed("explain", "-d", "nothing", "DG201") == {"DG201"}
    spoil(folder)
    assert completed("explain", "Al") == set()


# Pipes and signals


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "operators", "-d", str(DECLARATIONS)],
        ["schema"],
        ["diff", "-d", str(DECLARATIONS)],
        ["explain", "DG201"],
        ["generate", "-d", "nothing", "--format", "json"],
        ["--help"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_closed_pipe(arguments: list[str]) -> None:
    process = start(*arguments)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()  # As `head -0` does, at once.
    errors = process.stderr.read()
    process.wait()
    process.stderr.close()
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors
    assert "Broken pipe" not in errors


@pytest.mark.parametrize("delay", [0.1, 0.3, 0.6])
def test_interrupted_by_a_key(folder: Path, delay: float) -> None:
    """Ctrl-C while it works: no traceback, and the next run finishes."""
    code = (
        "from codegen.cli import main\n"
        "print('ready', flush=True)\n"
        "main(prog_name='dispatch-codegen')\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "generate", "-d", str(DECLARATIONS)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert process.returncode in (0, 1, -signal.SIGINT)
    if process.returncode == 1:
        assert "Aborted!" in errors
    assert run("generate", "-d", DECLARATIONS).exit_code == 0
    assert run("check", "-d", DECLARATIONS).exit_code == 0


def test_progress_of_what_takes_its_time(folder: Path) -> None:
    """On a terminal alone, gone when the run is, and of phases that have names."""
    large = "".join(f"- func: large{n}(Tensor self) -> Tensor\n" for n in range(3_000))
    (folder / "large.yaml").write_text(large, "utf-8")
    declared = (
        Path("declarations/small.yaml").read_text("utf-8").partition("operators:")[0]
    )
    (folder / "named.yaml").write_text(declared + "operators: large.yaml\n", "utf-8")
    code, shown = on_terminal("generate", "-d", "named.yaml", "-o", "large")
    assert code == 0
    assert re.search(r"operators .*/3000", re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown))
    assert re.search(r"\x1b\[2K\s*large: \d+ written", shown)
    (folder / "large" / "fuser.py").unlink()
    code, shown = on_terminal("diff", "-d", "named.yaml", "-o", "large")
    assert code == 1
    assert "\x1b[?25h" in shown.partition("diff --git")[0] or "\x1b[?25l" not in shown
    assert "━" not in shown.partition("diff --git")[2]
    (folder / "large.yaml").write_text(f"{large}# More.\n", "utf-8")
    code, shown = on_terminal("generate", "-d", "named.yaml", "-o", "large", "-q")
    assert (code, shown) == (0, "")
