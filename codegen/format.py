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


def stub(name: str, parameters: Sequence[str], returned: str, indent: int = 0) -> str:
    """A function without a body, as a stub has it.

    Black breaks it at the first bracket that holds anything. A parameter that is longer than
    a line stays whole.
    """
    line = f"def {name}({', '.join(parameters)}) -> {returned}: ..."
    if indent + len(line) <= LINE_LENGTH:
        return line
    outer = " " * indent
    if not parameters:
        return (
            f"def {name}() -> {_result(returned, f'{outer}def {name}() -> ', indent)}"
        )
    tail = f" -> {returned}: ..."
    if not _fits(f"{outer}){tail}"):
        tail = f" -> {_subscript(returned, indent)}: ..."
    if len(parameters) == 1 and "," not in parameters[0]:
        parameters = (f"{parameters[0]},",)
    elif ",\n" in tail:
        # A line for each result is break enough, if that does.
        whole = f"def {name}({', '.join(parameters)}){tail}"
        if _fits(outer + whole.partition("\n")[0]):
            return whole
    inner = _inner_lines(parameters, indent)
    return f"def {name}(\n{inner}{outer}){tail}"


def _result(returned: str, before: str, indent: int) -> str:
    """What a function without parameters returns, where that does not fit in one line."""
    inner, outer = " " * (indent + _STEP), " " * indent
    wrapped = returned
    if not _fits(f"{inner}{returned}"):
        wrapped = _subscript(returned, indent + _STEP)
        head = f"{before}{wrapped}".partition("\n")[0]
        if ",\n" in wrapped and (_fits(head) or not _fits(f"{before}(")):
            # Each item has a line of its own in any case.
            return f"{_listed(returned, indent)}: ..."
    return f"(\n{inner}{wrapped}\n{outer}): ..."


def _listed(text: str, indent: int) -> str:
    """`name[items]` with a line for each item."""
    inner = " " * (indent + _STEP)
    name, _, items = text.removesuffix("]").partition("[")
    lines = "".join(f"{inner}{item},\n" for item in items.split(", "))
    return f"{name}[\n{lines}{' ' * indent}]"


def _subscript(text: str, indent: int) -> str:
    """`name[items]` with the items on lines of their own, if there are any."""
    name, bracket, items = text.removesuffix("]").partition("[")
    if not bracket:
        return text
    # No item has a comma of its own.
    return f"{name}[\n{_inner_lines(items.split(', '), indent)}{' ' * indent}]"


def _inner_lines(items: Sequence[str], indent: int) -> str:
    """What stands between brackets: all items in one line, or a line for each."""
    inner = " " * (indent + _STEP)
    line = f"{inner}{', '.join(items)}"
    if _fits(line) or len(items) == 1:
        return f"{line}\n"
    return "".join(f"{inner}{item},\n" for item in items)


def declared(name: str, kind: str) -> str:
    """`name: kind`, as `assign`."""
    line, inner = f"{name}: {kind}", f"{' ' * _STEP}{kind}"
    return line if _fits(line) or not _fits(inner) else f"{name}: (\n{inner}\n)"


def reexport(module: str, name: str) -> str:
    """`from module import name as name`, in parentheses if it is long."""
    line = f"from {module} import {name} as {name}"
    if _fits(line):
        return line
    return f"from {module} import (\n{' ' * _STEP}{name} as {name},\n)"


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
