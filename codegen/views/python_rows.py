"""What the templates of the Python target print.

One frozen dataclass a template, and the rows that they hold; templates name the fields.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ValueRow:
    """An enum member: its value is a number, or the member it is another name of."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class KeysView:
    """dispatch_key.py."""

    backends: tuple[ValueRow, ...]
    keys: tuple[ValueRow, ...]


@dataclass(frozen=True, slots=True)
class TextRow:
    """An enum member and its text."""

    member: str
    text: str


@dataclass(frozen=True, slots=True)
class KeySetView:
    """dispatch_key_set.py; keys are enum members."""

    per_backend: tuple[str, ...]
    aliases: tuple[str, ...]
    in_every_full_after: tuple[str, ...]
    is_trimmed: bool
    trimmed_slots: tuple[str, ...]
    texts: tuple[TextRow, ...]


@dataclass(frozen=True, slots=True)
class SetRow:
    """A keyset: the enum members it is made of."""

    name: str
    members: tuple[str, ...]
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeysetsView:
    """keysets.py."""

    keysets: tuple[SetRow, ...]
    imports_backends: bool


@dataclass(frozen=True, slots=True)
class SetCase:
    """One result of a function that returns keysets."""

    member: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AliasSetRow:
    """An alias key and its keyset: a constant, or else its members."""

    member: str
    constant: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyCase:
    """One result of a function that returns keys."""

    member: str
    key: str


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """A declared function; exactly one of the flags is set."""

    name: str
    camel_name: str
    has_camel_name: bool
    table: str
    docstring: str
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


@dataclass(frozen=True, slots=True)
class FunctionsView:
    """functions.py."""

    aliases: tuple[AliasSetRow, ...]
    functions: tuple[FunctionRow, ...]
    imported_keysets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AliasRow:
    """An alias key of table_rules.py."""

    name: str
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


@dataclass(frozen=True, slots=True)
class RulesView:
    """table_rules.py."""

    aliases: tuple[AliasRow, ...]
    imported_functions: tuple[str, ...]
    has_functions: bool
    has_ambiguity: bool
    imports_backends: bool
    imports_keys_only: bool
    imports_keysets: bool


@dataclass(frozen=True, slots=True)
class GuardRow:
    """A guard or mode."""

    name: str
    comments: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    stop_including: tuple[str, ...]
    stop_excluding: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardsView:
    """guards.py."""

    default_included: tuple[str, ...]
    default_excluded: tuple[str, ...]
    guards: tuple[GuardRow, ...]
    modes: tuple[GuardRow, ...]
    imports_backends: bool
    imports_keys_only: bool


@dataclass(frozen=True, slots=True)
class FallbackRow:
    """A fallback of a registration module."""

    key: str
    policy: str
    kernel: str
    redispatch_to: str
    exclude: str
    backend: str
    has_message: bool
    message: str


@dataclass(frozen=True, slots=True)
class KernelRow:
    """A kernel of a registration module; all literals."""

    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """registrations/<module>.py."""

    module: str
    subject: str
    fallbacks: tuple[FallbackRow, ...]
    kernels: tuple[KernelRow, ...]


@dataclass(frozen=True, slots=True)
class RegistrationsView:
    """registrations/__init__.py."""

    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A table slot."""

    slot: str
    entry: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """An operator's table."""

    operator: str
    comments: tuple[str, ...]
    slots: tuple[SlotRow, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """tables/<namespace>/<name>.py: the overloads of one operator."""

    path: str
    module: str
    subject: str
    tables: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class NamespaceView:
    """tables/<namespace>/__init__.py."""

    name: str


@dataclass(frozen=True, slots=True)
class TablesView:
    """tables/__init__.py."""

    modules: tuple[TextRow, ...]


@dataclass(frozen=True, slots=True)
class PackageView:
    """__init__.py."""

    functions: tuple[str, ...]
    keysets: tuple[str, ...]
