"""What the lists of names that are kept elsewhere lack: the report of `lint --lists`.

Reads the model and the judged findings DG310 and DG311 about it; returns plain data, and
prints that as Markdown or as data for JSON. What is allowed is reported too, with the
reasons. What a list should hold is for `resolve.name_lists` to say, not for this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from codegen import markdown
from codegen.allowances import Judged
from codegen.lint.name_lists import missing_names, other_kind
from codegen.model import Key, Model, NameList
from codegen.source import Span

_NOT_ALLOWED: Final = "**not allowed**"


class MissingName(NamedTuple):
    """A name that a list lacks, and the reasons of what allows it: none if nothing does."""

    name: str
    reasons: tuple[str, ...]


class UnknownName(NamedTuple):
    """A name that only a list holds: what it is instead, where, what may be meant."""

    name: str
    kind: str
    span: Span
    hint: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListState:
    """How complete one list is.

    Attributes:
        name: of the list.
        doc: whose list it is.
        span: its declaration.
        holds_every_key: whether it should; other lists are of backends, or of some
            families.
        expected: how many names it should hold.
        missing: those that it does not, in the order of declaration.
        unknown: what it holds and should not, in its own order.
    """

    name: str
    doc: str | None
    span: Span
    holds_every_key: bool
    expected: int
    missing: tuple[MissingName, ...]
    unknown: tuple[UnknownName, ...]

    @property
    def held(self) -> int:
        """How many of the names that it should hold are there."""
        return self.expected - len(self.missing)


class Gap(NamedTuple):
    """Keys that the same lists lack: of one family, of one backend, or of neither."""

    lists: tuple[str, ...]
    of: str | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameListReport:
    """How complete all lists are, and the keys that some of them lack.

    Attributes:
        dispatcher: its name.
        lists: all of them, in the order of declaration.
        keys: how many keys the lists that should hold every key should hold.
        gaps: which of these keys are not in all of these lists.
    """

    dispatcher: str
    lists: tuple[ListState, ...]
    keys: int
    gaps: tuple[Gap, ...]

    @property
    def missing_keys(self) -> int:
        """How many keys are not in all of the lists that should hold every key."""
        return len([key for gap in self.gaps for key in gap.keys])

    @property
    def differences(self) -> int:
        """How many names the lists lack, or hold and should not, in all."""
        return len(self._reasons)

    @property
    def not_allowed(self) -> int:
        """How many of these nothing allows."""
        return self._reasons.count(())

    @property
    def _reasons(self) -> list[tuple[str, ...]]:
        missing = [entry.reasons for state in self.lists for entry in state.missing]
        unknown = [entry.reasons for state in self.lists for entry in state.unknown]
        return missing + unknown


def name_list_report(model: Model, judged: Judged) -> NameListReport:
    """The report about all lists of a dispatcher, with what was found about it."""
    found = {(f.code, f.span, f.subject): r for f, r in judged.reasons.items()}

    def reasons(code: str, span: Span, name: str) -> tuple[str, ...]:
        return found.get((code, span, name), ())

    lists = tuple(
        _list_state(model, listed, reasons) for listed in model.name_lists.values()
    )
    of_keys = [
        listed
        for listed in model.name_lists.values()
        if _holds_every_key(model, listed)
    ]
    keys = {name for listed in of_keys for name in listed.expected}
    return NameListReport(model.name, lists, len(keys), tuple(_gaps(model, of_keys)))


def _list_state(
    model: Model, listed: NameList, reasons: Callable[[str, Span, str], tuple[str, ...]]
) -> ListState:
    return ListState(
        name=listed.name,
        doc=listed.doc,
        span=listed.span,
        holds_every_key=_holds_every_key(model, listed),
        expected=len(listed.expected),
        missing=tuple(
            MissingName(name, reasons("DG310", listed.span, name))
            for name in missing_names(listed)
        ),
        unknown=tuple(
            UnknownName(
                name=name,
                kind=other_kind(model, name) or "not declared",
                span=span,
                hint=close,
                reasons=reasons("DG311", span, name),
            )
            for name, span, close in listed.unknown
        ),
    )


def _holds_every_key(model: Model, listed: NameList) -> bool:
    """Whether a list should: the undefined key is neither a backend nor in a family."""
    return model.undefined in listed.expected


def _gaps(model: Model, lists: Sequence[NameList]) -> Iterator[Gap]:
    """What the same lists lack, in the order of the first key of each."""
    lacking: dict[str, list[str]] = {}
    for listed in lists:
        for name in missing_names(listed):
            lacking.setdefault(name, []).append(listed.name)
    by_lists: dict[tuple[str, ...], list[Key]] = {}
    for name, key in model.keys.items():
        if name in lacking:
            by_lists.setdefault(tuple(lacking[name]), []).append(key)
    for names, keys in by_lists.items():
        for of, alike in _alike(keys).items():
            yield Gap(names, of, tuple(key.name for key in alike))


def _alike(keys: Sequence[Key]) -> dict[str | None, list[Key]]:
    """The keys by family or by backend, whichever makes fewer groups."""
    by_family: dict[str | None, list[Key]] = {}
    by_backend: dict[str | None, list[Key]] = {}
    for key in keys:
        by_family.setdefault(key.family, []).append(key)
        by_backend.setdefault(key.member, []).append(key)
    return by_backend if len(by_backend) < len(by_family) else by_family


def as_data(report: NameListReport) -> dict[str, Any]:
    """The report as JSON can hold it."""
    return {
        "dispatcher": report.dispatcher,
        "keys": report.keys,
        "missing_keys": report.missing_keys,
        "not_allowed": report.not_allowed,
        "lists": [_list_data(state) for state in report.lists],
        "gaps": [
            {"missing_from": list(g.lists), "of": g.of, "keys": list(g.keys)}
            for g in report.gaps
        ],
    }


def _list_data(state: ListState) -> dict[str, Any]:
    return {
        "name": state.name,
        "doc": state.doc,
        "file": state.span.path,
        "line": state.span.line,
        "should_hold_every_key": state.holds_every_key,
        "expected": state.expected,
        "held": state.held,
        "missing": [
            {"name": m.name, "reasons": list(m.reasons)} for m in state.missing
        ],
        "unknown": [
            {
                "name": u.name,
                "kind": u.kind,
                "file": u.span.path,
                "line": u.span.line,
                "hint": u.hint,
                "reasons": list(u.reasons),
            }
            for u in state.unknown
        ],
    }


def as_markdown(report: NameListReport) -> str:
    """The report for people, who may want to put it into an issue."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: NameListReport) -> Iterator[str]:
    yield f"# Name lists of {markdown.code(report.dispatcher)}"
    yield ""
    if not report.lists:
        yield "None is declared."
        return
    yield from _summary(report)
    yield ""
    yield from markdown.table(
        ("list", "holds", "lacks", "unknown"), map(_list_cells, report.lists)
    )
    yield from _gap_lines(report)
    yield from _unknown_lines(report)
    for state in report.lists:
        yield from _list_lines(state)


def _summary(report: NameListReport) -> Iterator[str]:
    lists = len([state for state in report.lists if state.holds_every_key])
    where = f"all {lists} lists" if lists > 1 else "the one list"
    if report.missing_keys:
        yield (
            f"{report.missing_keys} of {report.keys} keys are not in {where} "
            "that should hold every key."
        )
    elif lists:
        yield f"All {report.keys} keys are in {where} that should hold every key."
    different, left = report.differences, report.not_allowed
    if not different:
        yield "No list lacks a name or has an unknown one."
    elif not left:
        yield f"Missing or unknown in all lists: {different}, each allowed for a reason."
    else:
        yield f"Missing or unknown in all lists: {different}; not allowed: {left}."


def _list_cells(state: ListState) -> tuple[str, ...]:
    return (
        markdown.code(state.name),
        _held(state),
        str(len(state.missing)),
        str(len(state.unknown)),
    )


def _held(state: ListState) -> str:
    return f"{state.held} of {state.expected}" if state.missing else f"all {state.held}"


def _gap_lines(report: NameListReport) -> Iterator[str]:
    if report.gaps:
        yield from _heading("Keys that are not in all lists")
        yield from markdown.table(
            ("missing from", "count", "keys"),
            (
                (
                    markdown.codes(gap.lists),
                    str(len(gap.keys)),
                    markdown.codes(gap.keys),
                )
                for gap in report.gaps
            ),
        )


def _unknown_lines(report: NameListReport) -> Iterator[str]:
    by_cells: dict[tuple[str, str, str], list[str]] = {}
    for state in report.lists:
        for entry in state.unknown:
            hint = f"; {entry.hint}" if entry.hint else ""
            cells = (
                markdown.code(entry.name),
                entry.kind + markdown.text(hint),
                _verdict(entry.reasons),
            )
            by_cells.setdefault(cells, []).append(state.name)
    if by_cells:
        yield from _heading("Unknown names")
        yield from markdown.table(
            ("name", "in", "is", "allowed because"),
            (
                (name, markdown.codes(lists), kind, verdict)
                for (name, kind, verdict), lists in by_cells.items()
            ),
        )


def _list_lines(state: ListState) -> Iterator[str]:
    """Whose list it is, why names are missing, and the names as they can be pasted."""
    yield from _heading(markdown.code(state.name))
    place = markdown.text(f"{state.span.path}:{state.span.line}")
    doc = f" {markdown.text(state.doc)}" if state.doc else ""
    yield f"Holds {_held(state)}; declared at {place}.{doc}"
    if not state.missing:
        return
    by_reasons: dict[tuple[str, ...], list[str]] = {}
    for entry in state.missing:
        by_reasons.setdefault(entry.reasons, []).append(entry.name)
    yield from ("", "Missing:", "")
    for reasons, names in by_reasons.items():
        yield f"- {_verdict(reasons)}: {markdown.codes(names)}"
    yield from ("", "```text", *(entry.name for entry in state.missing), "```")


def _heading(title: str) -> tuple[str, ...]:
    return ("", f"## {title}", "")


def _verdict(reasons: Sequence[str]) -> str:
    """The reasons of what allows something, or that nothing does."""
    return "; ".join(map(markdown.text, reasons)) or _NOT_ALLOWED
