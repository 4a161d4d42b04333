"""YAML as plain data that remembers where it stands.

`parse` turns one source into nested `LocatedMap`, `LocatedList` and `LocatedStr`
values; booleans, numbers and null stay plain, and their place is kept by the map or
list that holds them. YAML's node graph is used only here.
"""

from __future__ import annotations

from typing import Any, Final

import yaml
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from codegen.diagnostics import Collector
from codegen.source import Source, Span

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH: Final = 40


class LocatedStr(str):
    """A string of a declaration, with its place.

    Attributes:
        span: the scalar, or the mapping key, that it was read from.
        verbatim: whether the source holds the text as it is, so that an offset into the
            string is an offset into the line.
    """

    span: Span
    verbatim: bool

    def __new__(cls, text: str, span: Span, verbatim: bool = False) -> LocatedStr:
        self = super().__new__(cls, text)
        self.span = span
        self.verbatim = verbatim
        return self

    def __getnewargs__(self) -> tuple[str, Span, bool]:  # type: ignore[override]
        return str(self), self.span, self.verbatim

    def part(self, offset: int, width: int) -> Span:
        """The place of a part of the string; the whole where that is not known."""
        return self.span.part(offset, width) if self.verbatim else self.span

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
    except RecursionError:
        collector.error(
            "DG002", "the YAML is nested too deeply", Span(source.path, 1, 1, 1, source)
        )
        return None
    finally:
        loader.dispose()
    if root is None:
        return None
    return _Converter(source, loader, collector).convert(root, 0)


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

    def convert(self, node: yaml.Node, depth: int) -> Any:
        span = self.span(node)
        if depth > MAX_DEPTH:
            self._collector.error(
                "DG004",
                f"more than {MAX_DEPTH} levels deep",
                span,
                help="no declaration needs that many",
            )
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
            items.extend(self.convert(item, depth + 1) for item in node.value)
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
            key = self.convert(key_node, depth + 1)
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
                    f"`{key}` is given twice",
                    key_span,
                    related=[(f"`{key}` is first given here", first[key])],
                    help="keep one of them",
                )
                continue
            first[key] = key_span
            result[key] = self.convert(value_node, depth + 1)
            result.places[key] = self.span(value_node)
        return result

    def _scalar(self, node: yaml.Node, span: Span) -> Any:
        tag = node.tag
        if tag == "tag:yaml.org,2002:str":
            line = span.source_line or ""
            begin = (
                span.column
                - 1
                + (1 if getattr(node, "style", None) in ("'", '"') else 0)
            )
            verbatim = line[begin : begin + len(node.value)] == node.value
            shown = Span(span.path, span.line, begin + 1, len(node.value), span.source)
            return LocatedStr(node.value, shown if verbatim else span, verbatim)
        construct = _PLAIN.get(tag)
        if construct is None:
            written = (span.source_line or "")[span.column - 1 :]
            if tag in _IMPLICIT and not written.startswith("!"):
                self._collector.error(
                    "DG105",
                    f"YAML reads `{node.value}` as {_IMPLICIT[tag]}, "
                    "where a name or text is expected",
                    span,
                    help=f'put it in quotes to mean the text: "{node.value}"',
                )
            else:
                self._unused_tag(tag, span)
            return None
        try:
            return getattr(self._construct, construct)(node)
        except (ValueError, yaml.YAMLError):
            self._collector.error("DG103", "not a value that can be used", span)
            return None

    def _unused_tag(self, tag: str, span: Span) -> None:
        self._collector.error(
            "DG004",
            f"the tag {_short(tag)} is not used in declarations",
            span,
            help="only strings, integers, booleans, lists and mappings are",
        )


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


_PLAIN: Final = {
    "tag:yaml.org,2002:null": "construct_yaml_null",
    "tag:yaml.org,2002:bool": "construct_yaml_bool",
    "tag:yaml.org,2002:int": "construct_yaml_int",
    "tag:yaml.org,2002:float": "construct_yaml_float",
}

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
