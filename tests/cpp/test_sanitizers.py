"""The unit tests again with sanitizers, and with another compiler."""

from __future__ import annotations

from pathlib import Path

import pytest

from .building import build_and_run

# GCC takes no comparison of a function with null for a constant expression while it checks
# for null (its bug 71962), and tables are constants.
MEMORY = (
    "-fsanitize=address,undefined",
    "-fno-sanitize=null,nonnull-attribute,returns-nonnull-attribute",
    "-fno-sanitize-recover=all",
    # With them GCC sees optionals that are empty as not initialized.
    "-Wno-maybe-uninitialized",
)
THREADS = ("-fsanitize=thread",)


@pytest.mark.parametrize("source", ["dispatcher_test.cpp", "keys_test.cpp"])
def test_memory(source: str, tmp_path: Path) -> None:
    build_and_run(source, tmp_path, flags=MEMORY)


def test_threads(tmp_path: Path) -> None:
    build_and_run("threads_test.cpp", tmp_path, flags=THREADS)


def test_threads_wide(tmp_path: Path) -> None:
    build_and_run("threads_test.cpp", tmp_path, flags=[*THREADS, "-DSMALL_WIDE"])


def test_clang(tmp_path: Path) -> None:
    build_and_run("dispatcher_test.cpp", tmp_path, "clang++-16", ["-DSMALL_WIDE"])
