"""Breaks lines of C++ where clang-format would, in the style of the support headers.

As `codegen.format` does for black: these functions make clang-format's decisions for the
few shapes whose width depends on what is declared. Everything else in a template is of a
shape that clang-format leaves as it is. The tests run clang-format over every output.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

COLUMN_LIMIT: Final = 88
_CONTINUED: Final = 4


def enumerator(name: str, value: str) -> str:
    """`name = value,` in an enum."""
    return _assigned(f"{name} =", f"{value},", 2)


def field(name: str, value: str, indent: int) -> str:
    """`.name = value,` in a braced list."""
    return _assigned(f".{name} =", f"{value},", indent)


def fields(rows: Iterable[tuple[str, str]], indent: int) -> str:
    """Lines of `.name = value,` in a braced list."""
    before = " " * indent
    return "\n".join(f"{before}{field(*row, indent)}" for row in rows)


def field_blocks(blocks: Iterable[tuple[tuple[str, str], ...]], indent: int) -> str:
    """`{.name = value, ...},` for each item of a list, with a line for each field."""
    return "\n".join(_field_block(block, indent) for block in blocks)


# Most are like one of another operator.
@lru_cache(maxsize=10_000)
def _field_block(block: tuple[tuple[str, str], ...], indent: int) -> str:
    before = " " * indent
    return f"{before}{{\n{fields(block, indent + _CONTINUED)}\n{before}}},"


def field_of(name: str, function: str, argument: str, indent: int) -> str:
    """`.name = function(argument),` in a braced list."""
    line = f".{name} = {function}({argument}),"
    if indent + len(line) <= COLUMN_LIMIT:
        return line
    inner = indent + _CONTINUED
    if inner + len(f"{function}({argument}),") <= COLUMN_LIMIT:
        return f".{name} =\n{' ' * inner}{function}({argument}),"
    shown = _scoped(f"{argument}),", inner, inner + _CONTINUED)
    return f".{name} = {function}(\n{' ' * inner}{shown}"


def set_field(name: str, members: Sequence[str], indent: int) -> str:
    """`.name = keySet({...}),` in a braced list, with a line for each member."""
    return f".{name} = {_key_set(members, indent)},"


def key_set(name: str, members: Sequence[str], indent: int = 0) -> str:
    """The definition of a constant, with a line for each member of the set."""
    linkage = "inline constexpr" if indent == 0 else "constexpr"
    head = f"{linkage} DispatchKeySet"
    opening = "keySet({" if members else "keySet({});"
    room = COLUMN_LIMIT - indent
    outer = " " * indent
    if len(f"{head} {name} = {opening}") <= room:
        return f"{head} {name} = {_key_set(members, indent)};"
    inner = indent + _CONTINUED
    if len(f"{head} {name} =") <= room:
        return f"{head} {name} =\n{' ' * inner}{_key_set(members, inner)};"
    begin = f"{head}\n{outer}    {name} ="
    if len(f"    {name} = {opening}") <= room:
        return f"{begin} {_key_set(members, inner)};"
    inner += _CONTINUED
    return f"{begin}\n{' ' * inner}{_key_set(members, inner)};"


def returned_set(members: Sequence[str], indent: int) -> str:
    """`return keySet({...});` with a line for each member."""
    return f"return {_key_set(members, indent)};"


def returned(value: str, indent: int) -> str:
    """`return value;`."""
    return (
        f"return {_scoped(f'{value};', indent + len('return '), indent + _CONTINUED)}"
    )


def array(name: str, element: str, items: Sequence[str], indent: int) -> str:
    """The definition of an array member, with a line for each item."""
    if not items:
        return f"static constexpr std::array<{element}, 0> {name}{{}};"
    inner, outer = " " * (indent + _CONTINUED), " " * indent
    head = f"static constexpr auto {name} = std::to_array<{element}>({{"
    lines = (_scoped(f"{item},", len(inner), len(inner) + _CONTINUED) for item in items)
    return "\n".join((head, *(f"{inner}{line}" for line in lines), f"{outer}}});"))


def pair(first: str, second: str, indent: int) -> str:
    """`{first, second},` in a braced list."""
    line = f"{{{first}, {second}}},"
    if indent + len(line) <= COLUMN_LIMIT:
        return line
    inner = indent + 1
    begin = _scoped(f"{first},", inner, inner + _CONTINUED)
    return f"{{{begin}\n{' ' * inner}{second}}},"


def function_head(returns: str, name: str, parameter: str) -> str:
    """The first line of a function with one parameter."""
    head = f"constexpr {returns} {name}("
    if len(f"{head}{parameter}) {{") <= COLUMN_LIMIT:
        return f"{head}{parameter}) {{"
    if len(head) <= COLUMN_LIMIT:
        return f"{head}\n    {parameter}) {{"
    if len(f"{name}({parameter}) {{") <= COLUMN_LIMIT:
        return f"constexpr {returns}\n{name}({parameter}) {{"
    return f"constexpr {returns}\n{name}(\n    {parameter}) {{"


def case(member: str, indent: int) -> str:
    """`case member:` of a switch."""
    return f"case {_scoped(f'{member}:', indent + len('case '), indent + _CONTINUED)}"


def item(text: str, indent: int) -> str:
    """`text,` in a braced list."""
    return _scoped(f"{text},", indent, indent + _CONTINUED)


def tls_change(name: str, sets: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The definition of a `TlsChange`, with a line for each field."""
    head, opening = "inline constexpr TlsChange", "{" if sets else "{};"
    indent = 0
    if len(f"{head} {name}{opening}") > COLUMN_LIMIT:
        head, indent = f"{head}\n   ", _CONTINUED
    if not sets:
        return f"{head} {name}{{}};"
    inner = indent + _CONTINUED
    lines = "".join(f"{' ' * inner}{set_field(*field, inner)}\n" for field in sets)
    return f"{head} {name}{{\n{lines}}};"


def using(name: str, value: str) -> str:
    """`using name = value;`."""
    return _assigned(f"using {name} =", f"{value};", 0)


def _key_set(members: Sequence[str], indent: int) -> str:
    if not members:
        return "keySet({})"
    inner, outer = " " * (indent + _CONTINUED), " " * indent
    lines = (_scoped(f"{m},", len(inner), len(inner) + _CONTINUED) for m in members)
    return "\n".join(("keySet({", *(f"{inner}{line}" for line in lines), f"{outer}}})"))


def _assigned(head: str, value: str, indent: int) -> str:
    inner = indent + _CONTINUED
    gains = inner < indent + len(f"{head} ")
    if indent + len(f"{head} {value}") <= COLUMN_LIMIT or not gains:
        return f"{head} {value}"
    if inner + len(value) <= COLUMN_LIMIT or "::" not in value:
        return f"{head}\n{' ' * inner}{value}"
    return f"{head} {_scoped(value, COLUMN_LIMIT, inner)}"


def _scoped(text: str, at: int, indent: int) -> str:
    """A name behind its scope, from a column on; broken after `::` if it is too wide."""
    scope, joint, name = text.rpartition("::")
    if at + len(text) <= COLUMN_LIMIT or not joint:
        return text
    return f"{scope}::\n{' ' * indent}{name}"


def directive(word: str, macros: Sequence[str]) -> str:
    """`#if` or `#elif` and the macros, any of which is enough."""
    return condition(word, [f"defined({macro})" for macro in macros], "||")


def condition(word: str, terms: Sequence[str], operator: str) -> str:
    """`#if` or `#elif` and what is asked, with `||` or `&&` between."""
    first, *others = terms
    lines = [f"{word} {first}"]
    for other in others:
        if len(f"{lines[-1]} {operator} {other}") <= COLUMN_LIMIT - len(" || \\"):
            lines[-1] += f" {operator} {other}"
        else:
            lines[-1] += f" {operator} \\"
            lines.append(f"    {other}")
    return "\n".join(lines)


def comment(
    text: str, indent: int = 0, mark: str = "///", limit: int = COLUMN_LIMIT
) -> list[str]:
    """A text as lines of a documentation comment, none of which goes on by itself."""
    shown = " ".join(text.split())
    if not shown.isprintable():
        shown = "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in shown)
    width = limit - indent - len(f"{mark} ")
    if len(shown) <= width:
        lines = [shown] if shown else []
    else:
        lines = _wrapped(shown, width)
    return [f"{mark} {_not_continued(line)}" for line in lines]


def _wrapped(text: str, width: int) -> list[str]:
    """A text of words with one space between them, as lines of words."""
    lines: list[str] = []
    while len(text) > width:
        # The space before the first word that has no room; a long word keeps its line.
        end = text.rfind(" ", 0, width + 1)
        if end < 0 and (end := text.find(" ")) < 0:
            break
        lines.append(text[:end])
        text = text[end + 1 :]
    return [*lines, text]


def _not_continued(line: str) -> str:
    """A line that does not end with a backslash, which would join the next one to it."""
    return f"{line[:-1]}&#92;" if line.endswith("\\") else line
