"""What differs between build variants of a C++ project: a preprocessor directive each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from codegen.format_cpp import condition, directive
from codegen.model import Model

T = TypeVar("T")


def choices(
    model: Model, by_variant: Mapping[str, T], plain: T
) -> Iterator[tuple[str, T]]:
    """What holds in which build variant, with preprocessor directives.

    A variant comes before those that it includes. A project that was generated for one
    variant has no others.

    Args:
        model: the dispatcher.
        by_variant: what holds in a variant, where it differs there.
        plain: what holds in the plain build, which comes last.
    """
    found = _differing(model, by_variant, plain)
    for number, (macros, value) in enumerate(found):
        yield directive("#elif" if number else "#if", macros), value
    yield "#else" if found else "", plain


def only_in(model: Model, by_variant: Mapping[str, bool], *, plain: bool) -> str:
    """The directive before what only some build variants have, "" if all of them do.

    Args:
        model: the dispatcher.
        by_variant: whether a variant has it, where that is not as in the plain build.
        plain: whether the plain build has it; if not, some variant does.
    """
    terms: list[str] = []
    operator = ""
    for macros, has_it in reversed(_differing(model, by_variant, plain)):
        # What holds in later variants, or in the plain build, holds without these macros.
        later = [f"({f' {operator} '.join(terms)})"] if len(terms) > 1 else terms
        operator = "||" if has_it else "&&"
        terms = [f"{'' if has_it else '!'}defined({macro})" for macro in macros]
        terms += later
    return condition("#if", terms, operator) if terms else ""


def _differing(
    model: Model, by_variant: Mapping[str, T], plain: T
) -> list[tuple[list[str], T]]:
    """The macros of build variants, and what holds where one of them is the first defined.

    What remains after all of them is the plain build.
    """
    found: list[tuple[list[str], T]] = []
    for variant in () if model.variant else model.variants.values():
        value = by_variant.get(variant.name, plain)
        if found and found[-1][1] == value:
            found[-1][0].append(variant.macro)
        else:
            found.append(([variant.macro], value))
    if found and found[-1][1] == plain:
        found.pop()
    return found
