"""Located data to `Document` models; pydantic's errors to diagnostics.

A pydantic error names a path that may hold tags of unions and fields that a short form
filled in; only the parts that the YAML has too are followed to find the place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from codegen.diagnostics import Collector, did_you_mean
from codegen.located import LocatedList, LocatedMap, LocatedStr, brief
from codegen.schema import Document
from codegen.schema.backend_files import BackendFileDecl
from codegen.schema.base import NamedDeclaration
from codegen.schema.selection import SelectedOperatorsDecl
from codegen.source import Source, Span


def validate(data: Any, source: Source, collector: Collector) -> Document | None:
    """The document of a parsed file, None if it has errors.

    Reports DG101 to DG105, DG108 and DG109.
    """
    start = Span(source.path, 1, 1, 1, source)
    if data is None:
        return Document(span=start)
    if not isinstance(data, (LocatedMap, LocatedList)):
        collector.error(
            "DG103",
            "a declaration file is a mapping of sections, or a list of operators or tags",
            start,
        )
        return None
    try:
        return Document.model_validate(data)
    except ValidationError as errors:
        _report(errors.errors(include_url=False), data, collector)
        return None


def validate_selected_operators(
    data: Any, source: Source, collector: Collector
) -> SelectedOperatorsDecl | None:
    """The same of a file of selected operators. Reports DG101, DG103 and DG105."""
    if not isinstance(data, LocatedMap):
        collector.error(
            "DG103",
            "a file of selected operators is a mapping with `operators` in it",
            Span(source.path, 1, 1, 1, source),
            help="name a file that torchgen takes as its list of selected operators",
        )
        return None
    try:
        return SelectedOperatorsDecl.model_validate(data)
    except ValidationError as errors:
        details = errors.errors(include_url=False)
        _report(details, data, collector, SelectedOperatorsDecl)
        return None


def validate_backend_file(
    data: LocatedMap, collector: Collector
) -> BackendFileDecl | None:
    """The same of a backend file. Reports DG101 to DG105 and DG109."""
    try:
        return BackendFileDecl.model_validate(data)
    except ValidationError as errors:
        details = errors.errors(include_url=False)
        _report(details, data, collector, BackendFileDecl)
        return None


def _report(
    details: Sequence[ErrorDetails],
    data: Any,
    collector: Collector,
    root: type[BaseModel] = Document,
) -> None:
    details = _of_one_kind(_without_unions(details, data, collector), data)
    missing = _names_by_parent(details, "missing")
    extra = _names_by_parent(details, "extra_forbidden")
    for detail in details:
        kind = detail["type"]
        loc = detail["loc"]
        place = _Place(data, loc)
        if kind in _SCALAR_KINDS and _is_plain(place.value) and _short_form(loc, root):
            _not_a_string(place, collector)
        elif detail["msg"] == "unknown field `span`":
            field_span = {**detail, "type": "extra_forbidden", "loc": (*loc, "span")}
            place.enter("span")
            _unknown_field(field_span, place, missing, collector, root)  # type: ignore[arg-type]
        elif kind == "extra_forbidden":
            _unknown_field(detail, place, missing, collector, root)
        elif kind in ("missing", "union_tag_not_found"):
            field = _field(detail)
            close = _misspelled_tag(place, field) if kind != "missing" else None
            if close is not None:
                collector.error(
                    "DG101",
                    f"unknown field `{brief(close)}`",
                    close.span,
                    help=f"did you mean `{field}`?",
                )
            elif not _is_misspelled(detail, extra):
                collector.error(
                    "DG102",
                    f"the field `{field}` is missing",
                    place.span,
                    help=_add(loc[:-1] if kind == "missing" else loc, field),
                )
        elif kind == "words":
            context = detail["ctx"]
            word, expected = context["word"], context["expected"].split(", ")
            collector.error(
                "DG103",
                f"{place.subject}: {detail['msg']}",
                detail["input"].part(context["offset"], context["width"]),
                help=(
                    "write a comma and a space between two"
                    if "," in word
                    else did_you_mean(word, expected)
                ),
            )
        elif kind in _CUSTOM:
            collector.error(
                _CUSTOM[kind], detail["msg"], place.span, help=_custom_help(detail)
            )
        elif kind == "union_tag_invalid":
            field_place = place.enter(_field(detail))
            if _is_plain(field_place.value):
                _not_a_string(field_place, collector)
                continue
            context = detail.get("ctx", {})
            tag = str(context.get("tag"))
            expected = [w.strip("' ") for w in context["expected_tags"].split(",")]
            collector.error(
                "DG103",
                f"`{brief(tag)}` is not one of: {', '.join(expected)}",
                field_place.span,
                help=did_you_mean(tag, expected),
            )
        elif kind == "is_instance_of":
            _not_a_string(place, collector)
        else:
            expected_text = _EXPECTED.get(kind, "not a value that can stand here")
            if kind in _SCALAR_KINDS and _short_form(loc, root):
                expected_text = "expected a text or a mapping"
            if kind == "literal_error":
                expected_text = f"expected {', '.join(_literals(loc))}"
            collector.error(
                "DG103",
                f"{place.subject}: {expected_text}",
                place.span,
                help=(
                    did_you_mean(str(detail["input"]), _literals(loc))
                    if kind == "literal_error"
                    else _shape_help(kind, place.value)
                ),
            )


NamesByParent = Mapping[tuple[int | str, ...], Sequence[str]]
"""The last parts of locations by all parts before them."""


def _names_by_parent(details: Iterable[ErrorDetails], kind: str) -> NamesByParent:
    found: dict[tuple[int | str, ...], list[str]] = {}
    for detail in details:
        if detail["type"] == kind and detail["loc"]:
            *parent, name = detail["loc"]
            found.setdefault(tuple(parent), []).append(str(name))
    return found


def _unknown_field(
    detail: ErrorDetails,
    place: _Place,
    missing: NamesByParent,
    collector: Collector,
    root: type[BaseModel],
) -> None:
    *parent, name = detail["loc"]
    candidates = _fields_at(tuple(parent), root=root)
    absent = missing.get(tuple(parent), [])
    if "action" in parent[-2:]:  # Its fields stand beside those of the fallback.
        candidates = sorted({*candidates, "keys", "variants"})
    hint = did_you_mean(str(name), absent) or did_you_mean(str(name), candidates)
    what = "section" if root is Document and not parent else "field"
    elsewhere = name in _fields_at(tuple(parent), any_kind=True, root=root)
    collector.error(
        "DG101",
        (
            f"`{brief(str(name))}` is not a field of the kind `{parent[-1]}`"
            if elsewhere
            else f"unknown {what} `{brief(str(name))}`"
        ),
        place.key_span or place.span,
        help=hint or f"known here: {', '.join(sorted(candidates))}",
    )


def _without_unions(
    details: Sequence[ErrorDetails], data: Any, collector: Collector
) -> list[ErrorDetails]:
    """The errors, with one for a value that fits no member of a plain union."""
    groups: dict[tuple[int | str, ...], list[ErrorDetails]] = {}
    result = []
    for detail in details:
        loc = detail["loc"]
        at = next((i for i, part in enumerate(loc) if _is_branch(data, loc, i)), None)
        if at is None:
            result.append(detail)
        else:
            groups.setdefault(loc[:at], []).append(detail)
    for loc, members in groups.items():
        inner = [detail for detail in members if len(detail["loc"]) > len(loc) + 1]
        place = _Place(data, loc)
        kinds = [_BRANCHES[str(d["loc"][len(loc)]).partition("[")[0]] for d in members]
        if inner:
            result += inner
        elif "a text" in kinds and _is_plain(place.value):
            _not_a_string(place, collector)
        else:
            expected = " or ".join(dict.fromkeys(kinds)).replace(
                " or false or", ", false or"
            )
            collector.error(
                "DG103", f"{place.subject}: expected {expected}", place.span
            )
    return result


def _is_branch(data: Any, loc: tuple[int | str, ...], at: int) -> bool:
    part = loc[at]
    if not isinstance(part, str) or part.partition("[")[0] not in _BRANCHES:
        return False
    value = _Place(data, loc[:at]).value
    return not (isinstance(value, LocatedMap) and part in value)


def _of_one_kind(details: Sequence[ErrorDetails], data: Any) -> list[ErrorDetails]:
    """Without what follows only from a function that does not say what it is of."""
    unclear = {
        detail["loc"][:2]
        for detail in details
        if detail["loc"][:1] == ("functions",) and detail["loc"][-1] == "of"
    }
    known = _fields_at(("functions",), any_kind=True)
    return [
        detail
        for detail in details
        if detail["loc"][:2] not in unclear
        or detail["loc"][-1] == "of"
        or (detail["type"] == "extra_forbidden" and detail["loc"][-1] not in known)
    ]


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, (bool, int, float))


def _short_form(loc: tuple[int | str, ...], root: type[BaseModel]) -> bool:
    """Whether a text may stand for the whole declaration at a location."""
    return any(
        issubclass(model, NamedDeclaration)
        or getattr(model, "short_form", None) is not None
        for model in _models_at(loc, root=root)
    )


def _literals(loc: tuple[int | str, ...]) -> list[str]:
    """The values that the field at a location may have."""
    name = str(loc[-1])
    # A member of a union has a tag of its own in the location.
    models = (*_models_at(loc[:-2]), *_models_at(loc[:-1]))
    return sorted(
        {
            value
            for model in models
            if name in model.model_fields
            for value in _literals_in(model.model_fields[name].annotation)
        }
    )


def _literals_in(annotation: Any) -> Iterator[str]:
    """The texts of a `Literal`, which may be one of several types."""
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        else:
            yield from _literals_in(part)


def _misspelled_tag(place: _Place, field: str) -> LocatedStr | None:
    """The key of a mapping that is likely meant to be the one that tells its kind."""
    keys = place.value if isinstance(place.value, LocatedMap) else ()
    close = (k for k in keys if k not in _KEPT and did_you_mean(str(k), [field]))
    return next(close, None)


_KEPT: Final = ("keys", "variants", "message", "kernel", "backend", "exclude")


def _add(loc: tuple[int | str, ...], field: str) -> str:
    """How to add a field, with what it means."""
    for model in _models_at(loc):
        found = model.model_fields.get(field)
        if found is not None and found.description:
            text = found.description[0].lower() + found.description[1:].rstrip(".")
            return f"add `{field}: ...`, {text}"
    return f"add `{field}: ...`"


def _shape_help(kind: str, value: Any) -> str | None:
    """How to write what is expected, where what is given tells the mistake."""
    if kind == "list_type" and isinstance(value, LocatedStr):
        return f"a list of one is written `[{brief(value)}]`"
    if kind == "list_type" and isinstance(value, LocatedMap):
        return "the order counts here, so each entry starts with `-`"
    if kind in ("dict_type", *_SCALAR_KINDS) and isinstance(value, LocatedList):
        return "write `name: ...` without `-` or brackets"
    if kind == "bool_type" and value in ("true", "false"):
        return "write it without quotes"
    if kind in ("dict_type", *_SCALAR_KINDS) and isinstance(value, LocatedStr):
        return "write fields, `{field: ...}`"
    return None


def _custom_help(detail: ErrorDetails) -> str | None:
    kind, value = detail["type"], detail["input"]
    if kind == "identifier" and isinstance(value, str):
        strange = next((c for c in value if not c.isascii()), None)
        if strange is not None:
            name = unicodedata.name(strange, "without a name")
            return f"{strange!r} ({name}) is not ASCII; {_HELP[kind]}"
    if kind == "entry" and isinstance(value, LocatedMap) and "name" in value:
        return f"write it as `- {value['name']}: {{...}}`"
    if kind == "entry" and isinstance(value, LocatedMap) and len(value) == 1:
        return f"write its fields as `- {next(iter(value))}: {{field: ...}}`"
    if kind == "entry" and isinstance(value, LocatedMap) and len(value) > 1:
        return "indent the fields by more than the name, and start each entry with `-`"
    return _HELP.get(kind)


def _is_misspelled(detail: ErrorDetails, extra: NamesByParent) -> bool:
    """Whether an unknown field beside a missing one is that field, misspelled."""
    *parent, name = detail["loc"]
    return any(
        did_you_mean(other, [str(name)]) is not None
        for other in extra.get(tuple(parent), ())
    )


def _field(detail: ErrorDetails) -> str:
    if detail["type"].startswith("union_tag"):
        return str(detail.get("ctx", {}).get("discriminator", "")).strip("'")
    return str(detail["loc"][-1])


def _not_a_string(place: _Place, collector: Collector) -> None:
    value = place.value
    if isinstance(value, (LocatedMap, LocatedList)):
        shape = "a mapping" if isinstance(value, LocatedMap) else "a list"
        unquoted = isinstance(value, LocatedMap) and list(value.values()) == [None]
        collector.error(
            "DG103",
            f"{shape} where a text is expected",
            place.span,
            help=(
                f'put braces in quotes: "{{{next(iter(value))}}}"' if unquoted else None
            ),
        )
        return
    line = place.span.source_line or ""
    begin = place.span.column - 1
    written = line[begin : begin + place.span.width].strip()
    if value is None and written not in ("~", "null", "Null", "NULL"):
        collector.error(
            "DG105",
            "nothing stands here, where a name or text is expected",
            place.span,
            help='write it, or remove what waits for it; an empty text is ""',
        )
        return
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
        self.subject = "the file"
        self._in_list = False
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
                if not self._in_list:
                    self.subject = f"an entry of {self.subject}"
                self._in_list = True
        elif isinstance(value, LocatedMap):
            if part in value:
                self._enter_key(value, str(part))
            elif len(value) == 1 and self._in_list:
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
        self._move(value[part], value.places[part])
        self.key_span = value.key_spans[part]
        self.subject = f"`{brief(part)}`"
        self._in_list = False

    def _move(self, value: Any, span: Span) -> None:
        self.value = value
        self.span = getattr(value, "span", span) if _is_text(value) else span


def _is_text(value: Any) -> bool:
    return isinstance(value, LocatedStr)


_NOWHERE: Final = Span("", 1, 1)

# Fields of entries with a name in front, which are not written as such.
_FILLED_IN: Final = ("name", "tags")


def _fields_at(
    loc: tuple[int | str, ...],
    *,
    any_kind: bool = False,
    root: type[BaseModel] = Document,
) -> list[str]:
    """The fields that the declaration at a location may have."""
    models = _models_at(loc, any_kind=any_kind, root=root)
    names = {
        name
        for model in models
        for name in model.model_fields
        if name not in _FILLED_IN or not issubclass(model, NamedDeclaration)
    }
    return sorted(names - {"span", "action", "everything", "members"})


def _models_at(
    loc: tuple[int | str, ...],
    *,
    any_kind: bool = False,
    root: type[BaseModel] = Document,
) -> list[type[BaseModel]]:
    models: list[type[BaseModel]] = [root]
    for part in loc:
        inner = [
            found
            for model in models
            if part in model.model_fields
            for found in _models_in(model.model_fields[str(part)].annotation)
        ]
        if not inner and not any_kind and len(models) > 1:
            inner = [model for model in models if _is_kind(model, part)]
        models = inner or models
    return models


def _is_kind(model: type[BaseModel], tag: int | str) -> bool:
    """Whether a member of a tagged union is the one of a tag."""
    if tag == "predicate":
        return "has" in model.model_fields
    return any(tag in get_args(f.annotation) for f in model.model_fields.values())


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for arg in get_args(annotation) for model in _models_in(arg)]


_CUSTOM: Final = {
    "identifier": "DG104",
    "too_long": "DG104",
    "kernel": "DG104",
    "attribute": "DG104",
    "module": "DG104",
    "class": "DG104",
    "namespace": "DG104",
    "cpp_type": "DG104",
    "header": "DG104",
    "include": "DG104",
    "macro": "DG104",
    "source": "DG104",
    "device": "DG104",
    "release": "DG104",
    "cpp_reserved": "DG109",
    "reserved": "DG108",
    "entry": "DG103",
    "group": "DG103",
    "conflict": "DG103",
}

_HELP: Final = {
    "identifier": "names become identifiers in generated code",
    "reserved": "choose another name; generated code could not hold this one",
    "module": "write it as it is imported, such as `package.module`",
    "namespace": "write it as C++ does, such as `library::dispatch`",
    "cpp_type": "give a longer or stranger one a name in its header, with `using`",
    "header": "write it as `#include` has it, without quotes, `..` or a leading `/`",
    "include": "write it without `..`, a leading `/` or one at the end",
    "source": "write it without a leading `/`; each file stands for itself",
    "cpp_reserved": "choose another name; generated C++ could not hold this one",
    "class": "a colon stands between the module and the class in it",
}

# The members of plain unions, as pydantic names them in a location.
_BRANCHES: Final = {
    "bool": "true or false",
    "int": "a number",
    "is-instance": "a text",
    "list": "a list",
    "dict": "a mapping",
}

# Errors of a scalar in place of a whole declaration.
_SCALAR_KINDS: Final = ("entry", "model_type", "model_attributes_type")

_EXPECTED: Final = {
    "bool_type": "expected true or false",
    "int_type": "expected a number",
    "list_type": "expected a list",
    "dict_type": "expected a mapping",
    "model_type": "expected a mapping",
    "model_attributes_type": "expected a mapping",
    "literal_error": "not one of the values it can have",
    "string_type": "expected a text",
    "greater_than_equal": "a number that is too small",
    "less_than_equal": "a number that is too big",
}
