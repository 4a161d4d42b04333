"""Where the characters of a YAML scalar stand in the text that spells it.

Reads a scalar as it was written and what YAML made of it. Knows nothing of files, and
of YAML only how quotes, escapes and folded lines spell characters.
"""

from __future__ import annotations

import re
from typing import Final

from yaml.scanner import Scanner

_WHITE: Final = " \t\n\r\x85\u2028\u2029"
_BREAK: Final = "(?:\\r\\n|[\\n\\r\\x85\\u2028\\u2029])"
_GAP: Final = re.compile(f"[{_WHITE}]*")
_GAP_IN_DOUBLE_QUOTES: Final = re.compile(f"(?:[{_WHITE}]|\\\\{_BREAK})*")
# A tag and an anchor stand before a scalar, on lines and with comments of their own.
_PROPERTIES: Final = re.compile(
    f"(?:[&!][^{_WHITE}]*|#[^\\n\\r\\x85\\u2028\\u2029]*|[{_WHITE}]+)*"
)
_BLOCK_HEADER: Final = re.compile(f"[|>][^\\n\\r\\x85\\u2028\\u2029]*{_BREAK}?")


def character_places(
    written: str, text: str, style: str | None
) -> list[tuple[int, int]] | None:
    """Begin and end, in what was written, of each character of the text.

    What folding makes of a line break stands at the end of its line; of several spaces
    and breaks in a row, any may stand for any. Every other character is exact. None if
    the text is not what the scalar means.

    Args:
        written: the scalar with its quotes, block header, tag and anchor.
        text: what it means.
        style: as YAML's nodes name it: a quote, `|`, `>`, or something else if plain.
    """
    begin = _PROPERTIES.match(written)
    at = begin.end() if begin else 0
    if style in ("|", ">"):
        header = _BLOCK_HEADER.match(written, at)
        at = header.end() if header else at
    elif style in ("'", '"'):
        at += 1
    gap = _GAP_IN_DOUBLE_QUOTES if style == '"' else _GAP
    places = []
    for character in text:
        here = at
        if written[at : at + 1] != character or character not in _WHITE:
            skipped = gap.match(written, at)
            here = skipped.end() if skipped else at
        found, width = _character(written, here, style)
        if found == character:
            at = here + width
            places.append((here, at))
        elif character in _WHITE:
            places.append((at, at))
        else:
            return None
    return places


def _character(written: str, at: int, style: str | None) -> tuple[str, int]:
    """What is spelt at a place, and how long it is there."""
    found = written[at : at + 1]
    if style == "'" and found == "'":
        return found, 2
    if style != '"' or found != "\\":
        return found, 1
    kind = written[at + 1 : at + 2]
    digits = Scanner.ESCAPE_CODES.get(kind, 0)
    if digits:
        return chr(int(written[at + 2 : at + 2 + digits], 16)), 2 + digits
    return Scanner.ESCAPE_REPLACEMENTS.get(kind, ""), 2
