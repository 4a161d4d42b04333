"""Schemas that are unusual, and right."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.diagnostics import DeclarationError
from codegen.runtime.python.schema import parse_schema
from tests.support import load_text

HEAD = "dispatcher: {name: tiny}\nfunctionality: [Plain]\noperators:\n"


@pytest.mark.parametrize("default", ['")"', '"(["', "')'", '"\\")"', '"it\'s)"', '""'])
def test_brackets_in_a_default(tmp_path: Path, default: str) -> None:
    schema = f"f(str a={default}, int[2] b) -> (int, int)"
    model = load_text(f"{HEAD}  - func: |\n      n::{schema}\n", tmp_path)
    assert model.operators["n::f"].schema == schema


@pytest.mark.parametrize(
    ("func", "schema"),
    [
        ("n :: f . out ( int a )  ->\n  int", "f.out( int a ) -> int"),
        ('n::f(str a="x  y") -> int', 'f(str a="x  y") -> int'),
        ("n::f(int a, # it's one\n  int b) -> int # (", "f(int a, int b) -> int"),
        ('n::f(str a="# no", int b=1) -> ()', 'f(str a="# no", int b=1) -> ()'),
        ("f(int a) -> ()", "f(int a) -> ()"),
    ],
)
def test_space_and_comments(tmp_path: Path, func: str, schema: str) -> None:
    head = HEAD.replace("tiny", "tiny, default_namespace: n")
    lines = func.replace("\n", "\n      ")
    model = load_text(f"{head}  - func: |\n      {lines}\n", tmp_path)
    (operator,) = model.operators.values()
    assert operator.schema == schema
    own = func if func.startswith("n") else f"n::{func}"
    assert parse_schema(f"n::{operator.schema}") == parse_schema(own)


def test_a_long_type_is_not_quoted_whole(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError) as caught:
        load_text(f"{HEAD}  - func: n::f({'T' * 10**6} a) -> int\n", tmp_path)
    (found,) = caught.value.diagnostics
    assert found.span is not None
    assert (found.span.column, found.span.width) == (16, 10**6)
    assert len(found.message) < 300


@pytest.mark.parametrize("default", ['"")', '("', '"a" "('])
def test_brackets_beside_a_default(tmp_path: Path, default: str) -> None:
    with pytest.raises(DeclarationError, match="DG211"):
        load_text(f"{HEAD}  - func: |\n      n::f(str a={default}) -> int\n", tmp_path)
