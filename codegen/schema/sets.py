"""Sections `keysets`, `aliases`, `functions`, `guards`, `modes` and `tls`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, Tag, model_validator
from pydantic.functional_validators import BeforeValidator
from pydantic.types import Discriminator
from pydantic_core import PydanticCustomError

from codegen.schema.base import (
    Declaration,
    Expression,
    KernelName,
    LocatedMap,
    Name,
    NamedDeclaration,
    NamePattern,
    Text,
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

    key: Name = Field(description="The runtime key of the slot.")
    with_any_of: Expression = Field(
        description="The keys whose kernels make it ambiguous."
    )
    kernel: KernelName = Field(description="What the slot then holds: an error.")
    reason: Text = Field(description="The reason word of the slot.")


class AliasDecl(NamedDeclaration):
    """An alias key: a kernel registered for it fills many slots."""

    keys: Expression = Field(description="The runtime keys that it stands for.")
    reason: Text = Field(description="The reason word of a slot that it fills.")
    undefined: bool = Field(
        default=False, description="Whether it fills the undefined key's slot too."
    )
    yields_to: YieldsDecl | None = None
    ambiguous: AmbiguousDecl | None = None


class _FunctionDecl(Declaration):
    doc: Text | None = Field(default=None, description="What the function tells.")


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


class CaseDecl(Declaration):
    """What a function of a key returns for one key, or for one of each member."""

    key: NamePattern
    keys: Expression
    for_each: Name | None = None


class KeyFunctionDecl(_FunctionDecl):
    """A function of a key that returns a keyset."""

    of: Literal["key"]
    cases: list[CaseDecl]
    default: Expression = Field(description="The result for every other key.")


class KeyPredicateDecl(_FunctionDecl):
    """A function of a key that tells whether a keyset holds it."""

    of: Literal["key"]
    has: Expression = Field(description="The keyset.")
    but_not: list[Name] = Field(
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
    # A Literal takes no subclass of str.
    if isinstance(data, LocatedMap) and isinstance(data.get("of"), str):
        plain = LocatedMap({**data, "of": str(data["of"])})
        plain.span, plain.places = data.span, data.places
        return plain
    return data


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
    doc: Text | None = None

    @model_validator(mode="after")
    def _something(self) -> GuardDecl:
        sets = self.include, self.exclude, self.stop_including, self.stop_excluding
        if all(expression is None for expression in sets):
            raise PydanticCustomError(
                "conflict",
                "give `include`, `exclude`, `stop_including` or `stop_excluding`",
            )
        return self


class TlsDecl(Declaration):
    """The keys that a fresh thread includes in, and excludes from, every call."""

    included: Expression
    excluded: Expression
