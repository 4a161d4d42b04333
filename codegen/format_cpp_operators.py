"""Breaks lines of operators and their kernels where clang-format would.

As `codegen.format_cpp`, for the shapes of operators. What would have to be broken within a
name, or in more ways than are known here, keeps one line each, and clang-format is told so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from codegen.format_cpp import COLUMN_LIMIT

# Of so many parameters, clang-format would rather have all on one line below.
_MANY: Final = 5
_OFF = "// clang-format off"
_ON = "// clang-format on"


def struct_head(name: str, returns: str, parameters: Sequence[str]) -> str:
    """The first lines of an operator's struct.

    Where two lines do not do, comments make clang-format break in the one way that does
    not depend on what is near.
    """
    head = f"struct {name}"
    base = f": Operator<{name}, {returns}({', '.join(parameters)})> {{"
    return first_fit(
        (f"{head} {base}",),
        (head, f"    {base}"),
        (f"{head}  //", f"    : Operator<{name},", *_signature(returns, parameters)),
        inside="  ",
    )


def _signature(returns: str, parameters: Sequence[str]) -> list[str]:
    """The type of an operator, with a line for each parameter."""
    before = " " * len("    : Operator<")
    if not parameters:
        return [f"{before}{returns}()> {{"]
    first = [f"{before}    {parameter}," for parameter in parameters[:-1]]
    return [f"{before}{returns}(  //", *first, f"{before}    {parameters[-1]})> {{"]


def kernel_rows(rows: Iterable[Sequence[str]], indent: int) -> str:
    """Lines of `{key, name, function},` in a braced list."""
    return "\n".join(_kernel_row(items, indent) for items in rows)


def _kernel_row(items: Sequence[str], indent: int) -> str:
    lines = [
        f"{{{items[0]},",
        *(f" {item}," for item in items[1:-1]),
        f" {items[-1]}}},",
    ]
    return first_fit(
        (f"{' ' * indent}{{{', '.join(items)}}},",),
        [f"{' ' * indent}{line}" for line in lines],
    )


def prototype_lines(rows: Iterable[tuple[str, str, Sequence[str]]]) -> str:
    """Declarations of kernels, each with a line for each parameter if one does not do.

    Args:
        rows: what each returns, its name and its parameters.
    """
    return "\n".join(_prototype(*row) for row in rows)


def _prototype(returns: str, name: str, parameters: Sequence[str]) -> str:
    line = f"{returns} {name}({', '.join(parameters)});"
    if len(line) <= COLUMN_LIMIT:
        return line
    head = f"{returns} {name}("
    before = " " * len(head)
    aligned = [f"{before}{p}," for p in parameters[:-1]]
    aligned += [f"{before}{p});" for p in parameters[-1:]]
    together = head, f"    {', '.join(parameters)});"
    below = head + "".join(aligned[:1]).lstrip(), *aligned[1:]
    each = (
        head,
        *(f"    {p}," for p in parameters[:-1]),
        f"    {''.join(parameters[-1:])});",
    )
    if len(parameters) < _MANY:
        return first_fit((line,), below, together, each)
    return first_fit((line,), together, below, each)


def registered(rows: Iterable[tuple[str, str, str]]) -> str:
    """Statements that register kernels in a library `m`.

    Args:
        rows: operator, function and name of each.
    """
    return "\n".join(_registered(*row) for row in rows)


def _registered(operator: str, function: str, name: str) -> str:
    line = f"  m.impl<{operator}, {function}>({name});"
    if len(line) <= COLUMN_LIMIT:
        return line
    return first_fit(
        (line,),
        (f"  m.impl<{operator}, {function}>(", f"      {name});"),
        (f"  m.impl<{operator},", f"         {function}>({name});"),
        (f"  m.impl<{operator},", f"         {function}>(", f"      {name});"),
    )


def fallback(function: str) -> str:
    """A statement that registers a fallback in a library `m`."""
    made = f"CppFunction::makeFromBoxedFunction<{function}>());"
    return _indented(2, (f"m.fallback({made}",), ("m.fallback(", f"    {made}"))


def constant(type: str, name: str, value: str, indent: int) -> str:
    """The definition of a constant member."""
    head = f"static constexpr {type} {name} ="
    return _indented(indent, (f"{head} {value};",), (head, f"    {value};"))


def checked(value: str, expected: str) -> str:
    """A static assertion."""
    return first_fit(
        (f"static_assert({value} == {expected});",),
        (f"static_assert({value} ==", f"              {expected});"),
    )


def attached(structs: Iterable[str]) -> str:
    """Lines of `struct::attach(),` in a braced list."""
    return "\n".join(first_fit((f"    {one}::attach(),",)) for one in structs)


def library_head(macro: str, namespace: str, key: str) -> str:
    """The first line of the registrations of a namespace for a key."""
    return first_fit((f"{macro}({namespace}, {key}, m) {{",), inside="  ")


def alias(name: str, value: str, indent: int = 0) -> str:
    """`using name = value;`, where a value has no place to break it."""
    head = f"using {name} ="
    return _indented(indent, (f"{head} {value};",), (head, f"    {value};"))


def using_namespace(namespace: str, indent: int) -> str:
    """`using namespace namespace;`."""
    return _indented(indent, (f"using namespace {namespace};",))


def includes(paths: Iterable[str]) -> str:
    """Lines of `#include "path"`."""
    return "\n".join(map(included, paths))


def included(path: str) -> str:
    """`#include "path"`, which is never broken."""
    return f'#include "{path}"'


def _indented(indent: int, *choices: Sequence[str]) -> str:
    before = " " * indent
    shown = (tuple(f"{before}{line}" for line in choice) for choice in choices)
    return first_fit(*shown).removeprefix(before)


def first_fit(*choices: Sequence[str], inside: str | None = None) -> str:
    """The first of several ways to break lines that keeps to the limit.

    Args:
        choices: the lines of each.
        inside: what stands before the lines that follow, if not what is before these.
    """
    for lines in choices:
        if all(len(line) <= COLUMN_LIMIT for line in lines):
            return "\n".join(lines)
    lines = choices[0]
    indent = " " * (len(lines[0]) - len(lines[0].lstrip()))
    after = indent if inside is None else inside
    return "\n".join((f"{indent}{_OFF}", *lines, f"{after}{_ON}"))
