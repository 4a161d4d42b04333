"""Located data to `Document` models; pydantic's errors to diagnostics.

A pydantic error names a path that may hold tags of unions and fields that a short form
filled in; only the parts that the YAML has too are followed to find the place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from codegen.diagnostics import Collector, did_you_mean
from codegen.located import LocatedList, LocatedMap, LocatedStr
from codegen.schema import Document
from codegen.source import Source, Span


def validate(data: Any, source: Source, collector: Collector) -> Document | None:
    """The document of a parsed file, None if it has errors.

    Reports DG101 to DG105 and DG108.
    """
    start = Span(source.path, 1, 1, 1, source)
    if data is None:
        return Document()
    if not isinstance(data, (LocatedMap, LocatedList)):
        collector.error(
            "DG103",
            "a declaration file is a mapping of sections, or a list of operators",
            start,
        )
        return None
    try:
        return Document.model_validate(data)
    except ValidationError as errors:
        _report(errors.errors(include_url=False), data, collector)
        return None


def _report(details: Sequence[ErrorDetails], data: Any, collector: Collector) -> None:
    missing = [d for d in details if d["type"] == "missing"]
    for detail in details:
        kind = detail["type"]
        loc = detail["loc"]
        place = _Place(data, loc)
        if kind == "extra_forbidden":
            _unknown_field(detail, place, missing, collector)
        elif kind in ("missing", "union_tag_not_found"):
            if not _is_misspelled(detail, details):
                collector.error(
                    "DG102", f"the field `{_field(detail)}` is missing", place.span
                )
        elif kind in _CUSTOM:
            collector.error(
                _CUSTOM[kind], detail["msg"], place.span, help=_HELP.get(kind)
            )
        elif kind == "union_tag_invalid":
            context = detail.get("ctx", {})
            tag = str(context.get("tag"))
            expected = [w.strip("' ") for w in context["expected_tags"].split(",")]
            collector.error(
                "DG103",
                f"`{tag}` is not one of: {', '.join(expected)}",
                place.enter(_field(detail)).span,
                help=did_you_mean(tag, expected),
            )
        elif kind == "is_instance_of":
            _not_a_string(place, collector)
        else:
            expected_text = _EXPECTED.get(kind, detail["msg"])
            collector.error("DG103", f"{_subject(loc)}: {expected_text}", place.span)


def _unknown_field(
    detail: ErrorDetails,
    place: _Place,
    missing: Iterable[ErrorDetails],
    collector: Collector,
) -> None:
    *parent, name = detail["loc"]
    candidates = _fields_at(tuple(parent))
    absent = [str(m["loc"][-1]) for m in missing if list(m["loc"][:-1]) == parent]
    hint = did_you_mean(str(name), absent) or did_you_mean(str(name), candidates)
    what = "section" if not parent else "field"
    collector.error(
        "DG101",
        f"unknown {what} `{name}`",
        place.key_span or place.span,
        help=hint or f"known here: {', '.join(sorted(candidates))}",
    )


def _is_misspelled(detail: ErrorDetails, details: Iterable[ErrorDetails]) -> bool:
    """Whether an unknown field beside a missing one is that field, misspelled."""
    *parent, name = detail["loc"]
    return any(
        other["type"] == "extra_forbidden"
        and list(other["loc"][:-1]) == parent
        and did_you_mean(str(other["loc"][-1]), [str(name)]) is not None
        for other in details
    )


def _field(detail: ErrorDetails) -> str:
    if detail["type"].startswith("union_tag"):
        return str(detail.get("ctx", {}).get("discriminator", "")).strip("'")
    return str(detail["loc"][-1])


def _subject(loc: tuple[int | str, ...]) -> str:
    names = [part for part in loc if isinstance(part, str) and part != "[key]"]
    return f"`{names[-1]}`" if names else "the file"


def _not_a_string(place: _Place, collector: Collector) -> None:
    value = place.value
    if isinstance(value, (LocatedMap, LocatedList)):
        shape = "a mapping" if isinstance(value, LocatedMap) else "a list"
        collector.error("DG103", f"{shape} where a text is expected", place.span)
        return
    line = place.span.source_line or ""
    begin = place.span.column - 1
    written = line[begin : begin + place.span.width].strip()
    kind = (
        "null"
        if value is None
        else "a boolean" if isinstance(value, bool) else "a number"
    )
    collector.error(
        "DG105",
        f"YAML reads `{written}` as {kind}, where a name or text is expected",
        place.span,
        help=f'put it in quotes to mean the text: "{written}"' if written else None,
    )


class _Place:
    """Follows a pydantic location into located data as far as it goes."""

    def __init__(self, data: Any, loc: Iterable[int | str] = ()) -> None:
        self.value = data
        self.span: Span = getattr(data, "span", _NOWHERE)
        self.key_span: Span | None = None
        parts = list(loc)
        is_key = bool(parts) and parts[-1] == "[key]"
        for part in parts:
            self.enter(part)
        if is_key and self.key_span is not None:
            self.span = self.key_span
            self.value = None

    def enter(self, part: int | str) -> _Place:
        value = self.value
        if isinstance(value, LocatedList) and isinstance(part, int):
            if part < len(value):
                self._move(value[part], value.places[part])
        elif isinstance(value, LocatedMap):
            if part in value:
                self._enter_key(value, str(part))
            elif len(value) == 1:
                (name,) = value
                if part == "name":
                    self._move(name, name.span)
                elif isinstance(value[name], LocatedMap) and part in value[name]:
                    self._enter_key(value, name)
                    self._enter_key(value[name], str(part))
                elif isinstance(value[name], LocatedMap):
                    # A field that is missing from `- NAME: {...}`, or its tags.
                    inner = value[name]
                    self.span = name.span
                    if part == "tags":
                        self.value = inner
        return self

    def _enter_key(self, value: LocatedMap, part: str) -> None:
        key = next(key for key in value if key == part)
        self._move(value[part], value.places[part])
        self.key_span = getattr(key, "span", None)

    def _move(self, value: Any, span: Span) -> None:
        self.value = value
        self.span = getattr(value, "span", span) if _is_text(value) else span


def _is_text(value: Any) -> bool:
    return isinstance(value, LocatedStr)


_NOWHERE: Final = Span("", 1, 1)


def _fields_at(loc: tuple[int | str, ...]) -> list[str]:
    """The fields that the declaration at a location may have."""
    models: list[type[BaseModel]] = [Document]
    for part in loc:
        inner = [
            found
            for model in models
            if part in model.model_fields
            for found in _models_in(model.model_fields[str(part)].annotation)
        ]
        if inner:
            models = inner
    names = {name for model in models for name in model.model_fields}
    return sorted(names - {"span", "tags", "action", "name", "everything", "members"})


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for arg in get_args(annotation) for model in _models_in(arg)]


_CUSTOM: Final = {
    "identifier": "DG104",
    "kernel": "DG104",
    "reserved": "DG108",
    "entry": "DG103",
    "group": "DG103",
    "conflict": "DG103",
}

_HELP: Final = {
    "identifier": "names become identifiers in generated code",
    "reserved": "choose another name; generated code could not hold this one",
}

_EXPECTED: Final = {
    "bool_type": "expected true or false",
    "int_type": "expected a number",
    "list_type": "expected a list",
    "dict_type": "expected a mapping",
    "model_type": "expected a mapping",
    "model_attributes_type": "expected a mapping",
    "literal_error": "not one of the values it can have",
    "string_type": "expected a text",
}
