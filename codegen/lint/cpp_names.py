"""Findings about names that a C++ compiler would not take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from codegen.diagnostics import Diagnostic
from codegen.model import Model
from codegen.source import Span

# The keywords of C++20, alternative tokens included (lex.key, lex.digraph).
_KEYWORDS: Final = frozenset("""
    alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t
    char32_t char8_t class co_await co_return co_yield compl concept const const_cast
    consteval constexpr constinit continue decltype default delete do double dynamic_cast
    else enum explicit export extern false float for friend goto if inline int long
    mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected
    public register reinterpret_cast requires return short signed sizeof static
    static_assert static_cast struct switch template this thread_local throw true try
    typedef typeid typename union unsigned using virtual void volatile wchar_t while xor
    xor_eq
    """.split())

# Macros that common headers, or compilers by default, define under such names.
_MACROS: Final = frozenset("""
    assert BIG_ENDIAN BUFSIZ BYTE_ORDER DOMAIN EDOM EOF ERANGE errno FALSE HUGE_VAL I
    INFINITY interface linux LITTLE_ENDIAN major makedev minor NAN NULL offsetof OVERFLOW
    RAND_MAX setjmp SIGABRT SIGINT stderr stdin stdout TRUE unix va_arg va_end va_list
    va_start
    """.split())

_RESERVED: Final = re.compile(r"_[A-Z].*|.*__.*")


def reserved_names(model: Model) -> Iterator[Diagnostic]:
    """DG303: once for each declaration that makes such a name."""
    seen: set[Span] = set()
    for name, span in _names(model):
        problem = _problem(name)
        if problem is None or span in seen or not span.path:
            continue
        seen.add(span)
        yield Diagnostic(
            "DG303",
            f"`{name}` {problem}",
            span,
            help="choose another name if there is to be a C++ dispatcher",
            subject=name,
        )


def _problem(name: str) -> str | None:
    if name in _KEYWORDS:
        return "is a keyword of C++"
    if name in _MACROS:
        return "is a macro in common C and C++ headers"
    if _RESERVED.fullmatch(name):
        return "is reserved in C++: it holds `__`, or begins with `_` and a capital"
    return None


def _names(model: Model) -> Iterator[tuple[str, Span]]:
    for backend in model.backends.values():
        yield backend.name, backend.span
    for key in model.keys.values():
        yield key.name, key.span
    for section in (model.keysets, model.functions, model.guards, model.modes):
        for declared in section.values():
            yield declared.name, declared.span
    for operator in model.operators.values():
        # An overload's name is only ever a part of a C++ name.
        for part in operator.packet.split("::"):
            yield part, operator.span
