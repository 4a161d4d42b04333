"""Schemas that are unusual, and right."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.diagnostics import DeclarationError
from tests.support import load_text

HEAD = "dispatcher: {name: tiny}\nfunctionality: [Plain]\noperators:\n"


@pytest.mark.parametrize("default", ['")"', '"(["', "')'", '"\\")"', '"it\'s)"', '""'])
def test_brackets_in_a_default(tmp_path: Path, default: str) -> None:
    schema = f"f(str a={default}, int[2] b) -> (int, int)"
    model = load_text(f"{HEAD}  - func: |\n      n::{schema}\n", tmp_path)
    assert model.operators["n::f"].schema == schema


@pytest.mark.parametrize("default", ['"")', '("', '"a" "('])
def test_brackets_beside_a_default(tmp_path: Path, default: str) -> None:
    with pytest.raises(DeclarationError, match="DG211"):
        load_text(f"{HEAD}  - func: |\n      n::f(str a={default}) -> int\n", tmp_path)
