"""Sections `operators`, `operator_rules` and `kernels`.

Operators are in torchgen's syntax; what torchgen's program adds to them is data here.
"""

from __future__ import annotations

from pydantic import Field

from codegen.schema.base import Declaration, KernelName, LocatedStr, Name, Text


class OperatorDecl(Declaration):
    """One operator, in the fields that torchgen's own files have."""

    func: Text = Field(description="The schema: name.overload(arguments) -> returns.")
    variants: Text | None = None
    dispatch: dict[LocatedStr, KernelName] | None = Field(
        default=None, description="Kernels by key; keys may share one, comma-joined."
    )
    structured: bool = False
    structured_delegate: Text | None = None
    structured_inherits: Text | None = None
    precomputed: list[Text] | None = None
    autogen: Text | None = None
    tags: Text | list[Text] | None = None
    device_check: Text | None = None
    device_guard: bool = True
    python_module: Text | None = None
    category_override: Text | None = None
    manual_kernel_registration: bool = False
    manual_cpp_binding: bool = False
    cpp_no_default_args: list[Text] | None = None
    ufunc_inner_loop: Text | dict[LocatedStr, Text] | None = None
    use_const_ref_for_mutable_tensors: bool = False
    deprecated: bool = False


class StructuredRuleDecl(Declaration):
    """Which keys a structured operator and its delegates get kernels for."""

    keys: list[LocatedStr] = Field(
        description="The out variant's keys whose kernels its delegates share."
    )
    always: list[Name] = Field(
        default_factory=list, description="Keys that all of them get a kernel for."
    )
    delegates: list[Name] = Field(
        default_factory=list, description="Keys that only the delegates get one for."
    )


class OperatorRulesDecl(Declaration):
    """What follows for an operator that its entry does not say."""

    default: Name | None = Field(
        default=None, description="The alias key of an operator without `dispatch`."
    )
    structured: StructuredRuleDecl | None = None
