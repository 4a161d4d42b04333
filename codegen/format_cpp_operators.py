"""Breaks lines of operators and their kernels where clang-format would.

As `codegen.format_cpp`, for the shapes of operators. What would have to be broken within a
name, or in more ways than are known here, keeps one line each, and clang-format is told so.
"""

from __future__ import annotations

from collections.abc import Sequence

from codegen.format_cpp import COLUMN_LIMIT

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


def kernel_row(items: Sequence[str], indent: int) -> str:
    """`{key, name, function},` in a braced list."""
    lines = [
        f"{{{items[0]},",
        *(f" {item}," for item in items[1:-1]),
        f" {items[-1]}}},",
    ]
    return _indented(indent, (f"{{{', '.join(items)}}},",), lines)


def prototype(returns: str, name: str, parameters: Sequence[str]) -> str:
    """The declaration of a kernel, with a line for each parameter if one does not do."""
    head = f"{returns} {name}("
    before = " " * len(head)
    aligned = [f"{before}{p}," for p in parameters[:-1]]
    aligned += [f"{before}{p});" for p in parameters[-1:]]
    return first_fit(
        (f"{head}{', '.join(parameters)});",),
        (head + "".join(aligned[:1]).lstrip(), *aligned[1:]),
        (
            head,
            *(f"    {p}," for p in parameters[:-1]),
            f"    {''.join(parameters[-1:])});",
        ),
    )


def registered(operator: str, function: str, name: str) -> str:
    """A statement that registers a kernel in a library `m`."""
    head = f"m.impl<{operator}, {function}>("
    return _indented(
        2,
        (f"{head}{name});",),
        (head, f"    {name});"),
        (f"m.impl<{operator},", f"       {function}>({name});"),
        (f"m.impl<{operator},", f"       {function}>(", f"    {name});"),
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


def attached(struct: str) -> str:
    """`struct::attach(),` in a braced list."""
    return _indented(4, (f"{struct}::attach(),",))


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
