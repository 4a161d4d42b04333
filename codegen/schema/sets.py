"""Sections `keysets`, `aliases`, `functions`, `guards`, `modes` and `tls`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, GetJsonSchemaHandler, Tag, model_validator
from pydantic.functional_validators import BeforeValidator
from pydantic.json_schema import JsonSchemaValue
from pydantic.types import Discriminator
from pydantic_core import PydanticCustomError

from codegen.schema.base import (
    Declaration,
    Expression,
    KernelName,
    KeyName,
    LocatedMap,
    LocatedStr,
    Name,
    NamePattern,
    PlacedDeclaration,
    Text,
    given,
    plain_literals,
)


class KeysetDecl(Declaration):
    """A keyset constant, or a family of them, one for each member of a group."""

    short_form: ClassVar[str | None] = "keys"

    keys: Expression = Field(description="A keyset expression.")
    for_each: Name | None = Field(
        default=None, description="A group; `{backend}` is its member, in lower case."
    )
    doc: Text | None = Field(default=None, description="What the set is for.")


class YieldsDecl(Declaration):
    """What keeps an alias key out of a slot that it could fill."""

    aliases: list[Name] = Field(
        default_factory=list, description="Alias keys that have a kernel."
    )
    backends_of: Name | None = Field(
        default=None,
        description="A function: the slot's key to a set; a kernel for one of its keys.",
    )


class AmbiguousDecl(Declaration):
    """The slot in which an alias kernel would be a guess."""

    key: KeyName = Field(description="The runtime key of the slot.")
    with_any_of: Expression = Field(
        description="The keys whose kernels make it ambiguous."
    )
    kernel: KernelName = Field(description="What the slot then holds: an error.")
    reason: Text = Field(description="The reason word of the slot.")


class AliasDecl(PlacedDeclaration):
    """An alias key: a kernel registered for it fills many slots."""

    keys: Expression = Field(description="The runtime keys that it stands for.")
    reason: Text = Field(description="The reason word of a slot that it fills.")
    undefined: bool = Field(
        default=False, description="Whether it fills the undefined key's slot too."
    )
    yields_to: YieldsDecl | None = Field(
        default=None, description="What keeps it out of a slot that it could fill."
    )
    ambiguous: AmbiguousDecl | None = Field(
        default=None, description="The slot in which its kernel would be a guess."
    )


class _FunctionDecl(Declaration):
    doc: Text | None = Field(default=None, description="What the function tells.")

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        # What the function is of tells its kind, and that is what the class describes.
        fields["properties"]["of"]["description"] = fields["description"]
        return super()._forms(fields, handler)


class BackendFunctionDecl(_FunctionDecl):
    """A function of a backend: a keyset or a key for the members of a group."""

    of: Literal["backend"]
    for_each: Name = Field(description="The group of backends it knows.")
    keys: Expression | None = Field(default=None, description="A keyset result.")
    key: NamePattern | None = Field(default=None, description="A key result.")
    default: Expression = Field(description="The result for every other backend.")

    @model_validator(mode="after")
    def _one_result(self) -> BackendFunctionDecl:
        if (self.keys is None) == (self.key is None):
            raise PydanticCustomError("conflict", "give either `keys` or `key`")
        return self

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        fields["oneOf"] = [given("keys"), given("key")]
        return super()._forms(fields, handler)


class CaseDecl(Declaration):
    """What a function of a key returns for one key, or for one of each member."""

    key: NamePattern = Field(description="The key it is about.")
    keys: Expression = Field(description="The result for this key.")
    for_each: Name | None = Field(
        default=None, description="A group; `{backend}` is its member."
    )


class KeyFunctionDecl(_FunctionDecl):
    """A function of a key that returns a keyset."""

    of: Literal["key"]
    cases: list[CaseDecl] = Field(description="The keys it knows.")
    default: Expression = Field(description="The result for every other key.")
    inverse_of: Name | None = Field(
        default=None,
        description="The function from backends to keys that this one leads back from.",
    )


class KeyPredicateDecl(_FunctionDecl):
    """A function of a key that tells whether a keyset holds it."""

    of: Literal["key"]
    has: Expression = Field(description="The keyset.")
    but_not: list[KeyName] = Field(
        default_factory=list, description="Keys that do not count all the same."
    )


class KeysetFunctionDecl(_FunctionDecl):
    """A function of a keyset that returns the highest key of a part of it."""

    of: Literal["keyset"]
    highest_of: Expression = Field(
        description="An expression in which `keyset` is the argument."
    )


def _function_kind(data: Any) -> str | None:
    if not isinstance(data, LocatedMap):
        return "backend"
    of = data.get("of")
    if of == "key" and "has" in data:
        return "predicate"
    return str(of) if of in ("backend", "key", "keyset") else "backend"


def _plain_of(data: Any) -> Any:
    return plain_literals(data, "of")


FunctionDecl = Annotated[
    Annotated[BackendFunctionDecl, Tag("backend")]
    | Annotated[KeyFunctionDecl, Tag("key")]
    | Annotated[KeyPredicateDecl, Tag("predicate")]
    | Annotated[KeysetFunctionDecl, Tag("keyset")],
    Discriminator(_function_kind),
    BeforeValidator(_plain_of),
]


class GuardDecl(Declaration):
    """A guard or mode: how the thread's sets differ while it is alive."""

    for_each: Name | None = Field(
        default=None, description="A group; `{backend}` is its member."
    )
    include: Expression | None = Field(default=None, description="Keys it includes.")
    exclude: Expression | None = Field(default=None, description="Keys it excludes.")
    stop_including: Expression | None = Field(
        default=None, description="Keys that are no longer included."
    )
    stop_excluding: Expression | None = Field(
        default=None, description="Keys that are no longer excluded."
    )
    doc: Text | None = Field(default=None, description="What it is for.")

    @model_validator(mode="after")
    def _something(self) -> GuardDecl:
        sets = self.include, self.exclude, self.stop_including, self.stop_excluding
        if all(expression is None for expression in sets):
            raise PydanticCustomError(
                "conflict",
                "give `include`, `exclude`, `stop_including` or `stop_excluding`",
            )
        return self

    @classmethod
    def _forms(
        cls, fields: JsonSchemaValue, handler: GetJsonSchemaHandler
    ) -> list[JsonSchemaValue]:
        sets = "include", "exclude", "stop_including", "stop_excluding"
        fields["anyOf"] = [given(field) for field in sets]
        return super()._forms(fields, handler)


class NameListDecl(Declaration):
    """Names that somebody keeps elsewhere, such as the keys that a parser knows."""

    of: Literal["keys", "backends"] = Field(
        default="keys", description="What the list names: `keys` or `backends`."
    )
    covers: Literal["all", "families"] = Field(
        default="all",
        description="What it should hold: all of them, or with one key of a family "
        "every other one of that family.",
    )
    names: list[LocatedStr] = Field(description="What the list holds.")
    doc: Text | None = Field(default=None, description="Whose list it is.")

    @classmethod
    def _expand(cls, data: Any) -> Any:
        return plain_literals(data, "of", "covers")


class TlsDecl(Declaration):
    """The keys that a fresh thread includes in, and excludes from, every call."""

    included: Expression = Field(description="Keys that it includes.")
    excluded: Expression = Field(description="Keys that it excludes.")
