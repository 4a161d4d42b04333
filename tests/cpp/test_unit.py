"""The support headers of C++ projects do what they say: each unit test, with g++."""

from __future__ import annotations

from pathlib import Path

import pytest

from .building import UNIT, build_and_run

# Some are compiled again with keysets that take several machine words.
WIDE = ("dispatcher_test.cpp",)
CASES = sorted(path.name for path in UNIT.glob("*_test.cpp"))


@pytest.mark.parametrize("source", CASES)
def test_unit(source: str, tmp_path: Path) -> None:
    build_and_run(source, tmp_path)


@pytest.mark.parametrize("source", WIDE)
def test_unit_wide(source: str, tmp_path: Path) -> None:
    build_and_run(source, tmp_path, flags=["-DSMALL_WIDE"])
