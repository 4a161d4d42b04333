"""Sections `operators`, `operator_rules` and `kernels`.

Operators are in torchgen's syntax; what torchgen's program adds to them is data here.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from codegen.located import brief
from codegen.schema.base import (
    Declaration,
    KernelName,
    KeyName,
    LocatedStr,
    ModuleName,
    Name,
    Signature,
    Text,
    WordsSchema,
    plain_literals,
)

_VARIANTS: Final = ("function", "method")


def _variants(value: LocatedStr) -> LocatedStr:
    """Variants, joined as torchgen takes them apart: by a comma and a space."""
    offset = 0
    for variant in value.split(", "):
        if variant not in _VARIANTS:
            raise PydanticCustomError(
                "words",
                "`{word}` is not one of: {expected}",
                {
                    "word": brief(variant),
                    "expected": ", ".join(_VARIANTS),
                    "offset": offset,
                    "width": len(variant),
                },
            )
        offset += len(variant) + len(", ")
    return value


Variants = Annotated[
    LocatedStr, AfterValidator(_variants), WordsSchema("Variants", _VARIANTS)
]
"""`function`, `method`, or both."""


class OperatorDecl(Declaration):
    """One operator, in the fields that torchgen's own files have, and `fake_module`."""

    func: Signature = Field(
        description="The schema: name.overload(arguments) -> returns."
    )
    variants: Variants | None = Field(
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
    device_check: Literal["NoCheck", "ExactSame"] | None = Field(
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
        description="`factory`, `new`, `like` or `dummy`, where the schema does not tell.",
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

    @classmethod
    def _expand(cls, data: Any) -> Any:
        return super()._expand(plain_literals(data, "device_check"))


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


class OptionDecl(Declaration):
    """An argument that tells how a tensor is made."""

    name: Text = Field(description="Of the argument.")
    type: Text = Field(description="Of the argument, without `?`.")


class VariantRulesDecl(Declaration):
    """The variants that torchgen derives where its YAML does not have them."""

    key: KeyName = Field(description="The key that a derived variant has a kernel for.")
    unless: KeyName = Field(
        description="Nothing is derived from functions with a kernel for this key."
    )
    despite: Text | None = Field(
        default=None, description="A tag of functions for which `unless` does not hold."
    )
    tags: list[Text] = Field(
        default_factory=list, description="Tags of every derived variant."
    )
    out_tags: list[Text] = Field(
        default_factory=list, description="Tags of those with out arguments."
    )
    inherited_tags: list[Text] = Field(
        default_factory=list, description="Tags that they have if their base has them."
    )
    no_views: list[Text] = Field(
        default_factory=list, description="Functions that look like views and are none."
    )
    unpaired: list[Text] = Field(
        default_factory=list, description="Functions that are variants of no other."
    )
    without_out: list[Text] = Field(
        default_factory=list, description="Functions that need no out variant."
    )
    in_vain: list[Text] = Field(
        default_factory=list,
        description="Names in `autogen` that nothing is derived for, and that may stay.",
    )
    grouped_as: dict[LocatedStr, dict[LocatedStr, Text]] = Field(
        default_factory=dict,
        description="By function: arguments, and what they count as in comparisons.",
    )


class BackendSelectRulesDecl(Declaration):
    """Functions that have to be told the backend of their result."""

    key: KeyName = Field(description="The key that they get a kernel for.")
    unless_named: list[Text] = Field(
        default_factory=list,
        description="Patterns of names that need none: a tensor tells the backend.",
    )


class FunctionalizeRulesDecl(Declaration):
    """Functions that write, or that return views."""

    key: KeyName = Field(description="The key that they get a kernel for.")
    decomposed: KeyName = Field(
        description="The key whose kernel decomposes a view; what writes and has one "
        "needs no other."
    )
    without: list[Text] = Field(
        default_factory=list, description="Functions that get no such kernel."
    )
    in_selective_builds: bool = Field(
        default=True,
        description="Whether they get it too where not all operators are selected.",
    )


class InPlaceRulesDecl(Declaration):
    """In-place functions that get a check in place of a kernel."""

    keys: list[KeyName] = Field(description="The keys that they get it for.")
    unless: list[KeyName] = Field(
        default_factory=list, description="Keys with whose kernels they need none."
    )


class BackendFileRulesDecl(Declaration):
    """What torchgen's program does with backend files."""

    autograd: Name = Field(
        description="The function of a backend that returns its autograd key."
    )
    copy_in_place: Text | None = Field(
        default=None,
        description="The operator by which an in-place variant gets what the functional "
        "kernel computes; there is none of these without it.",
    )
    copy_out: Text | None = Field(
        default=None, description="The same of an out variant."
    )


class TorchgenRulesDecl(Declaration):
    """What torchgen's program does with its YAML, for `operator_files`."""

    options: list[OptionDecl] = Field(
        default_factory=list,
        description="The arguments by which a tensor is made, as they follow each other.",
    )
    view_tag: Text | None = Field(
        default=None, description="The tag of what makes its argument a view."
    )
    ufunc: list[KeyName] = Field(
        default_factory=list,
        description="Keys that a function with `ufunc_inner_loop` has a kernel for.",
    )
    variants: VariantRulesDecl | None = Field(
        default=None, description="The variants that are derived."
    )
    in_place: InPlaceRulesDecl | None = Field(
        default=None, description="What in-place functions get."
    )
    backend_select: BackendSelectRulesDecl | None = Field(
        default=None, description="What functions that make a tensor get."
    )
    functionalize: FunctionalizeRulesDecl | None = Field(
        default=None, description="What functions that write or return views get."
    )
    backend_files: BackendFileRulesDecl | None = Field(
        default=None, description="What backend files are read with."
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
    torchgen: TorchgenRulesDecl | None = Field(
        default=None,
        description="What torchgen's program does with its YAML, for `operator_files`.",
    )
