"""Builds and runs the C++ unit tests."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

UNIT = Path(__file__).parent / "unit"
HEADERS = Path(__file__).parents[2] / "codegen" / "runtime" / "cpp"
WARNINGS = ("-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror")
LIBRARIES = ("-lgtest_main", "-lgtest", "-lpthread")


@cache
def why_not(compiler: str, *flags: str) -> str | None:
    """Why tests cannot be built with a compiler; None if they can."""
    if shutil.which(compiler) is None:
        return f"there is no {compiler}"
    program = "#include <gtest/gtest.h>\nstatic_assert(__cplusplus >= 202002L);\n"
    with tempfile.TemporaryDirectory() as folder:
        built = subprocess.run(
            [
                *(compiler, "-std=c++20", *flags, "-x", "c++", "-", "-x", "none"),
                *(*LIBRARIES, "-o", f"{folder}/program"),
            ],
            input=program,
            capture_output=True,
            text=True,
            check=False,
        )
    if built.returncode == 0:
        return None
    lines = built.stderr.strip().splitlines() or ["it says nothing"]
    return f"{compiler} {' '.join(flags)} cannot build GoogleTest programs: {lines[0]}"


def build_and_run(
    source: str, folder: Path, compiler: str = "g++", flags: Sequence[str] = ()
) -> None:
    """Build a unit test in a folder and run it.

    Raises:
        AssertionError: if either fails, with what was printed.
    """
    reason = why_not(compiler, *(f for f in flags if f.startswith("-fsanitize")))
    if reason is not None:
        pytest.skip(reason)
    program = folder / "test"
    command = [compiler, "-std=c++20", "-O1", *WARNINGS, *flags]
    command += [f"-I{HEADERS}", f"-I{UNIT}", str(UNIT / source)]
    _run([*command, *LIBRARIES, "-o", str(program)])
    _run([str(program), "--gtest_brief=1"])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    printed = f"{done.stdout}\n{done.stderr}"[-8000:]
    assert done.returncode == 0, f"{' '.join(command)}\n{printed}"
