"""One declaration file."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from codegen.schema.base import (
    Declaration,
    KernelName,
    LocatedList,
    LocatedMap,
    LocatedStr,
    Name,
    NamePattern,
    relocate,
)
from codegen.schema.fallbacks import FallbackDecl
from codegen.schema.keys import (
    BackendDecl,
    DispatcherDecl,
    FunctionalityDecl,
    GroupDecl,
    VariantDecl,
)
from codegen.schema.operators import OperatorDecl, OperatorRulesDecl
from codegen.schema.sets import AliasDecl, FunctionDecl, GuardDecl, KeysetDecl, TlsDecl


class Document(Declaration):
    """The sections of a declaration file; every one may be left out.

    A file that is a list, as torchgen's are, holds operators.
    """

    extends: LocatedStr | None = Field(
        default=None,
        description="Declarations to build on: a path, or the name of a built-in set.",
    )
    dispatcher: DispatcherDecl | None = None
    backends: list[BackendDecl] = Field(
        default_factory=list, description="Lowest bit, and so lowest priority, first."
    )
    functionality: list[FunctionalityDecl] = Field(
        default_factory=list, description="Functionality keys, lowest priority first."
    )
    groups: dict[Name, GroupDecl] = Field(default_factory=dict)
    keysets: dict[NamePattern, KeysetDecl] = Field(default_factory=dict)
    aliases: list[AliasDecl] = Field(
        default_factory=list, description="Alias keys, lowest precedence first."
    )
    legacy_names: dict[Name, Name] = Field(
        default_factory=dict, description="Old names of keys."
    )
    functions: dict[Name, FunctionDecl] = Field(default_factory=dict)
    guards: dict[NamePattern, GuardDecl] = Field(default_factory=dict)
    modes: dict[NamePattern, GuardDecl] = Field(
        default_factory=dict,
        description="Keys that a mode turns on while it is active.",
    )
    tls: TlsDecl | None = None
    fallbacks: list[FallbackDecl] = Field(default_factory=list)
    variants: dict[Name, VariantDecl] = Field(default_factory=dict)
    operator_rules: OperatorRulesDecl | None = None
    operators: list[OperatorDecl] = Field(default_factory=list)
    kernels: dict[Name, dict[LocatedStr, KernelName]] = Field(
        default_factory=dict,
        description="By key: kernels for operators that are declared elsewhere.",
    )

    @classmethod
    def _expand(cls, data: Any) -> Any:
        if isinstance(data, LocatedList):
            return relocate({"operators": data}, data.span)
        if isinstance(data, LocatedMap):
            # A section without content is as good as none.
            sections = {key: value for key, value in data.items() if value is not None}
            result = relocate(sections, data.span)
            result.places = data.places
            return result
        return data
