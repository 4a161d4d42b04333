"""What the templates of c10's own files print.

One named tuple a template, and the rows that they hold; templates name the fields.
"""

from __future__ import annotations

from typing import NamedTuple

from codegen.format_c10 import SetText
from codegen.views.cpp_rows import KeyCase, NameRow, SlotsRow


class NamedKey(NamedTuple):
    """Another name of a key."""

    name: str
    key: str


class SizeRow(NamedTuple):
    """How many slots a table has, from a preprocessor directive on if there is one."""

    directive: str
    is_trimmed: bool
    size: int


class KeyFunctionRow(NamedTuple):
    """A function from backends to keys."""

    name: str
    comments: tuple[str, ...]
    cases: tuple[KeyCase, ...]
    default: str


class KeyHeaderView(NamedTuple):
    """DispatchKey.h."""

    undefined: str
    backends: tuple[str, ...]
    last_backend: str
    per_backend: tuple[str, ...]
    functionalities: tuple[str, ...]
    last_placeholder: str
    aliases: tuple[str, ...]
    first_alias: str
    last_alias: str
    legacy_names: tuple[NamedKey, ...]
    sizes: tuple[SizeRow, ...]
    has_variants: bool
    functions: tuple[KeyFunctionRow, ...]
    constants: tuple[NamedKey, ...]


class KeySourceView(NamedTuple):
    """DispatchKey.cpp."""

    undefined: str
    names: tuple[NameRow, ...]
    functions: tuple[KeyFunctionRow, ...]


class ConstantRow(NamedTuple):
    """A keyset constant."""

    name: str
    comments: tuple[str, ...]
    value: SetText


class SetCase(NamedTuple):
    """A case of a function that returns keysets."""

    member: str
    value: SetText


class SetFunctionRow(NamedTuple):
    """A function that returns keysets."""

    name: str
    comments: tuple[str, ...]
    cases: tuple[SetCase, ...]
    default: SetText


class HighestRow(NamedTuple):
    """A function from a keyset to the highest key of a part of it."""

    name: str
    comments: tuple[str, ...]
    kept: SetText


class PredicateRow(NamedTuple):
    """Whether a keyset holds a key."""

    name: str
    comments: tuple[str, ...]
    but_not: tuple[str, ...]
    keyset: SetText


class KeySetHeaderView(NamedTuple):
    """DispatchKeySet.h."""

    undefined: str
    in_every_full_after: tuple[str, ...]
    per_backend: tuple[str, ...]
    tables: tuple[SlotsRow, ...]
    has_variants: bool
    constants: tuple[ConstantRow, ...]
    of_backends: tuple[SetFunctionRow, ...]
    of_keys: tuple[SetFunctionRow, ...]
    predicates: tuple[PredicateRow, ...]
    highest: tuple[HighestRow, ...]


class KeySetSourceView(NamedTuple):
    """DispatchKeySet.cpp."""

    undefined: str
    aliases: tuple[SetCase, ...]
    of_keys: tuple[SetFunctionRow, ...]
    predicates: tuple[PredicateRow, ...]
