"""Sections `operators`, `operator_rules` and `kernels`.

Operators are in torchgen's syntax; what torchgen's program adds to them is data here.
"""

from __future__ import annotations

from pydantic import Field

from codegen.schema.base import (
    Declaration,
    KernelName,
    KeyName,
    LocatedStr,
    ModuleName,
    Name,
    Signature,
    Text,
)


class OperatorDecl(Declaration):
    """One operator, in the fields that torchgen's own files have, and `fake_module`."""

    func: Signature = Field(
        description="The schema: name.overload(arguments) -> returns."
    )
    variants: Text | None = Field(
        default=None, description="`function`, `method`, or both, comma-joined."
    )
    dispatch: dict[LocatedStr, KernelName] | None = Field(
        default=None, description="Kernels by key; keys may share one, comma-joined."
    )
    structured: bool = Field(
        default=False,
        description="Whether it has structured kernels: shapes apart from results.",
    )
    structured_delegate: Text | None = Field(
        default=None, description="The out variant whose structured kernels it shares."
    )
    structured_inherits: Text | None = Field(
        default=None,
        description="The C++ class that its structured kernels inherit from.",
    )
    precomputed: list[Text] | None = Field(
        default=None, description="What structured kernels get in place of arguments."
    )
    autogen: Text | None = Field(
        default=None, description="Variants that are derived from it, comma-joined."
    )
    tags: Text | list[Text] | None = Field(
        default=None, description="A tag or several, as torchgen knows them."
    )
    device_check: Text | None = Field(
        default=None, description="`NoCheck`: its tensors may be on different devices."
    )
    device_guard: bool = Field(
        default=True, description="Whether its kernels run under a device guard."
    )
    python_module: Text | None = Field(
        default=None, description="The Python module that has it, such as `nn`."
    )
    fake_module: ModuleName | None = Field(
        default=None, description="The Python module that holds its fake kernel."
    )
    category_override: Text | None = Field(
        default=None,
        description="`factory` or `dummy`, where the schema does not tell.",
    )
    manual_kernel_registration: bool = Field(
        default=False, description="Its kernels are registered by hand."
    )
    manual_cpp_binding: bool = Field(
        default=False, description="Its C++ binding is written by hand."
    )
    cpp_no_default_args: list[Text] | None = Field(
        default=None, description="Arguments that have no default in C++."
    )
    ufunc_inner_loop: Text | dict[LocatedStr, Text] | None = Field(
        default=None,
        description="The inner loop of an elementwise kernel, or one for each kind.",
    )
    use_const_ref_for_mutable_tensors: bool = Field(
        default=False,
        description="Mutable tensors are passed by const reference in C++.",
    )
    deprecated: bool = Field(
        default=False, description="It should not be used any more."
    )


class StructuredRuleDecl(Declaration):
    """Which keys a structured operator and its delegates get kernels for."""

    keys: list[LocatedStr] = Field(
        description="The out variant's keys whose kernels its delegates share."
    )
    always: list[KeyName] = Field(
        default_factory=list, description="Keys that all of them get a kernel for."
    )
    delegates: list[KeyName] = Field(
        default_factory=list, description="Keys that only the delegates get one for."
    )


class OperatorRulesDecl(Declaration):
    """What follows for an operator that its entry does not say."""

    default: Name | None = Field(
        default=None, description="The alias key of an operator without `dispatch`."
    )
    structured: StructuredRuleDecl | None = Field(
        default=None,
        description="Which keys a structured operator and its delegates get kernels for.",
    )
