"""Section `operator_tags`, and files of tags as torchgen reads them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from codegen.located import LocatedList, LocatedMap, LocatedStr
from codegen.schema.base import Declaration, Name


def _meaning(value: LocatedStr) -> LocatedStr:
    if not value.strip():
        raise PydanticCustomError("conflict", "`desc` says nothing about the tag")
    return value


class TagDecl(Declaration):
    """A tag that operators may have."""

    tag: Name = Field(description="Its name.")
    desc: Annotated[LocatedStr, AfterValidator(_meaning)] = Field(
        description="What it says of an operator."
    )


def are_tags(entries: LocatedList) -> bool:
    """Whether the entries of a file that is a list are tags, and not operators.

    The first entry with a field that only one of them has tells.
    """
    return next(filter(None, map(_kind, entries)), "") == "tag"


def _kind(entry: Any) -> str:
    fields = entry if isinstance(entry, LocatedMap) else ()
    return next((name for name in ("func", "tag") if name in fields), "")
