"""What all declarations share: strictness, places, names and short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SkipValidation,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

from codegen import cpp_spelling, names
from codegen.located import LocatedList, LocatedMap, LocatedStr, brief
from codegen.source import Span

_PATTERN: Final = re.compile(
    r"(?=.)(?:[A-Za-z_][A-Za-z0-9_]*)?(?:\{[A-Za-z_][A-Za-z0-9_]*\}[A-Za-z0-9_]*)*",
    re.ASCII,
)
_KERNEL: Final = re.compile(
    r"[A-Za-z_][A-Za-z0-9_]*(?:(?:::|\.|:)[A-Za-z_][A-Za-z0-9_]*)*", re.ASCII
)

_MODULE: Final = re.compile(
    r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*", re.ASCII
)
_CLASS: Final = re.compile(rf"{_MODULE.pattern}:{_MODULE.pattern}", re.ASCII)


_NAMESPACE: Final = re.compile(
    r"[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*", re.ASCII
)
# No part of a path begins with a dot: neither `..` nor a hidden file.
_PATH: Final = re.compile(
    r"[A-Za-z0-9_][A-Za-z0-9_.+-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*", re.ASCII
)
_SOURCE: Final = re.compile(rf"(?:\.\./)*{_PATH.pattern}", re.ASCII)
_DEVICE: Final = re.compile(r"[a-z](?:[a-z_]*[a-z])?", re.ASCII)
_RELEASE: Final = re.compile(r"[0-9]+\.[0-9]+", re.ASCII)
_MACRO: Final = re.compile(r"[A-Z_][A-Z0-9_]*", re.ASCII)

# A longer one would not fit on a line of its own.
MAX_CPP_TYPE: Final = 80

# Two names make one of a file, of which a file system takes 255 characters.
MAX_NAME: Final = 100

# A runtime key's name joins a prefix and a backend's name.
_MAX_KEY: Final = 2 * MAX_NAME

# Of a pattern or a kernel, which join several names.
_MAX_JOINED: Final = 500


def _quoted(value: str) -> str:
    shown = repr(str(value[:MAX_NAME]))
    return shown if len(value) <= MAX_NAME else f"{shown[:-1]}...{shown[-1]}"


def _check_length(value: str, longest: int) -> None:
    if len(value) > longest:
        raise PydanticCustomError(
            "too_long",
            "`{name}` is too long for a name: {length} characters, {longest} at most",
            {"name": brief(value), "length": len(value), "longest": longest},
        )


def _name(value: LocatedStr) -> LocatedStr:
    _check_length(value, MAX_NAME)
    return _identifier(value)


def _key_name(value: LocatedStr) -> LocatedStr:
    _check_length(value, _MAX_KEY)
    return _identifier(value)


def _identifier(value: LocatedStr) -> LocatedStr:
    if not names.is_identifier(value):
        raise PydanticCustomError(
            "identifier",
            "{name} is not a name: letters a-z, digits and underscores, no digit first",
            {"name": _quoted(value)},
        )
    if names.is_reserved(value):
        raise PydanticCustomError(
            "reserved", "`{name}` is reserved in Python", {"name": str(value)}
        )
    return value


def _pattern(value: LocatedStr) -> LocatedStr:
    _check_length(value, _MAX_JOINED)
    if not _PATTERN.fullmatch(value):
        raise PydanticCustomError(
            "identifier",
            "{name} is neither a name nor one with a group or member in braces",
            {"name": _quoted(value)},
        )
    return value


def _kernel(value: LocatedStr) -> LocatedStr:
    _check_length(value, _MAX_JOINED)
    if not _KERNEL.fullmatch(value):
        raise PydanticCustomError(
            "kernel",
            "{name} is not a kernel: a Python `module:function` or a C++ symbol",
            {"name": _quoted(value)},
        )
    return value


def _attribute(value: LocatedStr) -> LocatedStr:
    _check_length(value, MAX_NAME)
    if not names.is_identifier(value):
        raise PydanticCustomError(
            "attribute",
            "{name} is not an attribute: letters a-z, digits and underscores, "
            "no digit first",
            {"name": _quoted(value)},
        )
    if names.is_keyword(value):
        raise PydanticCustomError(
            "reserved", "`{name}` is reserved in Python", {"name": str(value)}
        )
    return value


def _module(value: LocatedStr) -> LocatedStr:
    _check_length(value, _MAX_JOINED)
    if not _MODULE.fullmatch(value):
        raise PydanticCustomError(
            "module",
            "{name} is not a Python module: names joined by dots",
            {"name": _quoted(value)},
        )
    return value


def _class(value: LocatedStr) -> LocatedStr:
    _check_length(value, _MAX_JOINED)
    if not _CLASS.fullmatch(value):
        raise PydanticCustomError(
            "class",
            "{name} is not a class: a Python `module:Class`",
            {"name": _quoted(value)},
        )
    return value


@dataclass(frozen=True, slots=True)
class _TextSchema:
    """What an editor knows of a text; the title makes it one shared definition."""

    title: str
    pattern: str
    longest: int
    help: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "title": self.title,
            "type": "string",
            "maxLength": self.longest,
            "pattern": f"^(?:{self.pattern})$",
            # Editors show it instead of the pattern.
            "patternErrorMessage": self.help,
        }


@dataclass(frozen=True, slots=True)
class WordsSchema:
    """What an editor knows of words of a closed list that a comma joins."""

    title: str
    words: tuple[str, ...]

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        word = f"(?:{'|'.join(self.words)})"
        return {
            "title": self.title,
            "type": "string",
            "pattern": f"^{word}(?:, {word})*$",
            "patternErrorMessage": f"One of {', '.join(self.words)}, or several.",
        }


Name = Annotated[
    LocatedStr,
    AfterValidator(_name),
    _TextSchema(
        "Name",
        f"(?!{names.RESERVED.pattern}){names.IDENTIFIER.pattern}",
        MAX_NAME,
        "A name: letters a-z, digits and underscores; no digit and no `__` first, no "
        "underscore at both ends, and no word that is reserved in Python.",
    ),
]
"""An ASCII identifier."""

KeyName = Annotated[
    LocatedStr,
    AfterValidator(_key_name),
    _TextSchema(
        "KeyName",
        f"(?!{names.RESERVED.pattern}){names.IDENTIFIER.pattern}",
        _MAX_KEY,
        "The name of a key.",
    ),
]
"""A name that a key has, be it declared or made from a prefix and a backend."""

NamePattern = Annotated[
    LocatedStr,
    AfterValidator(_pattern),
    _TextSchema(
        "NamePattern",
        _PATTERN.pattern,
        _MAX_JOINED,
        "A name, or one with a group or member in braces.",
    ),
]
"""A name in which `{group}` or a bound `{backend}` stands for members."""

KernelName = Annotated[
    LocatedStr,
    AfterValidator(_kernel),
    _TextSchema(
        "KernelName",
        _KERNEL.pattern,
        _MAX_JOINED,
        "A kernel: a Python `module:function` or a C++ symbol.",
    ),
]
"""A Python `module:function`, a C++ symbol, or the bare name of a kernel slot."""

AttributeName = Annotated[
    LocatedStr,
    AfterValidator(_attribute),
    _TextSchema(
        "AttributeName",
        f"(?!{names.KEYWORD.pattern}){names.IDENTIFIER.pattern}",
        MAX_NAME,
        "The name of a Python attribute: letters a-z, digits and underscores, no digit "
        "first, and no keyword.",
    ),
]
"""A name that Python code has after a dot; underscores may stand anywhere."""

ModuleName = Annotated[
    LocatedStr,
    AfterValidator(_module),
    _TextSchema(
        "ModuleName",
        _MODULE.pattern,
        _MAX_JOINED,
        "A Python module: names joined by dots.",
    ),
]
"""A Python module, as it is imported."""

ClassName = Annotated[
    LocatedStr,
    AfterValidator(_class),
    _TextSchema(
        "ClassName",
        _CLASS.pattern,
        _MAX_JOINED,
        "A class: a Python `module:Class`.",
    ),
]
"""A Python class and the module that has it."""


def _cpp_namespace(value: LocatedStr) -> LocatedStr:
    _check_length(value, MAX_NAME)
    if not _NAMESPACE.fullmatch(value):
        raise PydanticCustomError(
            "namespace",
            "{name} is not a C++ namespace: names joined by `::`",
            {"name": _quoted(value)},
        )
    for part in value.split("::"):
        if part in names.CPP_NAMESPACES:
            raise PydanticCustomError(
                "cpp_reserved",
                "`{name}` {problem}",
                {"name": part, "problem": "is a namespace of somebody else"},
            )
    return _for_cpp(value, value.split("::"))


def _cpp_type(value: LocatedStr) -> LocatedStr:
    _check_length(value, MAX_CPP_TYPE)
    if not cpp_spelling.is_type(value):
        raise PydanticCustomError(
            "cpp_type",
            "{name} is not a C++ type: a name with its namespace, with template "
            "arguments in `<>`, and with `*` for a pointer",
            {"name": _quoted(value)},
        )
    return _for_cpp(value, cpp_spelling.names_in(value))


def _header(value: LocatedStr) -> LocatedStr:
    _check_length(value, MAX_NAME)
    path = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    if not _PATH.fullmatch(path):
        raise PydanticCustomError(
            "header",
            "{name} is not a header: a path such as `library/tensor.h`, or `<vector>`",
            {"name": _quoted(value)},
        )
    return value


def _folder(value: LocatedStr) -> LocatedStr:
    _check_length(value, MAX_NAME)
    if not _PATH.fullmatch(value):
        raise PydanticCustomError(
            "include",
            "{name} is not a relative path: names joined by `/`",
            {"name": _quoted(value)},
        )
    return value


def _source(value: LocatedStr) -> LocatedStr:
    _check_length(value, MAX_NAME)
    if not _SOURCE.fullmatch(value):
        raise PydanticCustomError(
            "source",
            "{name} is not a source file: a relative path such as `../csrc/add.cpp`",
            {"name": _quoted(value)},
        )
    return value


def _device(value: LocatedStr) -> LocatedStr:
    _check_length(value, MAX_NAME)
    if not _DEVICE.fullmatch(value):
        raise PydanticCustomError(
            "device",
            "{name} is not the name of a device: letters a-z, and underscores between "
            "them, as PyTorch reads it",
            {"name": _quoted(value)},
        )
    return _identifier(value)


def _release(value: LocatedStr) -> LocatedStr:
    if not _RELEASE.fullmatch(value):
        raise PydanticCustomError(
            "release",
            "{name} is not a release: two numbers with a dot between them",
            {"name": _quoted(value)},
        )
    return value


def _macro(value: LocatedStr) -> LocatedStr:
    _check_length(value, MAX_NAME)
    if not _MACRO.fullmatch(value):
        raise PydanticCustomError(
            "macro",
            "{name} is not a macro: letters A-Z, digits and underscores, no digit first",
            {"name": _quoted(value)},
        )
    return _for_cpp(value, [value])


def _for_cpp(value: LocatedStr, parts: Iterable[str]) -> LocatedStr:
    for part in parts:
        problem = names.cpp_problem(part)
        if problem is not None:
            raise PydanticCustomError(
                "cpp_reserved",
                "`{name}` {problem}",
                {"name": part, "problem": problem},
            )
    return value


def _prefix(value: LocatedStr) -> LocatedStr:
    _check_length(value, MAX_NAME)
    return value


def _signature(value: LocatedStr) -> LocatedStr:
    _check_length(value.derive(value.partition("(")[0]), 2 * MAX_NAME)
    return value


CppNamespace = Annotated[
    LocatedStr,
    AfterValidator(_cpp_namespace),
    _TextSchema(
        "CppNamespace",
        _NAMESPACE.pattern,
        MAX_NAME,
        "A C++ namespace: names joined by `::`.",
    ),
]
"""A C++ namespace, one in another if there are several names."""

CppType = Annotated[
    LocatedStr,
    AfterValidator(_cpp_type),
    _TextSchema(
        "CppType",
        cpp_spelling.TYPE_PATTERN,
        MAX_CPP_TYPE,
        "A C++ type: a name with its namespace, with template arguments in `<>`.",
    ),
]
"""A C++ type as a header spells it."""

HeaderPath = Annotated[
    LocatedStr,
    AfterValidator(_header),
    _TextSchema(
        "HeaderPath",
        rf"{_PATH.pattern}|<{_PATH.pattern}>",
        MAX_NAME,
        "A header: a path such as `library/tensor.h`, or `<vector>`.",
    ),
]
"""A header as it is included: in quotes, unless it stands in `<>`."""

IncludePath = Annotated[
    LocatedStr,
    AfterValidator(_folder),
    _TextSchema(
        "IncludePath",
        _PATH.pattern,
        MAX_NAME,
        "A relative path: names joined by `/`.",
    ),
]
"""A folder below the one that a compiler searches for headers."""

SourcePath = Annotated[
    LocatedStr,
    AfterValidator(_source),
    _TextSchema(
        "SourcePath",
        _SOURCE.pattern,
        MAX_NAME,
        "A relative path: names joined by `/`; it may begin with `../`.",
    ),
]
"""A file that is compiled, as seen from the folder of what is generated."""

DeviceName = Annotated[
    LocatedStr,
    AfterValidator(_device),
    _TextSchema(
        "DeviceName",
        f"(?!{names.RESERVED.pattern}){_DEVICE.pattern}",
        MAX_NAME,
        "The name of a device: letters a-z, and underscores between them.",
    ),
]
"""A device type as PyTorch reads it in the text of a device."""

Release = Annotated[
    LocatedStr,
    AfterValidator(_release),
    _TextSchema(
        "Release",
        _RELEASE.pattern,
        MAX_NAME,
        "A release: two numbers with a dot between them.",
    ),
]
"""A release of PyTorch, as `2.13`."""

MacroName = Annotated[
    LocatedStr,
    AfterValidator(_macro),
    _TextSchema(
        "MacroName",
        _MACRO.pattern,
        MAX_NAME,
        "A macro: letters A-Z, digits and underscores, no digit first.",
    ),
]
"""A macro of the generated C++."""

NamePrefix = Annotated[LocatedStr, AfterValidator(_prefix)]
"""What stands before a backend's name; what they make is checked when they meet."""

Signature = Annotated[LocatedStr, AfterValidator(_signature)]
"""An operator's schema, of which only the length of the name is checked here."""

Expression = LocatedStr
"""A keyset expression; `codegen.expressions` has its grammar."""

Text = LocatedStr
"""Free text."""

NO_PLACE: Final = Span("", 1, 1)


class Declaration(BaseModel):
    """A mapping of the declarations.

    Attributes:
        span: where it starts, for messages.
    """

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", defer_build=True
    )

    span: SkipJsonSchema[SkipValidation[Span]] = Field(default=NO_PLACE, repr=False)

    # The field that a plain scalar in place of the mapping stands for.
    short_form: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _locate(cls, data: Any) -> Any:
        data = cls._expand(data)
        if isinstance(data, LocatedMap):
            if "span" in data:
                raise PydanticCustomError("extra_forbidden", "unknown field `span`")
            return {**data, "span": data.span}
        return data

    @classmethod
    def _expand(cls, data: Any) -> Any:
        """The long form of whatever short form a section allows."""
        if cls.short_form is not None and isinstance(data, LocatedStr):
            return relocate({cls.short_form: data}, data.span)
        return data

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        fields = deepcopy(handler.resolve_ref_schema(handler(schema)))
        forms = cls._forms(fields, handler)
        if len(forms) == 1:
            return forms[0]
        return {"description": fields["description"], "anyOf": forms}

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        """What `_expand` takes, as JSON Schemas, from that of the fields."""
        if cls.short_form is None or {*fields.get("required", ())} - {cls.short_form}:
            return [fields]
        return [without_null(fields["properties"][cls.short_form]), fields]


class NamedDeclaration(Declaration):
    """An entry of an ordered list: `- CPU` or `- CPU: {field: value}`."""

    name: Name

    @classmethod
    def _expand(cls, data: Any) -> Any:
        if isinstance(data, LocatedStr):
            return relocate({"name": data}, data.span)
        if isinstance(data, LocatedMap) and len(data) == 1:
            (name, fields), *_ = data.items()
            if fields is None:
                return relocate({"name": name}, name.span)
            if isinstance(fields, LocatedMap) and "name" not in fields:
                return relocate({"name": name, **fields}, name.span)
        raise PydanticCustomError(
            "entry", "an entry is a name, or a name with its fields: `- NAME: {...}`"
        )

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        name = fields["properties"].pop("name")
        fields["required"].remove("name")
        entry = {
            "type": "object",
            "description": fields["description"],
            "propertyNames": name,
            "additionalProperties": fields,
            "minProperties": 1,
            "maxProperties": 1,
        }
        if fields["required"]:
            return [entry]
        entry["additionalProperties"] = {"anyOf": [fields, {"type": "null"}]}
        return [name, entry]


class PlacedDeclaration(NamedDeclaration):
    """An entry of a list whose order counts; an extension places its own entries."""

    before: Name | None = Field(
        default=None, description="In an extension: the entry that this one precedes."
    )
    after: Name | None = Field(
        default=None, description="In an extension: the entry that this one follows."
    )


def plain_literals(data: Any, *fields: str) -> Any:
    """A mapping with plain strings in some fields: a Literal takes no subclass of str."""
    if not isinstance(data, LocatedMap):
        return data
    plain = LocatedMap(
        {
            k: str(v) if k in fields and isinstance(v, str) else v
            for k, v in data.items()
        }
    )
    plain.span, plain.places = data.span, data.places
    return plain


def without_null(schema: JsonSchemaValue) -> JsonSchemaValue:
    """The JSON Schema of an optional field, of its value if it has one."""
    inner = [form for form in schema.get("anyOf", ()) if form != {"type": "null"}]
    if len(inner) != 1:
        return schema
    kept = {key: schema[key] for key in ("description",) if key in schema}
    return {**inner[0], **kept}


def given(field: str) -> JsonSchemaValue:
    """The JSON Schema of a mapping with an optional field that says something."""
    return {"required": [field], "properties": {field: {"not": {"type": "null"}}}}


def relocate(data: Mapping[str, Any], span: Span) -> LocatedMap:
    """A mapping that was not written as such, standing for a place that was."""
    result = LocatedMap(data)
    result.span = span
    result.places = dict.fromkeys(data, span)
    return result


__all__ = [
    "NO_PLACE",
    "AttributeName",
    "ClassName",
    "CppNamespace",
    "CppType",
    "Declaration",
    "Expression",
    "HeaderPath",
    "IncludePath",
    "KernelName",
    "KeyName",
    "LocatedList",
    "LocatedMap",
    "LocatedStr",
    "MacroName",
    "ModuleName",
    "Name",
    "NamePattern",
    "NamePrefix",
    "NamedDeclaration",
    "PlacedDeclaration",
    "Signature",
    "Text",
    "WordsSchema",
    "given",
    "plain_literals",
    "relocate",
    "without_null",
]
