"""Operators as tuples of strings and numbers, which can be kept and sent to others.

A place is kept as the source that it is in and the line there; of an entry, from its own
first line, so that it stays right when the lines above it change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final, TypeAlias

from codegen.located import LocatedStr, Spelling
from codegen.model import Operator, Structured
from codegen.source import Source, Span

Plain: TypeAlias = tuple[Any, ...]
"""Made of strings, numbers, booleans, None and such tuples."""

SourceName: TypeAlias = int | str
"""The number of an entry in its unit, or the path of another file."""


# The fields that are plain already.
_SIMPLE: Final = tuple(
    field.name
    for field in fields(Operator)
    if field.name not in ("kernels", "kernel_spans", "structured", "span")
)


class Places:
    """Where the sources of a unit are.

    Args:
        name_of: what an operator's span is in; raises KeyError for another source.
        source_of: the source of such a name, and how many lines are before it there.
    """

    def __init__(
        self,
        name_of: Callable[[Span], SourceName],
        source_of: Callable[[SourceName], tuple[Source, int]],
    ) -> None:
        self._name_of = name_of
        self._source_of = source_of

    def plain(self, span: Span) -> Plain:
        return self._name_of(span), span.line, span.column, span.width

    def span(self, plain: Plain) -> Span:
        name, line, column, width = plain
        source, before = self._source_of(name)
        return Span(source.path, line + before, column, width, source)

    def plain_text(self, text: LocatedStr) -> Plain:
        spelling = text.spelling
        return (
            str(text),
            self.plain(text.span),
            text.verbatim,
            spelling
            and (
                self.plain(spelling.start),
                spelling.written,
                spelling.text,
                spelling.style,
            ),
        )

    def text(self, plain: Plain) -> LocatedStr:
        text, span, verbatim, spelling = plain
        if spelling is not None:
            start, *others = spelling
            spelling = Spelling(self.span(start), *others)
        return LocatedStr(text, self.span(span), verbatim, spelling)


def to_plain(operator: Operator, places: Places) -> Plain:
    """What `from_plain` makes the same operator of."""
    spans = operator.kernel_spans
    are_own = all(span is operator.span for span in spans.values())
    structured = operator.structured
    return (
        tuple([getattr(operator, name) for name in _SIMPLE]),
        tuple(operator.kernels.items()),
        places.plain(operator.span),
        None if are_own else tuple(places.plain(spans[key]) for key in spans),
        structured
        and (
            structured.out,
            structured.functional,
            tuple(sorted(structured.keys)),
            tuple(sorted(structured.implied)),
            tuple(map(places.plain_text, structured.precomputed)),
        ),
    )


def from_plain(plain: Plain, places: Places) -> Operator:
    """The operator that a tuple stands for."""
    simple, kernels, span, spans, rest = plain
    own = places.span(span)
    keys = [key for key, _ in kernels]
    kernel_spans: Mapping[str, Span] = (
        dict.fromkeys(keys, own)
        if spans is None
        else dict(zip(keys, map(places.span, spans), strict=True))
    )
    structured = None
    if rest is not None:
        out, functional, shared, implied, precomputed = rest
        structured = Structured(
            out=out,
            functional=functional,
            keys=frozenset(shared),
            implied=frozenset(implied),
            precomputed=tuple(map(places.text, precomputed)),
        )
    return Operator(
        kernels=dict(kernels),
        kernel_spans=kernel_spans,
        structured=structured,
        span=own,
        **dict(zip(_SIMPLE, simple, strict=True)),
    )
