"""Comments that allow a finding, with the reason: `# allow DG304: not used yet`.

Reads the sources of declarations and the findings of `lint`; returns the findings that
remain, and those about the allowances themselves.

Note [Allowances]. An allowance is a comment of its own. At the end of a line, it covers
that line. Alone on its line, it covers the next line that holds a declaration; several
may stand above each other. A text of several lines, which has no room for comments, is
covered as a whole from its first or last line. With names in parentheses, as in
`# allow DG304 (mine, other_*): ...`, it covers only findings about these. Several codes
may share a reason: `# allow DG304, DG305: ...`. On a line that names a file, it covers
that line and what is in the file, which may be somebody else's. Every allowance, and every
code and name in one, must allow something.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Final, NamedTuple

import yaml

from codegen.codes import TITLES, is_finding
from codegen.diagnostics import Collector, Diagnostic, did_you_mean
from codegen.source import Source, Span

# Whoever writes a code in small letters means an allowance, and is told what is wrong.
_COMMENT: Final = re.compile(r"#[ \t]*allow[ \t]+(?=(?i:dg)\d)(?P<rest>.*)")
_HASH: Final = re.compile(r"(?:^|(?<=[ \t]))#")
_ALLOWANCE: Final = re.compile(
    r"(?P<codes>DG\w*(?:[ \t]*,[ \t]*DG\w*)*)[ \t]*"
    r"(?:\((?P<names>[^()]*)\))?[ \t]*"
    r"(?::[ \t]*(?P<reason>.*\S)?)?[ \t]*"
)
_CODE: Final = re.compile(r"DG\d{3}")
_USAGE: Final = "write `# allow CODE: reason` or `# allow CODE (NAME, NAME): reason`"
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Allowance:
    """One comment that allows findings.

    Attributes:
        code: of the findings.
        names: patterns of the names that they are about, with their places; any if none.
        reason: why they may be there.
        lines: what it covers.
        span: the comment, or the code in it if there are several.
        used: the patterns that have allowed something; "" for one without names.
    """

    code: str
    names: tuple[tuple[str, Span], ...]
    reason: str
    lines: range
    span: Span
    used: set[str] = field(default_factory=set, compare=False)

    def allows(self, finding: Diagnostic) -> bool:
        """Whether it covers a finding on its lines; remembers that it did."""
        if finding.code != self.code:
            return False
        if not self.names:
            self.used.add("")
            return True
        subject = finding.subject or ""
        matching = [name for name, _ in self.names if fnmatchcase(subject, name)]
        self.used.update(matching)
        return bool(matching)


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings, told apart.

    Attributes:
        remaining: what nothing allows, what is wrong with allowances included; sorted.
        allowed: what an allowance covers, sorted.
        reasons: why, for each that is allowed; several if several allowances cover it.
    """

    remaining: tuple[Diagnostic, ...]
    allowed: tuple[Diagnostic, ...]
    reasons: Mapping[Diagnostic, tuple[str, ...]]


def judge(
    findings: Sequence[Diagnostic],
    sources: Iterable[Source],
    named: Mapping[str, Sequence[Span]] = MappingProxyType({}),
) -> Judged:
    """Tell findings that are allowed from those that are not. Adds DG301 and DG302.

    Args:
        findings: all of them.
        sources: what may hold allowances.
        named: by the path that diagnostics show: where a file is named.
    """
    collector = Collector()
    allowances = [a for source in sources for a in _allowances(source, collector)]
    at: dict[tuple[str, int], list[Allowance]] = {}
    for allowance in allowances:
        for line in allowance.lines:
            at.setdefault((allowance.span.path, line), []).append(allowance)
    remaining: list[Diagnostic] = []
    reasons: dict[Diagnostic, tuple[str, ...]] = {}
    for finding in findings:
        where = finding.span
        lines = () if where is None else (where, *named.get(where.path, ()))
        near = [a for line in lines for a in at.get((line.path, line.line), [])]
        # All of them, so that each is known to be of use.
        covering = [allowance for allowance in near if allowance.allows(finding)]
        if covering:
            reasons[finding] = tuple(dict.fromkeys(a.reason for a in covering))
        else:
            remaining.append(finding)
    for allowance in allowances:
        _unused(allowance, collector)
    remaining += collector.found()
    return Judged(
        tuple(sorted(remaining, key=Diagnostic.sort_key)),
        tuple(sorted(reasons, key=Diagnostic.sort_key)),
        reasons,
    )


def _unused(allowance: Allowance, collector: Collector) -> None:
    if not allowance.names and not allowance.used:
        collector.add(
            "DG301",
            f"there is no {allowance.code} to allow on line {allowance.lines[0]}",
            allowance.span,
            help="remove it, or move it to the line that `lint` names",
        )
    for name, span in allowance.names:
        if name not in allowance.used:
            collector.add(
                "DG301",
                f"there is no {allowance.code} about `{name}` to allow "
                f"on line {allowance.lines[0]}",
                span,
                help="remove the name",
            )


class _Text(NamedTuple):
    """Where a scalar begins and ends, as (line, column): a `#` in it is no comment."""

    begin: tuple[int, int]
    end: tuple[int, int]


def _allowances(source: Source, collector: Collector) -> Iterator[Allowance]:
    lines = list(enumerate(source.lines, 1))
    candidates = [(number, line) for number, line in lines if _COMMENT.search(line)]
    if not candidates:
        return
    texts = _texts(source.text)
    whole = _whole(texts)
    for number, line in candidates:
        start = _comment(number, line, texts)
        found = None if start is None else _COMMENT.match(line, start)
        if found is None:
            continue
        width = len(line.rstrip()) - found.start()
        span = Span(source.path, number, found.start() + 1, width, source)
        alone = not line[: found.start()].strip()
        covered = _next_declaration(lines, number) if alone else number
        covers = whole.get(covered, range(covered, covered + 1))
        yield from _parse(found, span, covers, collector)


def _comment(number: int, line: str, texts: Sequence[_Text]) -> int | None:
    """Where the comment of a line starts, None if there is none."""
    for found in _HASH.finditer(line):
        here = (number, found.start())
        before = bisect_right(texts, here, key=lambda text: text.begin) - 1
        if before < 0 or here >= texts[before].end:
            return found.start()
    return None


def _texts(content: str) -> list[_Text]:
    """All scalars, in order."""
    found = []
    for token in yaml.scan(content, Loader=_Loader):
        if not isinstance(token, yaml.ScalarToken):
            continue
        begin = (token.start_mark.line + 1, token.start_mark.column)
        end = (token.end_mark.line + 1, token.end_mark.column)
        if token.style in ("|", ">"):
            # Behind its sign, on the line where it begins, there may be a comment.
            begin = (begin[0], begin[1] + len(content))
        found.append(_Text(begin, end))
    return found


def _whole(texts: Iterable[_Text]) -> dict[int, range]:
    """By line: all lines of the texts of several lines that begin or end there."""
    found: dict[int, range] = {}
    for text in texts:
        first = text.begin[0]
        # A text in block style ends where the next line begins.
        last = text.end[0] if text.end[1] else text.end[0] - 1
        if first == last:
            continue
        for line in (first, last):
            before = found.get(line, range(first, last))
            found[line] = range(min(before.start, first), last + 1)
    return found


def _next_declaration(lines: Sequence[tuple[int, str]], number: int) -> int:
    for following, line in lines[number:]:
        text = line.strip()
        if text and not text.startswith("#"):
            return following
    return number


def _parse(
    found: re.Match[str], span: Span, lines: range, collector: Collector
) -> Iterator[Allowance]:
    match = _ALLOWANCE.fullmatch(found["rest"].rstrip())
    if match is None:
        collector.add("DG302", "an allowance that cannot be read", span, help=_USAGE)
        return
    if match["reason"] is None:
        given = found["rest"].rstrip().rstrip(":").rstrip()
        collector.add(
            "DG302",
            "an allowance needs a reason",
            span,
            help=f"write it as `# allow {given}: why it is so`",
        )
        return
    offset = found.start("rest") - found.start()
    names = tuple(_parts(match, "names", span, offset))
    if match["names"] is not None and not names:
        collector.add(
            "DG302",
            "an allowance with parentheses that hold no name",
            span.part(offset + match.start("names") - 1, len(match["names"]) + 2),
            help="name what it is about, or take the parentheses out",
        )
        return
    codes = list(_parts(match, "codes", span, offset))
    for code, place in codes:
        if is_finding(code) and code in TITLES:
            at = span if len(codes) == 1 else place
            yield Allowance(code, names, match["reason"], lines, at)
        elif code in TITLES:
            collector.add(
                "DG302",
                f"{code} is an error, which cannot be allowed",
                place,
                help="take the code out of the comment; findings are DG3xx",
            )
        else:
            collector.add(
                "DG302",
                f"there is no finding {code}",
                place,
                # Of two well-formed codes, a small difference says nothing.
                help=(
                    "`dispatch-codegen explain CODE` says what a code means"
                    if _CODE.fullmatch(code)
                    # The letter is the mistake whose digit is known.
                    else did_you_mean(
                        code.replace("O", "0"), filter(is_finding, TITLES)
                    )
                ),
            )


def _parts(
    match: re.Match[str], group: str, span: Span, offset: int
) -> Iterator[tuple[str, Span]]:
    """What a group holds between commas, with places."""
    if match[group] is None:
        return
    offset += match.start(group)
    for part in match[group].split(","):
        if word := part.strip():
            yield word, span.part(offset + part.index(word), len(word))
        offset += len(part) + 1
