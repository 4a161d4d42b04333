"""YAML as plain data that remembers where it stands.

`parse` turns one source into nested `LocatedMap`, `LocatedList` and `LocatedStr`
values; booleans, numbers and null stay plain, and their place is kept by the map or
list that holds them. YAML's node graph is used only here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import yaml
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from codegen.diagnostics import Collector
from codegen.scalars import character_places
from codegen.source import LINE_BREAK, Source, Span

_FastLoader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH: Final = 40

# Of a number as it is written; no field takes one of more digits.
_MAX_DIGITS: Final = 18

# How much of a text a message quotes.
_BRIEF: Final = 60


def brief(text: str, longest: int = _BRIEF) -> str:
    """A text as a message quotes it: its start if it is long, and no control codes."""
    start = text if len(text) <= longest else f"{text[:longest]}..."
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in start)


@dataclass(frozen=True)
class Spelling:
    """How a source spells a string that it does not hold as it is.

    Attributes:
        start: the place of the scalar's first character, its quote, tag or `>`.
        written: all of it.
        text: what it means.
        style: as YAML's nodes name it.
    """

    start: Span
    written: str
    text: str
    style: str | None

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        return character_places(self.written, self.text, self.style) or []

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line of it starts."""
        return [0, *(found.end() for found in LINE_BREAK.finditer(self.written))]

    def part(self, offset: int, width: int) -> Span | None:
        """The place of a part of the text, up to the end of its first line."""
        if offset >= len(self._places):
            return None
        begin, _ = self._places[offset]
        _, end = self._places[min(offset + max(width, 1), len(self._places)) - 1]
        number = bisect_right(self._lines, begin) - 1
        if number + 1 < len(self._lines):
            end = min(end, self._lines[number + 1] - 1)
        column = begin - self._lines[number]
        return Span(
            self.start.path,
            self.start.line + number,
            column + (self.start.column if number == 0 else 1),
            max(end - begin, 1),
            self.start.source,
        )


class LocatedStr(str):
    """A string of a declaration, with its place.

    Attributes:
        span: the scalar, or the mapping key, that it was read from.
        verbatim: whether the source holds the text as it is, so that an offset into the
            string is an offset into the line.
        spelling: how the source spells it otherwise; None for a derived string.
    """

    span: Span
    verbatim: bool
    spelling: Spelling | None

    def __new__(
        cls,
        text: str,
        span: Span,
        verbatim: bool = False,
        spelling: Spelling | None = None,
    ) -> LocatedStr:
        self = super().__new__(cls, text)
        self.span = span
        self.verbatim = verbatim
        self.spelling = spelling
        return self

    def __getnewargs__(  # type: ignore[override]
        self,
    ) -> tuple[str, Span, bool, Spelling | None]:
        return str(self), self.span, self.verbatim, self.spelling

    def part(self, offset: int, width: int) -> Span:
        """The place of a part of the string; the whole where that is not known."""
        if self.verbatim:
            return self.span.part(offset, width)
        found = self.spelling.part(offset, width) if self.spelling else None
        return found or self.span

    def derive(self, text: str) -> LocatedStr:
        """Another string that stands for this place."""
        return LocatedStr(text, self.span)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string"}


class LocatedMap(dict[Any, Any]):
    """A mapping; `span` is its start, `places` those of its values by key."""

    span: Span
    places: dict[str, Span]

    @cached_property
    def key_spans(self) -> dict[str, Span]:
        """The places of its keys."""
        return {key: key.span for key in self}


class LocatedList(list[Any]):
    """A sequence; `span` is its start, `places` those of its items."""

    span: Span
    places: list[Span]


def parse(source: Source, collector: Collector) -> Any:
    """The data of one YAML document; None for an empty file.

    Reports DG002, DG003 and DG004 and then returns what could be read.
    """
    loader = _Loader(source.text)
    try:
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        _report_yaml_error(source, error, collector)
        return None
    except _TooDeepError as error:
        _report_depth(_place_of(source, error.mark), collector)
        return None
    finally:
        loader.dispose()
    if root is None:
        return None
    converter = _Converter(source, loader, collector)
    return converter.convert(root, converter.span(root), 0)


class _TooDeepError(Exception):
    def __init__(self, mark: yaml.Mark) -> None:
        self.mark = mark


class _Loader(_FastLoader):  # type: ignore[misc, valid-type]
    """Stops at a node inside of one that is too deep.

    The composer is recursive, in C without a limit of its own. It calls these two
    methods before and after each node.
    """

    _depth = 0

    def descend_resolver(self, parent: yaml.Node | None, index: Any) -> None:
        # The outermost node has no depth yet, so that this counts the parents.
        if parent is not None and self._depth > MAX_DEPTH + 1:
            raise _TooDeepError(parent.start_mark)
        self._depth += 1

    def ascend_resolver(self) -> None:
        self._depth -= 1


def _report_depth(span: Span, collector: Collector) -> None:
    collector.error(
        "DG004",
        f"more than {MAX_DEPTH} levels deep",
        span,
        help="no declaration needs that many",
    )


def _report_yaml_error(
    source: Source, error: yaml.YAMLError, collector: Collector
) -> None:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None)
    span = _place_of(source, getattr(error, "problem_mark", None))
    if isinstance(error, yaml.reader.ReaderError):
        span = _control_character(source) or span
    start = _place_of(source, getattr(error, "context_mark", None))
    context = getattr(error, "context", None)
    inside = bool(context) and (start.line, start.column) < (span.line, span.column)
    collector.error(
        "DG002",
        f"not valid YAML: {problem or error}" + (f" ({context})" if context else ""),
        span,
        related=[("it starts here", start)] if inside else (),
        help=_yaml_help(str(problem), span),
    )


def _place_of(source: Source, mark: yaml.Mark | None) -> Span:
    if mark is None:
        return Span(source.path, 1, 1, 1, source)
    return Span(source.path, mark.line + 1, mark.column + 1, 1, source)


def _control_character(source: Source) -> Span | None:
    """The place of the first character that YAML does not allow."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(source.text)
    if found is None:
        return None
    before = source.text[: found.start()]
    line = before.count("\n") + 1
    return Span(source.path, line, len(before) - before.rfind("\n"), 1, source)


def _yaml_help(problem: str, span: Span) -> str | None:
    line = span.source_line or ""
    if "\t" in line[: span.column]:
        return "indent with spaces; YAML does not allow tabs there"
    if problem.startswith("mapping values"):
        return "put a text that holds `: ` in quotes; otherwise look at the indentation"
    if problem.startswith("but found another document"):
        return "a declaration file is one document; remove the `---` line"
    if problem.startswith("found unknown escape"):
        return "use single quotes, in which a backslash stands for itself"
    special = (
        "found character that",
        "did not find expected alphabetic",
        "found undefined",
    )
    if problem.startswith((*special, "did not find expected comment")):
        return (
            "put the text in quotes; at its start, YAML gives this character a meaning"
        )
    if "{" in line[span.column - 1 :][:1]:
        return "put a name with braces in quotes"
    return None


class _Converter:
    def __init__(self, source: Source, loader: Any, collector: Collector) -> None:
        self._source = source
        self._construct = yaml.constructor.SafeConstructor()
        self._collector = collector
        self._seen: set[int] = set()

    def span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return Span(
            self._source.path,
            start.line + 1,
            start.column + 1,
            max(width, 1),
            self._source,
        )

    def convert(self, node: yaml.Node, span: Span, depth: int) -> Any:
        if depth > MAX_DEPTH:
            _report_depth(span, self._collector)
            return None
        if id(node) in self._seen:
            self._collector.error(
                "DG004",
                "anchors and aliases are not used in declarations",
                span,
                help="write the value out, or declare it once under a name",
            )
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.CollectionNode) and node.tag not in _COLLECTIONS:
            self._unused_tag(node.tag, span)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._map(node, span, depth)
        if isinstance(node, yaml.SequenceNode):
            items = LocatedList()
            items.span = span
            items.places = [self.span(item) for item in node.value]
            pairs = zip(node.value, items.places, strict=True)
            items.extend(self.convert(item, where, depth + 1) for item, where in pairs)
            return items
        return self._scalar(node, span)

    def _map(self, node: yaml.MappingNode, span: Span, depth: int) -> LocatedMap:
        result = LocatedMap()
        result.span = span
        result.places = {}
        first: dict[str, Span] = {}
        for key_node, value_node in node.value:
            key_span = self.span(key_node)
            if key_node.tag == "tag:yaml.org,2002:merge":
                self._collector.error(
                    "DG004",
                    "merge keys are not used in declarations",
                    key_span,
                    help="write the fields out",
                )
                continue
            key = self.convert(key_node, key_span, depth + 1)
            if not isinstance(key, LocatedStr):
                kind = key_node.tag.removeprefix("tag:yaml.org,2002:")
                if kind in _KINDS:
                    self._collector.error(
                        "DG105",
                        f"YAML reads this mapping key as {_KINDS[kind]}, "
                        "where a name is expected",
                        key_span,
                        help="put it in quotes to mean the text",
                    )
                continue
            if key in first:
                self._collector.error(
                    "DG003",
                    f"`{brief(key)}` is given twice",
                    key_span,
                    related=[(f"`{brief(key)}` is first given here", first[key])],
                    help="keep one of them",
                )
                continue
            first[key] = key_span
            where = result.places[key] = self.span(value_node)
            result[key] = self.convert(value_node, where, depth + 1)
        return result

    def _scalar(self, node: yaml.Node, span: Span) -> Any:
        tag, value = node.tag, node.value
        if tag == "tag:yaml.org,2002:str":
            return self._text(node, span)
        construct = _PLAIN.get(tag)
        if construct is None:
            tagged = self._source.text.startswith("!", node.start_mark.index)
            if tag in _IMPLICIT and not tagged:
                self._collector.error(
                    "DG105",
                    f"YAML reads `{value}` as {_IMPLICIT[tag]}, "
                    "where a name or text is expected",
                    span,
                    help=f'put it in quotes to mean the text: "{value}"',
                )
            else:
                self._unused_tag(tag, span)
            return None
        kind = _KINDS[tag.removeprefix("tag:yaml.org,2002:")]
        # Of the length first: some take a time that grows with its square.
        if kind == "a number" and len(value) > _MAX_DIGITS:
            self._collector.error(
                "DG103",
                f"`{brief(value)}` has too many digits",
                span,
                help="a number has at most "
                f"{_MAX_DIGITS}; put it in quotes to mean the text",
            )
            return None
        try:
            return getattr(self._construct, construct)(node)
        except (ValueError, LookupError, ArithmeticError, yaml.YAMLError):
            shown = f"`{brief(value)}`" if value else "an empty text"
            self._collector.error("DG103", f"{shown} is not {kind}", span)
            return None

    def _text(self, node: yaml.Node, span: Span) -> LocatedStr:
        value, style = node.value, getattr(node, "style", None)
        line = span.source_line or ""
        begin = span.column - 1 + (1 if style in ("'", '"') else 0)
        spelt = style in ("|", ">") or _ESCAPES.get(style or "", "\0") in value
        if not spelt and line[begin : begin + len(value)] == value:
            shown = Span(span.path, span.line, begin + 1, len(value), span.source)
            return LocatedStr(value, shown, verbatim=True)
        written = self._source.text[node.start_mark.index : node.end_mark.index]
        spelling = Spelling(span, written, value, style)
        return LocatedStr(value, span, spelling=spelling)

    def _unused_tag(self, tag: str, span: Span) -> None:
        self._collector.error(
            "DG004",
            f"the tag {_short(tag)} is not used in declarations",
            span,
            help="only strings, integers, booleans, lists and mappings are",
        )


def _short(tag: str) -> str:
    return brief(tag.replace("tag:yaml.org,2002:", "!!"))


_PLAIN: Final = {
    "tag:yaml.org,2002:null": "construct_yaml_null",
    "tag:yaml.org,2002:bool": "construct_yaml_bool",
    "tag:yaml.org,2002:int": "construct_yaml_int",
    "tag:yaml.org,2002:float": "construct_yaml_float",
}

# What stands for something else than itself in quotes.
_ESCAPES: Final = {"'": "'", '"': "\\"}

_COLLECTIONS: Final = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})

# What YAML makes of some plain scalars without being told.
_IMPLICIT: Final = {
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:value": "a default value",
}

_KINDS: Final = {
    "null": "null",
    "bool": "a boolean",
    "int": "a number",
    "float": "a number",
    "seq": "a list",
    "map": "a mapping",
}
