"""How C++ types are written: which texts are one, and their one spelling.

Knows the names and punctuation of types as headers spell them, and no library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_NAME: Final = r"[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*"
_BUILT_IN: Final = (
    "(?:(?:un)?signed )?(?:char|short|int|long(?: long)?)|bool|float|double"
)
_BUILT_IN_WORDS: Final = frozenset(
    "bool char const double float int long short signed unsigned".split()
)


def _with_arguments(argument: str) -> str:
    given = rf"(?:<{argument}(?:, ?{argument})*>(?:::{_NAME})?)?"
    return rf"(?:const )?(?:(?:{_BUILT_IN})(?![A-Za-z0-9_:])|{_NAME}{given})[*]?"


_NUMBER: Final = "[0-9]+"
_PLAIN: Final = (
    rf"(?:{_NUMBER}|(?:const )?(?:(?:{_BUILT_IN})(?![A-Za-z0-9_:])|{_NAME})[*]?)"
)
_ARGUMENT: Final = rf"(?:{_NUMBER}|{_with_arguments(_PLAIN)})"

TYPE_PATTERN: Final = _with_arguments(_ARGUMENT)
"""What a type matches; template arguments have arguments of their own, once."""

_TYPE: Final = re.compile(TYPE_PATTERN, re.ASCII)


def is_type(text: str) -> bool:
    """Whether a text is a C++ type."""
    return _TYPE.fullmatch(text) is not None


def type_name(text: str) -> str:
    """A type in the spelling that clang-format leaves as it is."""
    return re.sub(", ?", ", ", text)


def names_in(text: str) -> Iterator[str]:
    """The names of a type, without words that C++ has for types of its own."""
    for name in re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text):
        if name not in _BUILT_IN_WORDS:
            yield name
