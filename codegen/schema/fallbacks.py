"""Section `fallbacks`: what a key does for operators without a kernel for it."""

from __future__ import annotations

from copy import deepcopy
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue

from codegen.schema.base import (
    Declaration,
    KernelName,
    LocatedMap,
    LocatedStr,
    Name,
    NamePattern,
    Text,
    plain_literals,
    relocate,
)


class PolicyDecl(Declaration):
    """What a fallback does."""

    short_form: ClassVar[str | None] = "policy"

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        fields["properties"]["policy"]["description"] = fields["description"]
        return super()._forms(fields, handler)


class Fallthrough(PolicyDecl):
    """The key is skipped when the kernel to call is looked up."""

    policy: Literal["fallthrough"]


class NotImplementedPolicy(PolicyDecl):
    """Calling it is an error."""

    policy: Literal["not_implemented"]
    message: Text = Field(description="`{operator}` stands for the operator's name.")


class Redispatch(PolicyDecl):
    """The call goes on with the keys of a keyset."""

    policy: Literal["redispatch"]
    redispatch_to: Name = Field(description="A keyset constant.")


class AutogradNotImplemented(PolicyDecl):
    """Autograd hooks decide; without hooks the call goes on with a keyset's keys."""

    policy: Literal["autograd_not_implemented"]
    redispatch_to: Name = Field(description="A keyset constant.")


class PythonPolicy(PolicyDecl):
    """The innermost mode, then a subclass among the arguments, runs the operator."""

    policy: Literal["python"]
    exclude: Name = Field(
        description="A keyset constant: what is excluded while Python code runs."
    )
    mode: Name | None = Field(
        default=None,
        description="The entry of `modes` that is active while a dispatch mode is.",
    )


class PythonDispatcherPolicy(PolicyDecl):
    """A Python dispatcher of the thread decides what runs."""

    policy: Literal["python_dispatcher"]
    mode: Name | None = Field(
        default=None,
        description="The entry of `modes` that is active while such a dispatcher is.",
    )


class PythonTlsSnapshot(PolicyDecl):
    """Keeps the guards' state on entry, then goes on with a keyset's keys."""

    policy: Literal["python_tls_snapshot"]
    redispatch_to: Name = Field(description="A keyset constant.")


class KernelPolicy(PolicyDecl):
    """A named kernel; a bare name is a slot whose body somebody else supplies."""

    policy: Literal["kernel"]
    kernel: KernelName = Field(description="What is called.")


class BackendFallbackTo(PolicyDecl):
    """Runs on another backend and converts the results back."""

    policy: Literal["backend_fallback_to"]
    backend: Name = Field(description="The backend that runs it.")


def _plain_policy(data: Any) -> Any:
    if isinstance(data, LocatedStr):
        data = relocate({"policy": data}, data.span)
    return plain_literals(data, "policy")


Policy = Annotated[
    Fallthrough
    | NotImplementedPolicy
    | Redispatch
    | AutogradNotImplemented
    | PythonPolicy
    | PythonDispatcherPolicy
    | PythonTlsSnapshot
    | KernelPolicy
    | BackendFallbackTo,
    Field(discriminator="policy"),
    BeforeValidator(_plain_policy),
]


class FallbackDecl(Declaration):
    """The fallback of some keys, with what differs in a build variant."""

    keys: list[NamePattern] = Field(
        description="Runtime keys; `{group}` in one stands for each member."
    )
    action: Policy = Field(description="What it does; its fields stand beside `keys`.")
    variants: dict[Name, Policy] = Field(
        default_factory=dict, description="By build variant: what it does there."
    )
    overridable: list[NamePattern] = Field(
        default_factory=list,
        description="Those of `keys` whose fallback a library may replace.",
    )

    @classmethod
    def _expand(cls, data: Any) -> Any:
        if not isinstance(data, LocatedMap):
            return data
        own = ("keys", "variants", "overridable")
        fields = relocate({k: data[k] for k in own if k in data}, data.span)
        action = {k: v for k, v in data.items() if k not in own}
        fields["action"] = relocate(action, data.span)
        return fields

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        action = fields["properties"].pop("action")
        fields["required"].remove("action")
        policies = [handler.resolve_ref_schema(policy) for policy in action["oneOf"]]
        # A policy that a text can stand for: the last of its forms is the mapping.
        mappings = [policy.get("anyOf", [policy])[-1] for policy in policies]
        return [
            {
                **deepcopy(fields),
                "description": mapping["description"],
                "properties": deepcopy(mapping["properties"] | fields["properties"]),
                "required": [*fields["required"], *mapping["required"]],
            }
            for mapping in mappings
        ]
