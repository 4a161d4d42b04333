"""Breaks lines of files that register fallbacks where clang-format would, as PyTorch has it.

As `codegen.format_cpp`, for the few shapes in them whose width depends on names and texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from codegen.quoting import cpp_string

COLUMN_LIMIT: Final = 80
_BODY: Final = "  "
_CONTINUED: Final = "      "


def literals(text: str) -> tuple[str, ...]:
    """A text as literals, one behind the other, that end where words do."""
    widest = COLUMN_LIMIT - len(f"{_CONTINUED});")
    found: list[str] = []
    for word in re.findall(r"\S*\s*", text)[:-1] or [text]:
        longer = f"{found[-1]}{word}" if found else ""
        if found and len(cpp_string(longer)) <= widest:
            found[-1] = longer
        else:
            found.append(word)
    return tuple(map(cpp_string, found))


def raised(macro: str, arguments: Sequence[Sequence[str]]) -> str:
    """A statement that raises; an argument of several literals has a line for each."""
    if all(len(lines) == 1 for lines in arguments):
        return called(macro, tuple(line for (line,) in arguments))
    lines = [f"{_CONTINUED}{line}" for argument in arguments for line in argument]
    ends = [
        ",\n" if n + 1 == len(a) else "\n" for a in arguments for n in range(len(a))
    ]
    ends[-1] = ");"
    return f"{macro}(\n" + "".join(map("".join, zip(lines, ends, strict=True)))


def called(function: str, arguments: Sequence[str]) -> str:
    """A statement that calls a function, in the body of another one."""
    joined = ", ".join(arguments)
    line = f"{function}({joined});"
    if len(f"{_BODY}{line}") <= COLUMN_LIMIT:
        return line
    if len(f"{_CONTINUED}{joined});") <= COLUMN_LIMIT:
        return f"{function}(\n{_CONTINUED}{joined});"
    *others, last = arguments
    lines = [_scoped(f"{other},") for other in others] + [_scoped(f"{last});")]
    return "\n".join((f"{function}(", *lines))


def registered(maker: str) -> str:
    """The statement that registers what an expression makes."""
    head, joint, function = maker.partition("<")
    if len(f"{_BODY}m.fallback({maker});") <= COLUMN_LIMIT:
        return f"m.fallback({maker});"
    if not joint or len(f"{_CONTINUED}{maker});") <= COLUMN_LIMIT:
        return f"m.fallback(\n{_CONTINUED}{maker});"
    below = _scoped(f"{function});", _CONTINUED + "    ")
    return f"m.fallback(\n{_CONTINUED}{head}<\n{below}"


def returned_maker(maker: str) -> str:
    """The statement that returns what an expression makes."""
    head, joint, function = maker.partition("<")
    line = f"return {maker};"
    if not joint or len(f"{_BODY}{line}") <= COLUMN_LIMIT:
        return line
    return f"return {head}<\n{_scoped(f'{function};')}"


def maker_head(name: str) -> str:
    """The first line of a function that makes what is registered."""
    line = f"torch::CppFunction {name}() {{"
    # To break it here costs as much as two characters beyond the limit.
    return line if len(line) <= COLUMN_LIMIT + 2 else line.replace(" ", "\n", 1)


def library_head(key: str) -> str:
    """The first line of what is registered for a key."""
    line = f"TORCH_LIBRARY_IMPL(_, {key}, m) {{"
    if len(line) <= COLUMN_LIMIT:
        return line
    return f"TORCH_LIBRARY_IMPL(\n    _,\n    {key},\n    m) {{"


def broken_directive(line: str) -> str:
    """A preprocessor directive, broken after `||` and `&&`."""
    first, *others = re.split(r"(?<=\|\||&&) ", re.sub(r" \\\n *", " ", line))
    lines = [first]
    for number, other in enumerate(others, 1):
        end = "" if number == len(others) else " \\"
        if len(f"{lines[-1]} {other}{end}") <= COLUMN_LIMIT:
            lines[-1] += f" {other}"
        else:
            lines.append(f"    {other}")
    return " \\\n".join(lines)


def _scoped(text: str, indent: str = _CONTINUED) -> str:
    """A part on a line of its own, broken after its last `::` if it is too wide."""
    scope, joint, name = text.rpartition("::")
    if not joint or len(f"{indent}{text}") <= COLUMN_LIMIT:
        return f"{indent}{text}"
    return f"{indent}{scope}::\n{indent}    {name}"
