"""One declaration file."""

from __future__ import annotations

from typing import Any

from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue

from codegen.schema.base import (
    ClassName,
    Declaration,
    Expression,
    KernelName,
    KeyName,
    LocatedList,
    LocatedMap,
    LocatedStr,
    Name,
    NamePattern,
    relocate,
    without_null,
)
from codegen.schema.c10 import C10Decl
from codegen.schema.fallbacks import FallbackDecl
from codegen.schema.keys import (
    BackendDecl,
    DispatcherDecl,
    FunctionalityDecl,
    GroupDecl,
    VariantDecl,
)
from codegen.schema.operators import OperatorDecl, OperatorRulesDecl
from codegen.schema.selection import SelectionDecl
from codegen.schema.sets import (
    AliasDecl,
    FunctionDecl,
    GuardDecl,
    KeysetDecl,
    NameListDecl,
    TlsDecl,
)
from codegen.schema.tags import TagDecl, are_tags
from codegen.schema.torch import TorchDecl


class Document(Declaration):
    """The sections of a declaration file; every one may be left out.

    A file that is a list, as torchgen's are, holds operators, or tags of operators.
    """

    extends: LocatedStr | None = Field(
        default=None,
        description="Declarations to build on: a path, or the name of a built-in set.",
    )
    dispatcher: DispatcherDecl | None = Field(
        default=None, description="Settings of the dispatcher as a whole."
    )
    backends: list[BackendDecl] = Field(
        default_factory=list, description="Lowest bit, and so lowest priority, first."
    )
    functionality: list[FunctionalityDecl] = Field(
        default_factory=list, description="Functionality keys, lowest priority first."
    )
    groups: dict[Name, GroupDecl] = Field(
        default_factory=dict, description="Groups of backends, by name."
    )
    keysets: dict[NamePattern, KeysetDecl] = Field(
        default_factory=dict, description="Keyset constants, by name."
    )
    aliases: list[AliasDecl] = Field(
        default_factory=list, description="Alias keys, lowest precedence first."
    )
    legacy_names: dict[Name, KeyName] = Field(
        default_factory=dict, description="Old names of keys."
    )
    functions: dict[Name, FunctionDecl] = Field(
        default_factory=dict, description="Functions of a backend, a key or a keyset."
    )
    guards: dict[NamePattern, GuardDecl] = Field(
        default_factory=dict,
        description="What a guard includes and excludes while it is alive.",
    )
    modes: dict[NamePattern, GuardDecl] = Field(
        default_factory=dict,
        description="Keys that a mode turns on while it is active.",
    )
    tls: TlsDecl | None = Field(
        default=None,
        description="What a fresh thread includes in, and excludes from, every call.",
    )
    types: dict[ClassName, Expression] = Field(
        default_factory=dict,
        description="Classes of others whose objects are tensors: the keys they have.",
    )
    fallbacks: list[FallbackDecl] = Field(
        default_factory=list,
        description="What keys do for operators without a kernel for them.",
    )
    variants: dict[Name, VariantDecl] = Field(
        default_factory=dict,
        description="Build variants: what `variants` of a fallback can name.",
    )
    operator_rules: OperatorRulesDecl | None = Field(
        default=None,
        description="What follows for an operator that its entry does not say.",
    )
    operators: list[OperatorDecl] = Field(
        default_factory=list, description="Operators, as torchgen's files have them."
    )
    operator_files: list[LocatedStr] = Field(
        default_factory=list,
        description="Files in torchgen's own YAML, as seen from this one: what torchgen "
        "derives from them is derived here too. `operators` may name them, too.",
    )
    operator_tags: list[TagDecl] = Field(
        default_factory=list,
        description="The tags that operators may have, as torchgen's file of tags has "
        "them; any may stand where there is none.",
    )
    name_lists: dict[Name, NameListDecl] = Field(
        default_factory=dict,
        description="Lists of names that are kept elsewhere, for `lint` to compare.",
    )
    kernels: dict[KeyName, dict[LocatedStr, KernelName]] = Field(
        default_factory=dict,
        description="By key: kernels for operators that are declared elsewhere.",
    )
    selection: SelectionDecl | None = Field(
        default=None,
        description="A selective build: the only operators that are generated.",
    )
    torch: TorchDecl | None = Field(
        default=None,
        description="Settings of an extension of stock PyTorch, `--target libtorch` and "
        "`--target torch_library`.",
    )
    c10: C10Decl | None = Field(
        default=None,
        description="Settings of `--target c10`, the files that PyTorch keeps by hand.",
    )

    @classmethod
    def _expand(cls, data: Any) -> Any:
        if isinstance(data, LocatedList):
            section = "operator_tags" if are_tags(data) else "operators"
            return relocate({section: data}, data.span)
        if isinstance(data, LocatedMap):
            # A section without content is as good as none.
            sections = {
                key: value
                for key, value in data.items()
                if value is not None or key not in cls.model_fields
            }
            result = relocate(sections, data.span)
            result.places = data.places
            _name_files(result)
            return result
        return data

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        sections = fields["properties"]
        for name, section in sections.items():
            if section != without_null(section):
                continue
            kept = {k: section.pop(k) for k in ("description",) if k in section}
            sections[name] = {**kept, "anyOf": [section, {"type": "null"}]}
        operators = without_null(sections["operators"])
        entry = operators["items"]
        path = {"type": "string", "pattern": r"\.ya?ml$"}
        mixed = {"type": "array", "items": {"anyOf": [entry, path]}}
        text = sections["operators"].get("description")
        sections["operators"] = {
            "anyOf": [mixed, path, {"type": "null"}],
            **({} if text is None else {"description": text}),
        }
        tags = without_null(sections["operator_tags"])
        return [fields, operators, tags, {"type": "null"}]


def _name_files(sections: LocatedMap) -> None:
    """Move the texts among `operators`, which are paths, to `operator_files`."""
    operators = sections.get("operators")
    if _is_path(operators):
        operators = _list([operators])
    if not isinstance(operators, LocatedList):
        return
    paths = [item for item in operators if _is_path(item)]
    if not paths:
        return
    entries = LocatedList(item for item in operators if not _is_path(item))
    entries.span = operators.span
    entries.places = [
        place
        for item, place in zip(operators, operators.places, strict=True)
        if not _is_path(item)
    ]
    sections["operators"] = entries
    named = sections.get("operator_files")
    if isinstance(named, LocatedList):
        paths = [*named, *paths]
    sections["operator_files"] = _list(paths)
    sections.places["operator_files"] = sections["operator_files"].span


def _is_path(item: Any) -> bool:
    """Whether an item of `operators` names a file; a schema never ends like one."""
    return isinstance(item, LocatedStr) and item.endswith((".yaml", ".yml"))


def _list(items: list[Any]) -> LocatedList:
    result = LocatedList(items)
    result.span = items[0].span
    result.places = [getattr(item, "span", result.span) for item in items]
    return result
