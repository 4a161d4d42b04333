"""What differs between build variants of a C++ project: a preprocessor directive each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from codegen.format_cpp import directive
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
    found: list[tuple[list[str], T]] = []
    for variant in () if model.variant else model.variants.values():
        value = by_variant.get(variant.name, plain)
        if found and found[-1][1] == value:
            found[-1][0].append(variant.macro)
        else:
            found.append(([variant.macro], value))
    if found and found[-1][1] == plain:
        found.pop()
    for number, (macros, value) in enumerate(found):
        yield directive("#elif" if number else "#if", macros), value
    yield "#else" if found else "", plain
