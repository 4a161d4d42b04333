"""Where lines break."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from codegen.format import (
    LINE_LENGTH,
    assign,
    assign_block,
    block,
    call,
    comment,
)


def test_assign() -> None:
    fits = "t" * (LINE_LENGTH - len(" = value"))
    assert assign(fits, "value") == f"{fits} = value"
    assert assign(fits + "t", "value", 0) == f"{fits}t = (\n    value\n)"
    hopeless = "v" * LINE_LENGTH
    assert assign("target", hopeless) == f"target = {hopeless}"
    attribute = f"module.{hopeless}"
    assert assign("target", attribute) == f"target = (\n    {attribute}\n)"


def test_call() -> None:
    assert call("f", ("a", "b"), ",") == "f(a, b),"
    assert call("f", (), ",") == "f(),"
    long = "a" * 50, "b" * 30
    assert call("return f", long, "") == f"return f(\n    {long[0]}, {long[1]}\n)"
    longer = "a" * 50, "b" * 40
    lines = f"    {longer[0]},\n    {longer[1]},\n"
    assert call("f", longer, ",") == f"f(\n{lines}),"
    alone = ("a" * 100,)
    assert call("f", alone, "") == f"f(\n    {alone[0]}\n)"


def test_block() -> None:
    assert block("x = f(", (), ")") == "x = f()"
    assert block("x = f(", ("a",), ")") == "x = f(\n    a,\n)"
    assert block("k=[", ("a", "b"), "]", 4) == "k=[\n        a,\n        b,\n    ]"


def test_assign_block() -> None:
    assert assign_block("x", "f(", ("a",), ")") == "x = f(\n    a,\n)"
    fits = "t" * (LINE_LENGTH - len(" = f("))
    assert assign_block(fits, "f(", ("a",), ")") == f"{fits} = f(\n    a,\n)"
    long = "t" * 70
    expected = f"{long} = (\n    DispatchKeySet.of(\n        a,\n    )\n)"
    assert assign_block(long, "DispatchKeySet.of(", ("a",), ")") == expected
    empty = f"{long} = (\n    DispatchKeySet.of()\n)"
    assert assign_block(long, "DispatchKeySet.of(", (), ")") == empty


def test_comment() -> None:
    assert comment("short") == ["# short"]
    assert comment("") == []
    lines = comment("word " * 50, 4)
    assert len(lines) > 1
    assert all(len(line) <= LINE_LENGTH - 4 for line in lines)
    assert comment("w" * 120) == ["# " + "w" * 120]


@given(st.text())
def test_comments_are_comments(text: str) -> None:
    lines = comment(" ".join(text.split()))
    assert all(line.startswith("# ") and line.rstrip() == line for line in lines)
    assert ast.parse("\n".join(lines)).body == []
