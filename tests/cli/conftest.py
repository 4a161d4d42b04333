"""What all tests of commands start with."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.model import Model
from codegen.pipeline import load_model
from tests.cli.commands import DECLARATIONS, SMALL


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the small declarations in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "declarations").mkdir()
    (tmp_path / "declarations" / "small.yaml").write_text(SMALL, "utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def reference() -> Model:
    return load_model([DECLARATIONS])
