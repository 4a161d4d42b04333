"""What the templates of the C++ target print.

One named tuple a template, and the rows that they hold; templates name the fields. Every
header has its include guard and its namespace.
"""

from __future__ import annotations

from typing import NamedTuple


class ValueRow(NamedTuple):
    """An enumerator: its value is a number, or the one it is another name of."""

    name: str
    value: str


class KeysView(NamedTuple):
    """dispatch_key.h."""

    guard: str
    namespace: str
    backend_type: str
    backends: tuple[ValueRow, ...]
    keys: tuple[ValueRow, ...]


class NameRow(NamedTuple):
    """An enumerator and a literal."""

    member: str
    literal: str


class SlotsRow(NamedTuple):
    """The slots of a table, from a preprocessor directive on if there is one."""

    directive: str
    is_trimmed: bool
    slots: tuple[str, ...]


class KeySetView(NamedTuple):
    """dispatch_key_set.h."""

    guard: str
    namespace: str
    has_aliases: bool
    per_backend: tuple[str, ...]
    in_every_full_after: tuple[str, ...]
    tables: tuple[SlotsRow, ...]
    has_variants: bool
    backend_names: tuple[NameRow, ...]
    key_names: tuple[NameRow, ...]
    prefixes: tuple[NameRow, ...]
    other_names: tuple[NameRow, ...]


class SetRow(NamedTuple):
    """A keyset constant: the enumerators it is made of."""

    name: str
    members: tuple[str, ...]
    comments: tuple[str, ...]


class KeysetsView(NamedTuple):
    """keysets.h."""

    guard: str
    namespace: str
    keysets: tuple[SetRow, ...]


class SetCase(NamedTuple):
    """A result of a function that returns keysets: a constant, or else its members."""

    member: str
    members: tuple[str, ...]
    constant: str = ""


class KeyCase(NamedTuple):
    """A result of a function that returns keys."""

    member: str
    key: str


class FunctionRow(NamedTuple):
    """A declared function; exactly one of the flags is set."""

    name: str
    comments: tuple[str, ...]
    is_backend_to_set: bool = False
    is_backend_to_key: bool = False
    is_key_to_set: bool = False
    is_predicate: bool = False
    is_highest: bool = False
    set_cases: tuple[SetCase, ...] = ()
    key_cases: tuple[KeyCase, ...] = ()
    default_set: tuple[str, ...] = ()
    default_key: str = ""
    constant: str = ""
    but_not: tuple[str, ...] = ()


class FunctionsView(NamedTuple):
    """functions.h."""

    guard: str
    namespace: str
    aliases: tuple[SetCase, ...]
    functions: tuple[FunctionRow, ...]


class FieldRow(NamedTuple):
    """A field of a rule, and its value."""

    name: str
    value: str


class AliasRow(NamedTuple):
    """An alias key of table_rules.h; texts are literals."""

    member: str
    reason: str
    undefined: bool
    yields_to: tuple[str, ...]
    has_backends_of: bool
    backends_of: str
    is_ambiguous: bool
    ambiguous_slot: str
    ambiguous_keys: tuple[str, ...]
    ambiguous_kernel: str
    ambiguous_reason: str


class RulesView(NamedTuple):
    """table_rules.h."""

    guard: str
    namespace: str
    aliases: tuple[AliasRow, ...]


class SetFieldRow(NamedTuple):
    """A field of a rule that is a keyset."""

    name: str
    members: tuple[str, ...]


class GuardRow(NamedTuple):
    """A guard or mode, with the sets that are not empty."""

    name: str
    comments: tuple[str, ...]
    sets: tuple[SetFieldRow, ...]


class GuardsView(NamedTuple):
    """guards.h."""

    guard: str
    namespace: str
    default_included: tuple[str, ...]
    default_excluded: tuple[str, ...]
    guards: tuple[GuardRow, ...]
    modes: tuple[GuardRow, ...]


class ChoiceRow(NamedTuple):
    """A fallback, from a preprocessor directive on if there is one."""

    directive: str
    fields: tuple[FieldRow, ...]


class FallbackRow(NamedTuple):
    """What a key does, in each build variant."""

    choices: tuple[ChoiceRow, ...]
    has_variants: bool


class FallbacksView(NamedTuple):
    """fallbacks.h."""

    guard: str
    namespace: str
    fallbacks: tuple[FallbackRow, ...]


class TypeRow(NamedTuple):
    """A type of operator schemas, and its C++ type."""

    name: str
    cpp_type: str


class TypesView(NamedTuple):
    """types.h."""

    guard: str
    namespace: str
    system_headers: tuple[str, ...]
    headers: tuple[str, ...]
    types: tuple[TypeRow, ...]


class OptionRow(NamedTuple):
    """A macro that a build may define."""

    macro: str
    text: str


class ProjectView(NamedTuple):
    """CMakeLists.txt."""

    package: str
    tls_macro: str
    compiled_macro: str
    install_macro: str
    observers_macro: str
    is_sharded: bool
    last_shard: int
    registrations: tuple[str, ...]
    options: tuple[OptionRow, ...]


class ConfigView(NamedTuple):
    """cmake/<package>-config.cmake.in."""

    package: str
