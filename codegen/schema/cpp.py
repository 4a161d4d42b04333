"""Field `cpp` of section `dispatcher`: settings of the C++ project."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from codegen.schema.base import (
    CppNamespace,
    CppType,
    Declaration,
    HeaderPath,
    IncludePath,
    MacroName,
    Name,
    plain_literals,
)


class CppTypeDecl(Declaration):
    """The C++ type that stands for a type of operator schemas."""

    type: CppType = Field(description="The type, with its namespace.")
    header: HeaderPath | None = Field(
        default=None, description="The header that declares it."
    )
    by_value: bool = Field(
        default=False, description="Kernels take it by value, not by `const` reference."
    )
    list: CppType | None = Field(
        default=None,
        description="What elements of a list that a kernel takes are, if not this type.",
    )

    short_form: ClassVar[str | None] = "type"


class CppValueDecl(Declaration):
    """The C++ type of a boxed value."""

    type: CppType = Field(description="The type, with its namespace.")
    header: HeaderPath | None = Field(
        default=None, description="The header that declares it."
    )

    short_form: ClassVar[str | None] = "type"


class CppKernelsDecl(Declaration):
    """Where declared kernels are declared in C++."""

    header: HeaderPath | None = Field(
        default=None,
        description="A header that declares all of them; prototypes are generated if "
        "left out.",
    )
    namespace: CppNamespace | None = Field(
        default=None, description="The namespace that their names are below."
    )

    short_form: ClassVar[str | None] = "header"


class CppDecl(Declaration):
    """Settings of the C++ project; what is left out follows from the dispatcher's name."""

    namespace: CppNamespace | None = Field(
        default=None, description="The namespace of all that is generated."
    )
    include: IncludePath | None = Field(
        default=None, description="The folder of the headers, as `#include` names it."
    )
    package: Name | None = Field(
        default=None, description="What CMake calls the project."
    )
    macro_prefix: MacroName | None = Field(
        default=None, description="What the names of its macros begin with."
    )
    types: dict[Name, CppTypeDecl] = Field(
        default_factory=dict, description="C++ types, by type of operator schemas."
    )
    value: CppValueDecl | None = Field(
        default=None, description="The type of a boxed value."
    )
    operators: Literal["mutable", "static"] = Field(
        default="mutable",
        description="`static`: tables of operators are constants, and nothing can be "
        "registered while the program runs.",
    )
    kernels: CppKernelsDecl | None = Field(
        default=None,
        description="What declares the kernels; prototypes are generated if left out.",
    )
    shards: int = Field(
        default=1,
        ge=1,
        le=256,
        description="Over how many sources the registrations of a key are spread, so that "
        "a changed operator rebuilds one of them.",
    )

    @classmethod
    def _expand(cls, data: Any) -> Any:
        return super()._expand(plain_literals(data, "operators"))
