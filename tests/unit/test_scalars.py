"""The place of each character of a YAML scalar, in every style."""

from __future__ import annotations

import copy
import pickle
from typing import Final

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from codegen.diagnostics import Collector
from codegen.located import LocatedMap, LocatedStr, parse
from codegen.scalars import character_places
from codegen.source import Source

WHITE: Final = " \t\n\r\x85\u2028\u2029"


def value_of(text: str) -> LocatedStr:
    """The value of the only key of a document."""
    collector = Collector()
    data = parse(Source("a.yaml", text), collector)
    assert not collector
    assert isinstance(data, LocatedMap)
    (value,) = data.values()
    assert isinstance(value, LocatedStr)
    return value


def character_at(value: LocatedStr, offset: int) -> str:
    span = value.part(offset, 1)
    assert span.source_line is not None
    return span.source_line[span.column - 1 :][: span.width]


@pytest.mark.parametrize(
    ("text", "part", "place"),
    [
        ("a: one two", "two", (1, 8, 3)),
        ("a: 'one two'", "two", (1, 9, 3)),
        ('a: "one two"', "two", (1, 9, 3)),
        ("a: 'it''s two'", "two", (1, 11, 3)),
        ("a: '''' ", "'", (1, 5, 2)),
        ('a: "\\x6fne \\u0074wo"', "two", (1, 12, 8)),
        ('a: "one\\ttwo"', "two", (1, 10, 3)),
        ('a: "\\\\two"', "two", (1, 7, 3)),
        ('a: "one\n  two"', "two", (2, 3, 3)),
        ('a: "one\\\n  \\ two"', "two", (2, 5, 3)),
        ("a: 'one\n\n  two'", "two", (3, 3, 3)),
        ("a: one\n  two", "two", (2, 3, 3)),
        ("a: one\n\n   two\n", "two", (3, 4, 3)),
        ("a: >-\n  one\n  two\n", "two", (3, 3, 3)),
        ("a: >2-\n    one\n  two\n", "one", (2, 5, 3)),
        ("a: |+\n  one\n    two\n\n", "two", (3, 5, 3)),
        ("a: > # two\n\n  one\n\n  two", "two", (5, 3, 3)),
        ("a:\n  >-\n  one two", "two", (3, 7, 3)),
        ("a: !!str one\n  two", "two", (2, 3, 3)),
        ("a: &x !!str # two\n  'two'", "two", (2, 4, 3)),
        ("a: |\r\n  one\r\n  two\r\n", "two", (3, 3, 3)),
        ("a: >-\n  λ\U0001f4a9\n  λ two", "two", (3, 5, 3)),
        ("a: >-\n  one\xa0 two", "two", (2, 8, 3)),
        # A name that the end of a line parts is shown up to there.
        ('a: "one t\\\n  wo"', "two", (1, 9, 2)),
    ],
)
def test_part(text: str, part: str, place: tuple[int, int, int]) -> None:
    value = value_of(text)
    span = value.part(value.index(part), len(part))
    assert (span.line, span.column, span.width) == place


def test_part_past_the_end_is_the_whole() -> None:
    value = value_of("a: >-\n  one\n")
    assert value.part(3, 1) == value.span
    assert value_of('a: ""').part(0, 1).column == 5


def test_derived_strings_stand_for_the_whole() -> None:
    value = value_of("a: >-\n  one\n  two\n")
    assert value.derive("two").part(0, 3) == value.span


@pytest.mark.parametrize("text", ["a: one", "a: >-\n  one\n  two"])
def test_copies_keep_the_places(text: str) -> None:
    value = value_of(text)
    for other in (copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert other == value
        assert other.part(1, 2) == value.part(1, 2)


def test_another_text_has_no_places() -> None:
    assert character_places("'one'", "two", "'") is None
    assert character_places("one", "one more", None) is None


TEXTS: Final = st.text(
    st.one_of(
        st.sampled_from("ab(|&~'\"\\ \n\t#:>-%\xa0é\u2028\U0001f4a9"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@given(
    TEXTS,
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.sampled_from([20, 40, 1000]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
@example("a  b\n c\n\n d", ">", 20, False, "\n")
@example("it's 'quoted' and long enough to fold", "'", 20, True, "\r\n")
def test_places_hold_the_characters(
    text: str, style: str | None, width: int, ascii_only: bool, line_break: str
) -> None:
    document = yaml.dump(
        {"key": text},
        default_style=style,
        width=width,
        allow_unicode=not ascii_only,
    ).replace("\n", line_break)
    collector = Collector()
    data = parse(Source("a.yaml", document), collector)
    assume(not collector and isinstance(data, LocatedMap))
    ((_, value),) = data.items()
    assume(isinstance(value, LocatedStr))
    before = (0, 0)
    for offset, character in enumerate(value):
        span = value.part(offset, 1)
        assert (span.line, span.column) >= before
        before = (span.line, span.column)
        found = character_at(value, offset)
        if character in WHITE:
            continue
        if found.startswith("\\") and found != character:
            assert yaml.safe_load(f'"{found}"') == character
        else:
            assert found.replace("''", "'") == character
