"""Texts in Markdown show as they are, whatever they hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from codegen import markdown

READER = MarkdownIt("commonmark").enable("table")


def shown(tokens: list[Token]) -> str:
    """What a reader sees of some Markdown, without its markup."""
    return "".join(
        shown(token.children) if token.children else token.content for token in tokens
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a_name, torch.model", "a_name, torch.model"),
        ("a/_b/__init__.pyi", r"a/\_b/\_\_init\_\_.pyi"),
        ("two\n  lines", "two lines"),
        ("`a_|_b`", r"\`a\_\|\_b\`"),
        ("with `_code_` in it", "with `_code_` in it"),
        ("1. first", r"1\. first"),
        ("1.2 first", "1.2 first"),
        ("- item", r"\- item"),
        ("---", r"\---"),
    ],
)
def test_text(text: str, expected: str) -> None:
    assert markdown.text(text) == expected


@given(st.text(st.sampled_from("ab1 _*[]<>|~&$`\\#-+=.):!\n"), max_size=12))
def test_texts_show_as_they_are(text: str) -> None:
    tokens = READER.parse(markdown.text(text))
    # Only what stands in a pair of backticks may lose them.
    whole = " ".join(text.split())
    assert shown(tokens) in (whole, re.sub(r"`([^`|\\]+)`", code_span, whole))
    assert {token.type for token in tokens} <= {
        "paragraph_open",
        "inline",
        "paragraph_close",
    }


def code_span(found: re.Match[str]) -> str:
    """One space at both ends is no part of the code."""
    inner = found[1]
    both = inner.startswith(" ") and inner.endswith(" ") and inner.strip()
    return inner[1:-1] if both else inner


@given(st.lists(st.text(max_size=8), min_size=2, max_size=2))
def test_nothing_ends_a_cell(names: list[str]) -> None:
    cells = [markdown.codes(names), markdown.text(names[0])]
    tokens = READER.parse("\n".join(markdown.table(("one", "two"), [cells])))
    assert [t.type for t in tokens].count("td_open") == 2
    assert tokens[0].type == "table_open"
    assert tokens[-1].type == "table_close"


def test_codes() -> None:
    assert markdown.codes(["a", "b.c", "d`e"]) == r"`a`, `b.c`, d\`e"
