"""Diagnostics: what is wrong with a declaration, where, and how to mend it.

A phase adds every problem it finds to a `Collector` and only then stops, so that a
user sees all of them at once.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from codegen.codes import TITLES, is_finding
from codegen.source import Span


class Severity(Enum):
    """Errors stop the run; warnings, the findings of `lint`, do not."""

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
        subject: the declared name that a finding is about; an allowance can name it.
    """

    code: str
    message: str
    span: Span | None
    help: str | None = None
    related: tuple[Related, ...] = ()
    subject: str | None = None

    @property
    def severity(self) -> Severity:
        """Whether it stops the run."""
        return Severity.WARNING if is_finding(self.code) else Severity.ERROR

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

    def add(
        self,
        code: str,
        message: str,
        span: Span | None,
        *,
        help: str | None = None,
        related: Iterable[tuple[str, Span]] = (),
        subject: str | None = None,
    ) -> None:
        assert code in TITLES, code
        others = tuple(Related(text, where) for text, where in related)
        self._found.append(Diagnostic(code, message, span, help, others, subject))

    def error(
        self,
        code: str,
        message: str,
        span: Span | None,
        *,
        help: str | None = None,
        related: Iterable[tuple[str, Span]] = (),
    ) -> None:
        """Add a diagnostic that stops the run at the end of its phase."""
        self.add(code, message, span, help=help, related=related)

    def extend(self, other: Collector) -> None:
        self._found.extend(other._found)

    def found(self) -> tuple[Diagnostic, ...]:
        """What was gathered so far, each once, sorted by place."""
        return tuple(sorted(set(self._found), key=Diagnostic.sort_key))

    def __bool__(self) -> bool:
        return bool(self._found)

    def raise_if_any(self) -> None:
        """Raise `DeclarationError` with everything gathered so far."""
        if self._found:
            raise DeclarationError(self._found)


def did_you_mean(name: str, candidates: Iterable[str]) -> str | None:
    """A question that offers the closest candidate, None if none is close."""
    if len(name) > _LONGEST:
        return None
    known = _known(frozenset(candidates))
    folded = name.casefold()
    if folded in known.by_folded:
        return f"did you mean `{known.by_folded[folded]}`?"
    close = difflib.get_close_matches(name, known.near(folded), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else None


class _Known(NamedTuple):
    """Candidates, in the order of their first letters and in that of their last ones."""

    by_folded: dict[str, str]
    forwards: list[tuple[str, str]]
    backwards: list[tuple[str, str]]

    def near(self, folded: str) -> list[str]:
        """Those worth a comparison: all, or of very many what begins or ends alike.

        Comparing all of many for each of many errors would take minutes.
        """
        if len(self.forwards) <= _MOST_CANDIDATES:
            return [candidate for _, candidate in self.forwards]
        found: set[str] = set()
        for ordered, text in (
            (self.forwards, folded),
            (self.backwards, folded[::-1]),
        ):
            at = bisect_left(ordered, (text, ""))
            neighbours = ordered[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
            found.update(candidate for _, candidate in neighbours)
        return sorted(found)


@lru_cache(maxsize=16)
def _known(candidates: frozenset[str]) -> _Known:
    forwards = sorted((candidate.casefold(), candidate) for candidate in candidates)
    return _Known(
        by_folded=dict(reversed(forwards)),
        forwards=forwards,
        backwards=sorted((folded[::-1], candidate) for folded, candidate in forwards),
    )


Paint = Callable[[str, str], str]
"""Puts a text into the colour of a role: error, warning, note, help or margin."""


def _plain(text: str, role: str) -> str:
    return text


def render_text(diagnostics: Iterable[Diagnostic], paint: Paint = _plain) -> str:
    """The diagnostics as a terminal shows them; without colours unless told how."""
    return "\n\n".join(_render_one(diagnostic, paint) for diagnostic in diagnostics)


def _render_one(diagnostic: Diagnostic, paint: Paint) -> str:
    severity = diagnostic.severity.value
    head = paint(f"{severity}[{diagnostic.code}]", severity)
    lines = [f"{head}: {_shown(diagnostic.message)}"]
    if diagnostic.span is not None:
        lines += _excerpt(diagnostic.span, severity, paint)
    for related in diagnostic.related:
        lines.append(f"{paint('note', 'note')}: {_shown(related.message)}")
        lines += _excerpt(related.span, "note", paint)
    if diagnostic.help is not None:
        lines.append(f"{paint('help', 'help')}: {_shown(diagnostic.help)}")
    return "\n".join(lines)


def _shown(text: str) -> str:
    """The text without what a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c in "\t\n" else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )


def _excerpt(span: Span, role: str, paint: Paint) -> list[str]:
    if not span.path:
        return []  # A place that no file has, such as that of a default.
    text = span.source_line
    where = f"  {paint('-->', 'margin')} {span.path}:{span.line}:{span.column}"
    if text is None:
        return [where]
    margin = " " * len(str(span.line))
    before = span.column - 1
    width = max(1, min(span.width, len(text) - before))
    if len(text) > _LONGEST:
        cut = max(0, before - _LONGEST // 2)
        text = ("..." if cut else "") + text[cut : cut + _LONGEST] + "..."
        before = before - cut + (3 if cut else 0)
        width = max(1, min(width, len(text) - 3 - before))
    text = _shown(text)
    # A tab stays one, so that the caret is under its column however wide it is shown.
    space = "".join("\t" if c == "\t" else " " for c in text[:before].ljust(before))
    return [
        where,
        paint(f"{margin} |", "margin"),
        f"{paint(f'{span.line} |', 'margin')} {text}".rstrip(),
        f"{paint(f'{margin} |', 'margin')} {space}{paint('^' * width, role)}",
    ]


# Longer lines are shown in part.
_LONGEST: Final = 200

_MOST_CANDIDATES: Final = 100

# How many candidates on each side of where a name would stand.
_NEIGHBOURS: Final = 20
