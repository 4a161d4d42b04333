"""Breaks lines where black would, so that generated files never have to go through it.

Black decides by width alone for the few shapes that templates print; these functions
make the same decisions. Everything else in a template is of a shape that black leaves as
it is: one item a line with a trailing comma. The tests run black over every output.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Final

LINE_LENGTH: Final = 88
_STEP: Final = 4


def assign(target: str, value: str, indent: int = 0) -> str:
    """`target = value` where the value is a name, a number or an attribute.

    Black puts a value that makes the line too long in parentheses, but a name only if
    that helps.
    """
    line = f"{target} = {value}"
    hopeless = "." not in value and indent + _STEP + len(value) > LINE_LENGTH
    if indent + len(line) <= LINE_LENGTH or hopeless:
        return line
    inner, outer = " " * (indent + _STEP), " " * indent
    return f"{target} = (\n{inner}{value}\n{outer})"


def call(head: str, arguments: Sequence[str], tail: str, indent: int = 0) -> str:
    """`head(arguments)tail` on one line, on three, or with a line for each argument."""
    joined = ", ".join(arguments)
    line = f"{head}({joined}){tail}"
    if indent + len(line) <= LINE_LENGTH or not arguments:
        return line
    inner, outer = " " * (indent + _STEP), " " * indent
    if len(inner) + len(joined) <= LINE_LENGTH or len(arguments) == 1:
        return f"{head}(\n{inner}{joined}\n{outer}){tail}"
    lines = "".join(f"{inner}{argument},\n" for argument in arguments)
    return f"{head}(\n{lines}{outer}){tail}"


def block(head: str, items: Sequence[str], tail: str, indent: int = 0) -> str:
    """`head`, a line for each item, `tail`; all on one line if there are no items.

    The head must not open a tuple: black joins a tuple of one item again.
    """
    if not items:
        return f"{head}{tail}"
    inner, outer = " " * (indent + _STEP), " " * indent
    lines = "".join(f"{inner}{item},\n" for item in items)
    return f"{head}\n{lines}{outer}{tail}"


def assign_block(target: str, head: str, items: Sequence[str], tail: str) -> str:
    """`target = head`, then as `block`.

    Where the head does not fit, black puts the value in parentheses if every line fits
    then, or if there are no items.
    """
    value = block(head, items, tail)
    wrapped = f"{target} = (\n{' ' * _STEP}{block(head, items, tail, _STEP)}\n)"
    if _fits(f"{target} = {value}".partition("\n")[0]):
        return f"{target} = {value}"
    if not items or _fits(wrapped):
        return wrapped
    return f"{target} = {value}"


def assign_typed(target: str, value: str) -> str:
    """`target = value` where the target has a type; black has no good place to break it."""
    line = f"{target} = {value}"
    return line if _fits(line) else f"{line}  # fmt: skip"


def returned(value: str, indent: int = 0) -> str:
    """`return value` where the value is a name or an attribute.

    Black puts a long one in parentheses, but a name only if that helps.
    """
    line = f"{' ' * indent}return {value}"
    inner, outer = " " * (indent + _STEP), " " * indent
    if _fits(line) or ("." not in value and not _fits(f"{inner}{value}")):
        return f"return {value}"
    return f"return (\n{inner}{value}\n{outer})"


def _fits(text: str) -> bool:
    return all(len(line) <= LINE_LENGTH for line in text.splitlines())


_DIRECTIVE: Final = re.compile(
    r"\b(flake8|fmt|isort|mypy|pylint|pyright|ruff|type|yapf):", re.IGNORECASE
)


def comment(text: str, indent: int = 0) -> list[str]:
    """A text as comment lines that fit, none of which tells a tool what to do."""
    width = LINE_LENGTH - indent - 2
    text = _DIRECTIVE.sub(r"\1 :", text).replace("\0", "\\0")
    return [f"# {line}" for line in textwrap.wrap(text, width, break_long_words=False)]
