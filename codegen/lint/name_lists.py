"""Findings about lists of names that are kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.diagnostics import Diagnostic, Related
from codegen.model import Model, NameList


def lacking_names(model: Model) -> Iterator[Diagnostic]:
    """DG310: a name that is declared and stands in no place of a list."""
    for listed in model.name_lists.values():
        for name in missing_names(listed):
            place = model.backends.get(name) or model.keys[name]
            yield Diagnostic(
                "DG310",
                f"`{name}` is declared, but `{listed.name}` lacks it",
                listed.span,
                help="add it to the list, or allow it here with the reason: "
                f"`# allow DG310 ({name}): ...`",
                related=(Related(f"`{name}` is declared here", place.span),),
                subject=name,
            )


def unknown_names(model: Model) -> Iterator[Diagnostic]:
    """DG311: a name that stands in a list and is not declared."""
    for listed in model.name_lists.values():
        for name, span, close in listed.unknown:
            other = other_kind(model, name)
            yield Diagnostic(
                "DG311",
                f"`{listed.name}` holds `{name}`, which is {other or 'not declared'}",
                span,
                help=close
                or ("take it" if other else "declare it, or take it")
                + " from the list",
                subject=name,
            )


def missing_names(listed: NameList) -> tuple[str, ...]:
    """What a list should hold and does not, in the order of declaration."""
    return tuple(name for name in listed.expected if name not in listed.names)


def other_kind(model: Model, name: str) -> str | None:
    """What a name is that is declared, but not as what the list names."""
    if name in model.keys:
        return "a key and not a backend"
    return "a backend and not a key" if name in model.backends else None
