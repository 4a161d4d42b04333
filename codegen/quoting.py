"""Any text as a literal of one line, one function for each language.

Returns ASCII, whatever the text holds, so that no declared text can end its literal and
the encoding of a generated file does not matter. Knows nothing of what the text is for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final


@lru_cache(maxsize=10_000)
def python_string(text: str) -> str:
    """A Python string literal in the quotes that black prefers."""
    # Most texts are names, and need nothing.
    if text.isidentifier() and text.isascii():
        return f'"{text}"'
    quote = "'" if text.count('"') > text.count("'") else '"'
    return f"{quote}{_python_escaped(text, quote)}{quote}"


def python_docstring(text: str) -> str:
    """A Python docstring of one line.

    Black puts a space after a quote at its end, and in an empty one.
    """
    body = _python_escaped(" ".join(text.split()), '"')
    space = " " if not body or body.endswith('"') else ""
    return f'"""{body}{space}"""'


def cpp_string(text: str) -> str:
    """A C++ string literal that means the text's UTF-8 bytes, in every standard.

    A literal that holds NUL says its length only where it is not read as a C string;
    `cpp_string_view` keeps it.
    """
    # Most texts need nothing.
    if not _CPP_SPECIAL.search(text):
        return f'"{text}"'
    body = []
    before = ""
    for byte in text.encode():
        character = chr(byte)
        # `??/` is a trigraph; `*/` would end a comment around the literal, and a
        # compiler warns of `/*` in one.
        if character in _CPP_ESCAPES:
            body.append(_CPP_ESCAPES[character])
        elif before + character == "??":
            body.append("\\?")
        elif before + character in ("/*", "*/") or not 0x20 <= byte < 0x7F:
            # Three octal digits end by themselves; a hexadecimal escape goes on for
            # as long as digits follow.
            body.append(f"\\{byte:03o}")
        else:
            body.append(character)
        before = character
    return f'"{"".join(body)}"'


def cpp_string_view(text: str) -> str:
    """A `std::string_view` literal of C++17, which knows its length.

    Needs `using namespace std::string_view_literals`.
    """
    return f"{cpp_string(text)}sv"


def cmake_string(text: str) -> str:
    """A quoted argument of CMake that means the text, as one element of a list."""
    shown = re.sub(r'([\\"$])', r"\\\1", text)
    # What separates elements is escaped in the element itself.
    shown = shown.replace(";", "\\;")
    return f'"{shown}"'


def depfile_word(text: str) -> str:
    """A path as Make and Ninja read it in a file of dependencies, written as GCC does.

    Ninja cannot read some characters there, like a semicolon, however they are written.
    """
    # Backslashes are doubled before an escaped space, and only there.
    escaped = re.sub(r"(\\*) ", r"\1\1\\ ", text)
    return escaped.replace("#", "\\#").replace("$", "$$")


def _python_escaped(text: str, quote: str) -> str:
    if text.isascii() and text.isprintable() and not {quote, "\\"} & set(text):
        return text
    body = []
    for character in text:
        code = ord(character)
        if character in (quote, "\\"):
            body.append("\\" + character)
        elif character in _BREAKS:
            body.append(_BREAKS[character])
        elif 0x20 <= code < 0x7F:
            body.append(character)
        elif code <= 0xFF:
            body.append(f"\\x{code:02x}")
        elif code <= 0xFFFF:
            body.append(f"\\u{code:04x}")
        else:
            body.append(f"\\U{code:08x}")
    return "".join(body)


_BREAKS: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CPP_SPECIAL: Final = re.compile(r'[^ -~]|["\\]|\?\?|/\*|\*/')
_CPP_ESCAPES: Final = {**_BREAKS, '"': '\\"', "\\": "\\\\"}
