"""Breaks lines of extensions of PyTorch where clang-format would.

As `codegen.format_cpp`, for calls and functions with several arguments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from codegen.format_cpp import COLUMN_LIMIT
from codegen.format_cpp_operators import first_fit
from codegen.quoting import cpp_string

# More parameters than that have a line of their own, if they fit on one.
_MOST_ALIGNED: Final = 4


def statement(function: str, arguments: Sequence[str]) -> str:
    """A statement that calls a function, in the body of another one."""
    head = f"  {function}("
    return _called(head, arguments, ");").removeprefix("  ")


def result_statement(name: str, function: str, arguments: Sequence[str]) -> str:
    """A statement that keeps the result of a call, in the body of a function."""
    made = f"  auto {name} ="
    line, aligned, together, apart = _ways(f"{made} {function}(", arguments, ");")
    below = [(made, *lines) for lines in _ways(f"      {function}(", arguments, ");")]
    second = (together, aligned) if len(arguments) > 2 else (aligned, together)
    found = first_fit(line, below[0], *second, below[1], apart)
    return found.removeprefix("  ")


def definition(returns: str, name: str, parameters: Sequence[str]) -> str:
    """The first lines of a function's definition."""
    return _function("", returns, name, parameters, ") {", inside="  ")


def method(returns: str, name: str, parameters: Sequence[str]) -> str:
    """The declaration of a member function."""
    return _function("  ", returns, name, parameters, ");").removeprefix("  ")


def declaration(returns: str, name: str, parameters: Sequence[str]) -> str:
    """The declaration of a function."""
    return _function("", returns, name, parameters, ");")


def _function(
    before: str,
    returns: str,
    name: str,
    parameters: Sequence[str],
    end: str,
    inside: str | None = None,
) -> str:
    """With what it returns on a line of its own, where the rest would not fit behind it."""
    alone = f"{before}{returns}"
    beside = _ways(f"{before}{returns} {name}(", parameters, end)
    below = _ways(f"{before}{name}(", parameters, end)
    if len(parameters) > _MOST_ALIGNED:
        line, aligned, together, apart = beside
        beside = [line, together, aligned, apart]
    return first_fit(
        *beside,
        *((alone, *lines) for lines in below),
        inside=inside,
    )


def made(type: str, name: str, arguments: Sequence[str]) -> str:
    """The definition of an object."""
    return _called(f"{type} {name}(", arguments, ");")


def literals(text: str) -> tuple[str, ...]:
    """A text as literals, one behind the other, that end where words do."""
    widest = COLUMN_LIMIT - len("    ;")
    found: list[str] = []
    for word in re.findall(r"\S*\s*", text)[:-1] or [text]:
        longer = f"{found[-1]}{word}" if found else ""
        if found and len(cpp_string(longer)) <= widest:
            found[-1] = longer
        else:
            found.append(word)
    return tuple(map(cpp_string, found))


def text_constant(name: str, literals: Sequence[str]) -> str:
    """The definition of a text that is made of several literals."""
    head = f"constexpr char {name}[] ="
    *before, last = literals
    if not before:
        return first_fit((f"{head} {last};",), (head, f"    {last};"))
    return "\n".join((head, *(f"    {part}" for part in before), f"    {last};"))


def _called(head: str, items: Sequence[str], end: str) -> str:
    """A call: with the fewest lines; of as many, behind the parenthesis."""
    line, aligned, together, apart = _ways(head, items, end)
    second = (together, aligned) if len(items) > 2 else (aligned, together)
    return first_fit(line, *second, apart)


def _ways(head: str, items: Sequence[str], end: str) -> list[tuple[str, ...]]:
    """What stands in parentheses: on one line; with a line for each, two ways; below."""
    before = " " * len(head)
    inner = " " * (len(head) - len(head.lstrip()) + 4)
    first, *others = items or ("",)
    last = len(others) - 1
    ended = [f"{o}{end if n == last else ','}" for n, o in enumerate(others)]
    begin = f"{first}," if others else f"{first}{end}"
    joined = f"{', '.join(items)}{end}"
    if not items:
        return [(f"{head}{end}",)] * 4
    return [
        (f"{head}{joined}",),
        (f"{head}{begin}", *(f"{before}{line}" for line in ended)),
        (head, f"{inner}{joined}"),
        (head, f"{inner}{begin}", *(f"{inner}{line}" for line in ended)),
    ]
