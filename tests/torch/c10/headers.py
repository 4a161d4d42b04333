"""What `DispatchKey.h` and `DispatchKeySet.h` declare, as the preprocessor shows it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

HEADERS: Final = ("c10/core/DispatchKey.h", "c10/core/DispatchKeySet.h")

_MARKER: Final = re.compile(r'# \d+ "(.*?)"')
_ENUM: Final = re.compile(r"enum class (\w+) : (\w+) \{(.*?)\};", re.DOTALL)
_VALUE: Final = re.compile(r"constexpr (\w+) (\w+) =")
_CALLED: Final = re.compile(r"(operator *[^\s\w(]+|\w+) *\(")
_NOT_READ: Final = re.compile(r'"(?:[^"\\]|\\.)*"|__attribute__ *\(\([^;{]*?\)\)\)?')
_NO_FUNCTION: Final = "static_assert"


@dataclass(frozen=True)
class Declared:
    """The names that two headers declare, each in its order.

    Attributes:
        enums: enumerators by enum, which is its name and underlying type.
        keysets: constants that are sets.
        values: other constants.
        functions: in the namespace.
        members: functions of `DispatchKeySet`, public or not.
        macros: that stay defined.
    """

    enums: dict[tuple[str, str], tuple[str, ...]]
    keysets: tuple[str, ...]
    values: tuple[str, ...]
    functions: tuple[str, ...]
    members: tuple[str, ...]
    macros: tuple[str, ...]


def declared(flags: Sequence[str]) -> Declared:
    """What the headers declare that a compiler finds.

    Args:
        flags: of g++: where headers are.
    """
    shown = subprocess.run(
        ["g++", "-std=c++20", "-E", "-dD", *flags, "-x", "c++", "-"],
        input="".join(f"#include <{header}>\n" for header in HEADERS),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lines = list(_own_lines(shown))
    text = "\n".join(line for line in lines if not line.startswith("#"))
    text = _NOT_READ.sub("", text)
    namespace = "\n".join(_inside(text, "namespace c10"))
    outer = _without_blocks(namespace)
    (set_class,) = _inside(namespace, "class DispatchKeySet final")
    values = [match.groups() for match in _VALUE.finditer(outer)]
    is_set = ("DispatchKeySet", "auto")
    return Declared(
        enums={
            (name, underlying): tuple(_enumerators(body))
            for name, underlying, body in _ENUM.findall(text)
        },
        keysets=tuple(name for kind, name in values if kind in is_set),
        values=tuple(name for kind, name in values if kind not in is_set),
        functions=_functions(_without_initial_values(outer)),
        members=_functions(_without_initial_values(_without_blocks(set_class))),
        macros=_macros(lines),
    )


def _own_lines(shown: str) -> Iterator[str]:
    """The lines that stand in the two headers themselves."""
    is_own = False
    for line in shown.splitlines():
        marker = _MARKER.match(line)
        if marker is not None:
            is_own = marker[1].endswith(HEADERS)
        elif is_own:
            yield line


def _inside(text: str, head: str) -> Iterator[str]:
    """What stands between the braces after each occurrence of some words."""
    for match in re.finditer(re.escape(head) + r" *\{", text):
        depth = 1
        for brace in re.finditer(r"[{}]", text[match.end() :]):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                yield text[match.end() :][: brace.start()]
                break


def _without_blocks(text: str) -> str:
    """The text with `{}` for each outermost pair of braces."""
    kept = []
    depth = 0
    for part in re.split(r"([{}])", text):
        depth -= part == "}"
        if not depth:
            kept.append(part)
        depth += part == "{"
    return "".join(kept)


def _without_initial_values(text: str) -> str:
    """No call that gives a constant its value, no initializer of a member."""
    text = re.sub(r"\w+ *=[^;=]*;", ";", text)
    return re.sub(r"\)\s*:[^{;]*", ") ", text)


def _functions(text: str) -> tuple[str, ...]:
    names = (name.replace(" ", "") for name in _CALLED.findall(text))
    return tuple(dict.fromkeys(name for name in names if name != _NO_FUNCTION))


def _enumerators(body: str) -> Iterator[str]:
    for entry in body.split(","):
        name = entry.partition("=")[0].strip()
        if name:
            yield name


def _macros(lines: Sequence[str]) -> tuple[str, ...]:
    defined: dict[str, None] = {}
    for line in lines:
        words = re.match(r"#(define|undef) (\w+)", line)
        if words is not None and words[1] == "define":
            defined[words[2]] = None
        elif words is not None:
            defined.pop(words[2], None)
    return tuple(defined)
