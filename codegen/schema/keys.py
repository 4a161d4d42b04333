"""Sections `dispatcher`, `backends`, `functionality`, `groups` and `variants`."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError

from codegen.schema.base import (
    NO_PLACE,
    AttributeName,
    Declaration,
    KeyName,
    LocatedList,
    LocatedMap,
    LocatedStr,
    MacroName,
    Name,
    NamePrefix,
    PlacedDeclaration,
    Text,
    given,
    relocate,
    without_null,
)
from codegen.schema.cpp import CppDecl


class DispatcherDecl(Declaration):
    """Settings of the dispatcher as a whole."""

    name: Name = Field(description="What other declarations extend it by.")
    undefined: Name = Field(
        default=LocatedStr("Undefined", NO_PLACE),
        description="The key of an empty keyset; it has table slot 0.",
    )
    default_namespace: Name | None = Field(
        default=None, description="Namespace of operators whose schema names none."
    )
    keyset_attribute: AttributeName = Field(
        default=LocatedStr("_dispatch_keys", NO_PLACE),
        description="The attribute of a tensor that holds its keyset, as an integer.",
    )
    dispatch_method: AttributeName = Field(
        default=LocatedStr("__torch_dispatch__", NO_PLACE),
        description="The method by which modes and subclasses take part in a call.",
    )
    cpp: CppDecl | None = Field(
        default=None, description="Settings of the C++ project, `--target cpp`."
    )


class BackendDecl(PlacedDeclaration):
    """A backend. Fields it does not know are its tags: group memberships."""

    keep_last: bool = Field(
        default=False, description="Stays above all backends without this field."
    )
    legacy_names: dict[Name, KeyName] = Field(
        default_factory=dict, description="Old names that follow from this backend."
    )
    tags: dict[Name, bool | int] = Field(
        default_factory=dict,
        description="Membership of tagged groups; a number places the member.",
    )

    @classmethod
    def _expand(cls, data: Any) -> Any:
        data = super()._expand(data)
        known = cls.model_fields.keys() - {"span", "tags"}
        tags = {key: value for key, value in data.items() if key not in known}
        fields = relocate(
            {key: value for key, value in data.items() if key in known}, data.span
        )
        fields["tags"] = tags
        return fields

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        tags = fields["properties"].pop("tags")
        fields["propertyNames"] = tags["propertyNames"]
        fields["additionalProperties"] = {
            **tags["additionalProperties"],
            "description": tags["description"],
        }
        return super()._forms(fields, handler)


class FunctionalityDecl(PlacedDeclaration):
    """A functionality key, or a family of them, one for each member of a group."""

    per_backend: bool = Field(
        default=False, description="One runtime key and table slot for each backend."
    )
    prefix: NamePrefix | None = Field(
        default=None,
        description="What its runtime keys put before the backend; its name if left out.",
    )
    for_each: Name | None = Field(
        default=None,
        description="A group: one key of its own, name plus member, for each member.",
    )
    in_every_full_after: bool = Field(
        default=False, description="`full_after` of any key contains this one."
    )

    @model_validator(mode="after")
    def _one_kind(self) -> FunctionalityDecl:
        if self.for_each is not None and self.per_backend:
            raise PydanticCustomError(
                "conflict", "`per_backend` and `for_each` exclude each other"
            )
        if self.prefix is not None and not self.per_backend:
            raise PydanticCustomError(
                "conflict", "`prefix` is for a key with `per_backend: true`"
            )
        return self

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        fields["allOf"] = [
            {
                "if": given("for_each"),
                "then": {"properties": {"per_backend": {"const": False}}},
            },
            {
                "if": given("prefix"),
                "then": {
                    "required": ["per_backend"],
                    "properties": {"per_backend": {"const": True}},
                },
            },
        ]
        return super()._forms(fields, handler)


class GroupDecl(Declaration):
    """A set of backends: `all`, a list of names, or those with a tag."""

    everything: bool = False
    members: list[Name] | None = Field(
        default=None, description="The members, in their order."
    )
    tagged: Name | None = Field(
        default=None, description="The field on a backend's own line that decides."
    )
    default: bool = Field(
        default=False, description="Whether a backend without the field is a member."
    )
    within: Name | None = Field(
        default=None, description="A group: only its members, in its order, count."
    )

    @classmethod
    def _expand(cls, data: Any) -> Any:
        if isinstance(data, LocatedList):
            return relocate({"members": data}, data.span)
        if isinstance(data, LocatedStr):
            if data == "all":
                return relocate({"everything": True}, data.span)
        elif (
            isinstance(data, LocatedMap)
            and data.get("tagged") is not None
            and not data.keys() & {"everything", "members"}
        ):
            return data
        raise PydanticCustomError(
            "group", "a group is `all`, a list of backends, or `{tagged: FIELD}`"
        )

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        del fields["properties"]["everything"]
        members = without_null(fields["properties"].pop("members"))
        everything = {"description": "All backends.", "const": "all"}
        tagged = {"tagged": without_null(fields["properties"]["tagged"])}
        fields["properties"] = {**fields["properties"], **tagged}
        return [everything, members, {**fields, "required": ["tagged"]}]


class VariantDecl(Declaration):
    """A build variant: what `variants:` of a fallback can name."""

    includes: list[Name] = Field(
        default_factory=list, description="Variants whose fallbacks hold in it too."
    )
    table_keys: list[KeyName] | None = Field(
        default=None,
        description="The only runtime keys with a table slot, in slot order.",
    )
    macro: MacroName | None = Field(
        default=None, description="What a C++ build of this variant defines."
    )
    doc: Text | None = Field(default=None, description="What the variant is.")

    short_form: ClassVar[str | None] = "doc"

    @classmethod
    def _expand(cls, data: Any) -> Any:
        return super()._expand({} if data is None else data)

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        return [*super()._forms(fields, handler), {"type": "null"}]
