"""Diagnostics: what is wrong with a declaration, where, and how to mend it.

A phase adds every problem it finds to a `Collector` and only then stops, so that a
user sees all of them at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from codegen.codes import TITLES
from codegen.source import Span


class Severity(Enum):
    """Errors stop the run; warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a diagnostic is about."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    Attributes:
        code: stable identifier, a key of `codegen.codes.TITLES`.
        message: what is wrong, naming the thing as the user wrote it.
        span: the place, None only for a problem of the command line itself.
        help: how to mend it.
        related: the other places involved.
        severity: whether it stops the run.
    """

    code: str
    message: str
    span: Span | None
    help: str | None = None
    related: tuple[Related, ...] = ()
    severity: Severity = Severity.ERROR

    def sort_key(self) -> tuple[str, int, int, str, str]:
        where = self.span
        if where is None:
            return ("", 0, 0, self.code, self.message)
        return (where.path, where.line, where.column, self.code, self.message)


class DeclarationError(Exception):
    """The declarations have errors.

    Attributes:
        diagnostics: all of them, sorted by place.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics), key=Diagnostic.sort_key))
        super().__init__(render_text(self.diagnostics))


class Collector:
    """Gathers the diagnostics of one phase."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def error(
        self,
        code: str,
        message: str,
        span: Span | None,
        *,
        help: str | None = None,
        related: Iterable[tuple[str, Span]] = (),
    ) -> None:
        assert code in TITLES, code
        others = tuple(Related(text, where) for text, where in related)
        self._found.append(Diagnostic(code, message, span, help, others))

    def extend(self, other: Collector) -> None:
        self._found.extend(other._found)

    def __bool__(self) -> bool:
        return bool(self._found)

    def raise_if_any(self) -> None:
        """Raise `DeclarationError` with everything gathered so far."""
        if self._found:
            raise DeclarationError(self._found)


def did_you_mean(name: str, candidates: Iterable[str]) -> str | None:
    """A question that offers the closest candidate, None if none is close."""
    pool = sorted(set(candidates))
    folded = {candidate.casefold(): candidate for candidate in reversed(pool)}
    if name.casefold() in folded:
        return f"did you mean `{folded[name.casefold()]}`?"
    close = difflib.get_close_matches(name, pool, n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else None


def render_text(diagnostics: Iterable[Diagnostic]) -> str:
    """The diagnostics as a terminal shows them, without colours."""
    return "\n\n".join(_render_one(diagnostic) for diagnostic in diagnostics)


def _render_one(diagnostic: Diagnostic) -> str:
    severity = diagnostic.severity.value
    lines = [f"{severity}[{diagnostic.code}]: {diagnostic.message}"]
    if diagnostic.span is not None:
        lines += _excerpt(diagnostic.span)
    for related in diagnostic.related:
        lines.append(f"note: {related.message}")
        lines += _excerpt(related.span)
    if diagnostic.help is not None:
        lines.append(f"help: {diagnostic.help}")
    return "\n".join(lines)


def _excerpt(span: Span) -> list[str]:
    if not span.path:
        return []  # A place that no file has, such as that of a default.
    text = span.source_line
    where = f"  --> {span.path}:{span.line}:{span.column}"
    if text is None:
        return [where]
    # A terminal must not obey what stands in a file.
    text = "".join(
        c if c.isprintable() or c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )
    margin = " " * len(str(span.line))
    before = span.column - 1
    width = max(1, min(span.width, len(text) - before))
    if len(text) > _LONGEST:
        cut = max(0, before - _LONGEST // 2)
        text = ("..." if cut else "") + text[cut : cut + _LONGEST] + "..."
        before = before - cut + (3 if cut else 0)
        width = max(1, min(width, len(text) - 3 - before))
    # A tab stays one, so that the caret is under its column however wide it is shown.
    space = "".join("\t" if c == "\t" else " " for c in text[:before].ljust(before))
    return [
        where,
        f"{margin} |",
        f"{span.line} | {text}".rstrip(),
        f"{margin} | {space}{'^' * width}",
    ]


# Longer lines are shown in part.
_LONGEST: Final = 200
