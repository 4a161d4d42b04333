"""What all declarations share: strictness, places, names and short forms."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SkipValidation,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from codegen.located import LocatedList, LocatedMap, LocatedStr
from codegen.source import Span

_IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_PATTERN: Final = re.compile(
    r"(?=.)(?:[A-Za-z_][A-Za-z0-9_]*)?(?:\{[A-Za-z_][A-Za-z0-9_]*\}[A-Za-z0-9_]*)*",
    re.ASCII,
)
_KERNEL: Final = re.compile(
    r"[A-Za-z_][A-Za-z0-9_]*(?:(?:::|\.|:)[A-Za-z_][A-Za-z0-9_]*)*", re.ASCII
)


def _identifier(value: LocatedStr) -> LocatedStr:
    if not _IDENTIFIER.fullmatch(value):
        raise PydanticCustomError(
            "identifier",
            "{name} is not a name: letters a-z, digits and underscores, no digit first",
            {"name": repr(str(value))},
        )
    if keyword.iskeyword(value) or value.startswith("__") or value in _ENUM_NAMES:
        raise PydanticCustomError(
            "reserved", "`{name}` is reserved in Python", {"name": str(value)}
        )
    return value


# Names that a member of a Python enum cannot have.
_ENUM_NAMES: Final = frozenset({"mro", "name", "value"})


def _pattern(value: LocatedStr) -> LocatedStr:
    if not _PATTERN.fullmatch(value):
        raise PydanticCustomError(
            "identifier",
            "{name} is neither a name nor one with a group or member in braces",
            {"name": repr(str(value))},
        )
    return value


def _kernel(value: LocatedStr) -> LocatedStr:
    if not _KERNEL.fullmatch(value):
        raise PydanticCustomError(
            "kernel",
            "{name} is not a kernel: a Python `module:function` or a C++ symbol",
            {"name": repr(str(value))},
        )
    return value


Name = Annotated[LocatedStr, AfterValidator(_identifier)]
"""An ASCII identifier."""

NamePattern = Annotated[LocatedStr, AfterValidator(_pattern)]
"""A name in which `{group}` or a bound `{backend}` stands for members."""

KernelName = Annotated[LocatedStr, AfterValidator(_kernel)]
"""A Python `module:function`, a C++ symbol, or the bare name of a kernel slot."""

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

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

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


def relocate(data: Mapping[str, Any], span: Span) -> LocatedMap:
    """A mapping that was not written as such, standing for a place that was."""
    result = LocatedMap(data)
    result.span = span
    result.places = dict.fromkeys(data, span)
    return result


__all__ = [
    "NO_PLACE",
    "Declaration",
    "Expression",
    "KernelName",
    "LocatedList",
    "LocatedMap",
    "LocatedStr",
    "Name",
    "NamePattern",
    "NamedDeclaration",
    "Text",
    "relocate",
]
