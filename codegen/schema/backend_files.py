"""Backend files, as torchgen's `gen_backend_stubs` reads them: kernels of one backend."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from codegen import names
from codegen.schema.base import (
    MAX_NAME,
    Declaration,
    HeaderPath,
    KeyName,
    LocatedList,
    LocatedMap,
    LocatedStr,
    Text,
    relocate,
)

_NAMESPACE: Final = re.compile(
    r"[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*", re.ASCII
)
_INCLUDE: Final = re.compile(r"#\s*include\s*")
_LISTS: Final = ("supported", "autograd", "full_codegen", "symint")


def _scope(value: LocatedStr) -> LocatedStr:
    """A name below which the author has code already, also in others' namespaces."""
    if len(value) > MAX_NAME or not _NAMESPACE.fullmatch(value):
        raise PydanticCustomError(
            "namespace",
            "{name} is not a C++ namespace: names joined by `::`",
            {"name": f"`{value[: MAX_NAME]}`"},
        )
    for part in value.split("::"):
        problem = names.cpp_problem(part)
        if problem is not None:
            raise PydanticCustomError(
                "cpp_reserved",
                "`{name}` {problem}",
                {"name": part, "problem": problem},
            )
    return value


def _class(value: LocatedStr) -> LocatedStr:
    if "::" in value:
        raise PydanticCustomError(
            "namespace", "a class has a name without `::`; that is `cpp_namespace`"
        )
    return _scope(value)


_Scope = Annotated[LocatedStr, AfterValidator(_scope)]
_ClassName = Annotated[LocatedStr, AfterValidator(_class)]


class BackendFileDecl(Declaration):
    """The kernels of a backend, and the C++ class that has them."""

    backend: KeyName = Field(description="The key that `supported` is for.")
    cpp_namespace: _Scope = Field(description="The namespace of the class.")
    class_name: _ClassName | None = Field(
        default=None,
        description="The class with the kernels; the backend and `NativeFunctions` if "
        "left out.",
    )
    extra_headers: list[HeaderPath] = Field(
        default_factory=list, description="Headers that its declaration includes."
    )
    supported: list[Text] = Field(
        default_factory=list, description="Operators with a kernel for the backend."
    )
    autograd: list[Text] = Field(
        default_factory=list,
        description="Operators with a kernel for the backend's autograd key.",
    )
    symint: list[Text] = Field(
        default_factory=list,
        description="Those of both lists whose kernels keep symbolic sizes.",
    )
    use_out_as_primary: bool = Field(
        default=False,
        description="Whether nothing is made of a functional kernel for the other "
        "variants of its group.",
    )
    device_guard: bool = Field(
        default=False, description="Whether kernels run under a device guard."
    )
    full_codegen: list[Text] = Field(
        default_factory=list,
        description="Operators that torchgen's lazy backend is generated for: left out.",
    )
    ir_gen: list[Text] = Field(
        default_factory=list, description="Of torchgen's lazy backend: left out."
    )
    non_native: list[Any] = Field(
        default_factory=list, description="Of torchgen's lazy backend: left out."
    )

    @classmethod
    def _expand(cls, data: Any) -> Any:
        if not isinstance(data, LocatedMap):
            return data
        # A list without content is as good as none.
        fields = {k: v for k, v in data.items() if v is not None or k not in _EMPTY}
        headers = fields.get("extra_headers")
        if isinstance(headers, LocatedStr):
            fields["extra_headers"] = _headers(headers)
        result = relocate(fields, data.span)
        result.places = data.places
        return result


_EMPTY: Final = frozenset({*_LISTS, "extra_headers", "ir_gen", "non_native"})


def _headers(text: LocatedStr) -> LocatedList:
    """The headers of a text that is C++: a line each, `#include` and quotes left out."""
    found = [_INCLUDE.sub("", line).strip().strip('"') for line in text.splitlines()]
    result = LocatedList(text.derive(header) for header in found if header)
    result.span = text.span
    result.places = [text.span] * len(result)
    return result
