"""Findings about names that a C++ compiler would not take."""

from __future__ import annotations

from collections.abc import Iterator

from codegen import names
from codegen.diagnostics import Diagnostic
from codegen.model import Model
from codegen.source import Span


def reserved_names(model: Model) -> Iterator[Diagnostic]:
    """DG303: once for each declaration that makes such a name."""
    seen: set[Span] = set()
    for name, span in _names(model):
        problem = names.cpp_problem(name)
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
