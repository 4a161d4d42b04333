"""Breaks lines of C++ where clang-format would, in the style of PyTorch's source tree.

As `codegen.format_cpp` does for the style of this project. A constant whose expression has
a shape that is not known here stands between `clang-format off` and `on`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codegen.format_cpp import comment

COLUMN_LIMIT: Final = 80
_CONTINUED: Final = 4


@dataclass(frozen=True, slots=True)
class KeyList:
    """A set of several members, a line for each."""

    members: tuple[str, ...]

    def flat(self) -> str:
        return f"DispatchKeySet({{{', '.join(self.members)}}})"


@dataclass(frozen=True, slots=True)
class Calls:
    """A set, and methods that are called on it one after the other."""

    operand: SetText
    calls: tuple[str, ...]

    def flat(self) -> str:
        return f"{grouped(self.operand)}{''.join(self.calls)}"


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands with the same operator between them."""

    operator: str
    operands: tuple[SetText, ...]

    def flat(self) -> str:
        return f" {self.operator} ".join(map(grouped, self.operands))


SetText = str | KeyList | Calls | Chain
"""An expression of sets, as it is spelt; a text is a name or a call."""


def flat(text: SetText) -> str:
    """The expression on one line."""
    return text if isinstance(text, str) else text.flat()


def grouped(text: SetText) -> str:
    """The same as an operand: in parentheses, if it has an operator itself."""
    return f"({text.flat()})" if isinstance(text, Chain) else flat(text)


def set_constant(head: str, value: SetText, indent: int = 0) -> str:
    """`head = value;` where the head is a type and a name."""
    room = COLUMN_LIMIT - indent
    inner = indent + _CONTINUED
    one_line = None if _is_listed(value) else flat(value)
    if one_line is not None:
        if len(f"{head} = {one_line};") <= room:
            return f"{head} = {one_line};"
        if len(f"{head} =") <= room and inner + len(f"{one_line};") <= COLUMN_LIMIT:
            return f"{head} =\n{' ' * inner}{one_line};"
    begin = f"{head} = "
    lines = _lines(value, indent + len(begin), inner)
    if lines is not None:
        return f"{begin}{lines};"
    if len(f"{head} =") <= room:
        deeper = inner + _CONTINUED if isinstance(value, KeyList) else inner
        lines = _lines(value, inner, deeper)
    if lines is not None:
        return f"{head} =\n{' ' * inner}{lines};"
    margin = " " * indent
    text = f"{begin}{flat(value)};"
    return f"// clang-format off\n{margin}{text}\n{margin}// clang-format on"


def returned_set(value: SetText, indent: int) -> str:
    """`return value;`."""
    head = "return "
    if not _is_listed(value):
        line = f"{head}{flat(value)};"
        if indent + len(line) <= COLUMN_LIMIT:
            return line
    lines = _lines(value, indent + len(head), indent + _CONTINUED)
    if lines is not None:
        return f"{head}{lines};"
    margin = " " * indent
    text = f"{head}{flat(value)};"
    return f"// clang-format off\n{margin}{text}\n{margin}// clang-format on"


def _is_listed(value: SetText) -> bool:
    """Whether it has a line for each of several members."""
    if isinstance(value, Chain):
        return any(isinstance(operand, KeyList) for operand in value.operands)
    return isinstance(value, KeyList)


def _lines(value: SetText, at: int, inner: int) -> str | None:
    """An expression that begins in a column; None if that is no place for it.

    Args:
        value: what does not fit on one line.
        at: the column of its first character.
        inner: the column of the lines that continue it.
    """
    if isinstance(value, KeyList):
        return _listed(value, at, inner - _CONTINUED)
    if isinstance(value, Calls):
        return _called(value, at)
    if isinstance(value, Chain):
        return _filled(value, at, inner)
    return None


def _listed(value: KeyList, at: int, margin: int) -> str | None:
    opening = "DispatchKeySet({"
    rows = [f"{' ' * (margin + _CONTINUED)}{member}," for member in value.members]
    if at + len(opening) > COLUMN_LIMIT or any(len(r) > COLUMN_LIMIT for r in rows):
        return None
    return "\n".join((opening, *rows, f"{' ' * margin}}})"))


def _called(value: Calls, at: int) -> str | None:
    first = grouped(value.operand)
    rows = [f"{' ' * (at + _CONTINUED)}{call}" for call in value.calls]
    widest = max(map(len, (f"{' ' * at}{first}", *rows)))
    if widest >= COLUMN_LIMIT or not isinstance(value.operand, Chain):
        return None
    return "\n".join((first, *rows))


def _filled(value: Chain, at: int, inner: int, tail: str = ";") -> str | None:
    """As many operands on a line as fit; a list stands last, on lines of its own."""
    *before, last = value.operands
    if any(isinstance(operand, KeyList) for operand in before):
        return None
    text, column = "", at
    for number, operand in enumerate(before):
        piece = f"{grouped(operand)} {value.operator}"
        if number and column + len(f" {piece}") <= COLUMN_LIMIT:
            piece = f" {piece}"
        elif number:
            text, column = f"{text}\n{' ' * inner}", inner
        if column + len(piece) > COLUMN_LIMIT:
            return None
        text, column = f"{text}{piece}", column + len(piece)
    if isinstance(last, KeyList):
        listed = _listed(last, inner, inner)
        return None if listed is None else f"{text}\n{' ' * inner}{listed}"
    if column + len(f" {grouped(last)}{tail}") <= COLUMN_LIMIT:
        return f"{text} {grouped(last)}"
    if inner + len(f"{grouped(last)}{tail}") <= COLUMN_LIMIT:
        return f"{text}\n{' ' * inner}{grouped(last)}"
    if not isinstance(last, Chain) or not _is_flat(last):
        return None
    nested = _filled(last, inner + 1, inner + 1, tail=f"){tail}")
    return None if nested is None else f"{text}\n{' ' * inner}({nested})"


def _is_flat(value: Chain) -> bool:
    """Whether its operands have no operators themselves."""
    return all(isinstance(operand, str) for operand in value.operands)


def macro_definition(head: str, rows: Sequence[str]) -> str:
    """`#define head` with a row on each line."""
    one_line = f"#define {head} {' '.join(rows)}"
    if len(rows) == 1 and len(one_line) <= COLUMN_LIMIT:
        return one_line
    lines = [f"#define {head}", *(f"  {row}" for row in rows)]
    width = max(map(len, lines[:-1]), default=0)
    return "\n".join((*(f"{line:<{width}} \\" for line in lines[:-1]), lines[-1]))


def macro_call(head: str, argument: str, indent: int) -> str:
    """`head(argument);`."""
    line = f"{head}({argument});"
    if indent + len(line) <= COLUMN_LIMIT:
        return line
    return f"{head}(\n{' ' * (indent + _CONTINUED)}{argument});"


def prototype(returns: str, name: str, parameter: str) -> str:
    """The declaration of an exported function with one parameter."""
    line = f"C10_API {returns} {name}({parameter});"
    if len(line) <= COLUMN_LIMIT:
        return line
    if returns == "bool":
        return f"C10_API {returns} {name}(\n    {parameter});"
    # clang-format cannot tell whether the macro or the next word is the type.
    return f"C10_API {returns}\n{name}({parameter});"


def function_start(returns: str, name: str, parameter: str) -> str:
    """The first line of the definition of a function with one parameter."""
    line = f"{returns} {name}({parameter}) {{"
    if len(line) <= COLUMN_LIMIT:
        return line
    return f"{returns} {name}(\n    {parameter}) {{"


def returned_key(member: str, indent: int) -> str:
    """`return member;`."""
    line = f"return {member};"
    if indent + len(line) <= COLUMN_LIMIT:
        return line
    scope, _, name = member.rpartition("::")
    return f"return {scope}::\n{' ' * (indent + _CONTINUED)}{name};"


def second_name(name: str, value: str) -> str:
    """`name = value,` in an enum."""
    line = f"  {name} = {value},"
    return line[2:] if len(line) <= COLUMN_LIMIT else f"{name} =\n      {value},"


def case_key(member: str, indent: int) -> str:
    """`case member:` of a switch."""
    line = f"case {member}:"
    if indent + len(line) <= COLUMN_LIMIT:
        return line
    scope, _, name = member.rpartition("::")
    return f"case {scope}::\n{' ' * (indent + _CONTINUED)}{name}:"


def note(text: str) -> list[str]:
    """A text as lines of a comment."""
    return comment(text, mark="//", limit=COLUMN_LIMIT)
