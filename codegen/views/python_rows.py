"""What the templates of the Python target print.

One named tuple a template, and the rows that they hold; templates name the fields.
"""

from __future__ import annotations

from typing import NamedTuple


class ValueRow(NamedTuple):
    """An enum member: its value is a number, or the member it is another name of."""

    name: str
    value: str


class KeysView(NamedTuple):
    """dispatch_key.py."""

    backends: tuple[ValueRow, ...]
    keys: tuple[ValueRow, ...]


class TextRow(NamedTuple):
    """An enum member and its text."""

    member: str
    text: str


class KeySetView(NamedTuple):
    """dispatch_key_set.py; keys are enum members."""

    per_backend: tuple[str, ...]
    aliases: tuple[str, ...]
    in_every_full_after: tuple[str, ...]
    is_trimmed: bool
    trimmed_slots: tuple[str, ...]
    texts: tuple[TextRow, ...]


class SetRow(NamedTuple):
    """A keyset: the enum members it is made of."""

    name: str
    members: tuple[str, ...]
    comments: tuple[str, ...] = ()


class KeysetsView(NamedTuple):
    """keysets.py."""

    keysets: tuple[SetRow, ...]
    imports_backends: bool


class SetCase(NamedTuple):
    """One result of a function that returns keysets."""

    member: str
    members: tuple[str, ...]


class AliasSetRow(NamedTuple):
    """An alias key and its keyset: a constant, or else its members."""

    member: str
    constant: str
    members: tuple[str, ...]


class KeyCase(NamedTuple):
    """One result of a function that returns keys."""

    member: str
    key: str


class FunctionRow(NamedTuple):
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


class FunctionsView(NamedTuple):
    """functions.py."""

    aliases: tuple[AliasSetRow, ...]
    functions: tuple[FunctionRow, ...]
    imports_keysets: bool


class AliasRow(NamedTuple):
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


class RulesView(NamedTuple):
    """table_rules.py."""

    aliases: tuple[AliasRow, ...]
    imports_functions: bool
    has_functions: bool
    has_ambiguity: bool
    imports_backends: bool
    imports_keys_only: bool
    imports_keysets: bool


class GuardRow(NamedTuple):
    """A guard or mode."""

    name: str
    comments: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    stop_including: tuple[str, ...]
    stop_excluding: tuple[str, ...]


class GuardsView(NamedTuple):
    """guards.py."""

    default_included: tuple[str, ...]
    default_excluded: tuple[str, ...]
    guards: tuple[GuardRow, ...]
    modes: tuple[GuardRow, ...]
    imports_backends: bool
    imports_keys_only: bool


class FallbackRow(NamedTuple):
    """A fallback of a registration module."""

    key: str
    policy: str
    kernel: str
    redispatch_to: str
    exclude: str
    backend: str
    mode: str
    has_message: bool
    message: str
    overridable: bool


class KernelRow(NamedTuple):
    """A kernel of a registration module; all literals."""

    arguments: tuple[str, ...]


class RegistrationView(NamedTuple):
    """registrations/<module>.py."""

    module: str
    subject: str
    fallbacks: tuple[FallbackRow, ...]
    kernels: tuple[KernelRow, ...]


class RegistrationsView(NamedTuple):
    """registrations/__init__.py; fallbacks are items of a dict."""

    modules: tuple[str, ...]
    fallbacks: tuple[str, ...]


class TypeRow(NamedTuple):
    """A class of somebody else: its name as a literal, and the members of its keyset."""

    module: str
    class_name: str
    literal: str
    members: tuple[str, ...]


class NamedRow(NamedTuple):
    """What a class is generated for: its name, and its docstring as a literal."""

    name: str
    docstring: str


class DispatcherView(NamedTuple):
    """dispatcher.py; attribute, method and default alias key are literals."""

    keyset_attribute: str
    dispatch_method: str
    default_alias: str
    types: tuple[TypeRow, ...]
    guards: tuple[NamedRow, ...]
    imports_backends: bool
    imports_keys_only: bool


class FuserView(NamedTuple):
    """fuser.py: nothing in it is declared."""


class OverloadRow(NamedTuple):
    """A declared operator; tags are literals, kernels items of a dict."""

    operator: str
    schema: str
    tags: tuple[str, ...]
    fake_module: str
    kernels: tuple[str, ...]


class OperatorView(NamedTuple):
    """operators/<namespace>/<name>.py: the overloads of one operator."""

    path: str
    module: str
    subject: str
    overloads: tuple[OverloadRow, ...]


class NamespaceView(NamedTuple):
    """operators/<namespace>/__init__.py; names of operators are literals."""

    name: str
    operators: tuple[str, ...]


class OperatorsView(NamedTuple):
    """operators/__init__.py; literals."""

    namespaces: tuple[str, ...]


class LayerRow(NamedTuple):
    """What an alias key serves: its reason with it, and slots."""

    heading: str
    slots: tuple[str, ...]


class PatternRow(NamedTuple):
    """Where alias keys step back: for which keys, in which slots, of which operators."""

    heading: str
    rows: tuple[str, ...]
    operators: tuple[str, ...]


class TablesView(NamedTuple):
    """dispatch_tables.txt."""

    fallbacks: tuple[str, ...]
    aliases: tuple[LayerRow, ...]
    patterns: tuple[PatternRow, ...]


class OperatorTypesView(NamedTuple):
    """operator_types.py."""

    attribute: str
    is_any: bool


class SignatureRow(NamedTuple):
    """A function: parameters with their types and defaults, and what it returns."""

    name: str
    parameters: tuple[str, ...]
    returned: str


class PacketStubView(NamedTuple):
    """_ops/<namespace>/<name>.pyi: an operator as type checkers see it.

    A function if its only overload has no name, else an object of a class. `calls` are the
    overloads as signatures of a call; `types` and `tensor` are names of what is imported;
    `is_partial` says whether there are overloads that are not among `overloads`.
    """

    path: str
    subject: str
    name: str
    types: str
    tensor: str
    overloads: tuple[SignatureRow, ...]
    is_packet: bool = False
    class_name: str = ""
    is_overloaded: bool = False
    calls: tuple[SignatureRow, ...] = ()
    is_partial: bool = False


class NamespaceStubView(NamedTuple):
    """_ops/<namespace>/__init__.pyi; `is_partial` if it has operators besides those."""

    name: str
    operators: tuple[str, ...]
    is_partial: bool


class StubIndexView(NamedTuple):
    """_ops/__init__.pyi."""

    namespaces: tuple[str, ...]


class ModuleRow(NamedTuple):
    """A module and what is imported from it."""

    name: str
    names: tuple[str, ...]


class PackageView(NamedTuple):
    """__init__.py; `lazy` names come from `modules` that are imported at first use."""

    functions: tuple[str, ...]
    keysets: tuple[str, ...]
    lazy: tuple[TextRow, ...]
    modules: tuple[ModuleRow, ...]
