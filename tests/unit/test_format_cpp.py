"""Lines break where clang-format breaks them, at every width."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from typing import Final

import pytest

from codegen import format_cpp
from codegen.resources import runtime

STYLE: Final = runtime("cpp") / ".clang-format"
# A key beyond 60 is one of which nobody could make a sentence.
WIDTHS: Final = range(1, 101)
KEYS: Final = [*range(1, 61), *range(60, 20, -1)]

pytestmark = pytest.mark.skipif(
    shutil.which("clang-format") is None,
    reason="clang-format is not installed: pip install .[test]",
)


def name(width: int, first: str = "N") -> str:
    return first + "n" * (width - 1)


def key(width: int) -> str:
    return f"DispatchKey::{name(width, 'K')}"


def formatted(text: str) -> str:
    done = subprocess.run(
        ["clang-format", f"--style=file:{STYLE}", "--assume-filename=a.h"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def in_array(text: str) -> str:
    return f"auto a = std::to_array<T>({{\n    {{\n        {text}\n    }},\n}});\n"


def in_function(text: str) -> str:
    return f"T f(K k) {{\n  {text}\n  return k;\n}}\n"


def in_switch(text: str) -> str:
    body = f"switch (k) {{\n    {text}\n      return K{{}};\n  }}"
    return in_function(body)


def in_case(text: str) -> str:
    body = f"switch (k) {{\n    default:\n      {text}\n  }}"
    return in_function(body)


def in_struct(text: str) -> str:
    return f"struct N {{\n  {text}\n}};\n"


SHAPES: Final[dict[str, Callable[[int, int], str]]] = {
    "enumerator": lambda a, b: (
        f"enum class E {{\n  {format_cpp.enumerator(name(a), name(b))}\n}};\n"
    ),
    "field": lambda a, b: in_array(format_cpp.field("redispatch_to", name(a), 8)),
    "field with key": lambda a, b: in_array(format_cpp.field("key", key(a), 8)),
    "field with text": lambda a, b: in_array(
        format_cpp.field("message", f'"{name(a)} {name(b)}"', 8)
    ),
    "field of": lambda a, b: in_array(
        format_cpp.field_of("keys", "getRuntimeDispatchKeySet", key(a), 8)
    ),
    "set field": lambda a, b: in_array(
        format_cpp.set_field("include", [key(a), key(b)], 8)
    ),
    "empty set field": lambda a, b: in_array(format_cpp.set_field("include", [], 8)),
    "keys": lambda a, b: in_array(
        ".yields_to = key_values<Numbering>({\n            "
        f"{format_cpp.item(key(a), 12)}\n        }}),"
    ),
    "constant": lambda a, b: format_cpp.key_set(name(a), [key(b)]) + "\n",
    "constant of two": lambda a, b: format_cpp.key_set(name(a), [key(b), key(20)])
    + "\n",
    "empty constant": lambda a, b: format_cpp.key_set(name(a), []) + "\n",
    "local": lambda a, b: in_function(format_cpp.key_set("kept", [key(a)], 2)),
    "empty local": lambda a, b: in_function(format_cpp.key_set("kept", [], 2)),
    "returned set": lambda a, b: in_case(format_cpp.returned_set([key(a)], 6)),
    "returned key": lambda a, b: in_case(format_cpp.returned(key(a), 6)),
    "returned constant": lambda a, b: in_case(format_cpp.returned(name(a), 6)),
    "case": lambda a, b: in_switch(format_cpp.case(key(a), 4)),
    "array": lambda a, b: in_struct(format_cpp.array("slots", "Key", [key(a)], 2)),
    "empty array": lambda a, b: in_struct(format_cpp.array("slots", "Key", [], 2)),
    "pair": lambda a, b: (
        "auto a = std::to_array<NamedKey>({\n      ".replace("      ", "    ")
        + format_cpp.pair(key(a), f'"{name(b)}"', 4)
        + "\n});\n"
    ),
    "function": lambda a, b: (
        format_cpp.function_head("DispatchKeySet", name(a), "BackendComponent backend")
        + "\n  return 0;\n}\n"
    ),
    "predicate": lambda a, b: (
        format_cpp.function_head("bool", name(a), "DispatchKey key")
        + "\n  return 0;\n}\n"
    ),
    "change": lambda a, b: format_cpp.tls_change(name(a), [("include", [key(b)])])
    + "\n",
    "empty change": lambda a, b: format_cpp.tls_change(name(a), []) + "\n",
    "using": lambda a, b: format_cpp.using(name(a), f"my::{name(min(b, 76))}") + "\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_widths(shape: str) -> None:
    make = SHAPES[shape]
    for others in (KEYS, reversed(KEYS)):
        texts = [make(a, b) for a, b in zip(WIDTHS, others, strict=True)]
        border = "\nint border;\n\n"
        found = formatted(border.join(texts)).split(border)
        for text, after in zip(texts, found, strict=True):
            assert text.strip() == after.strip()
