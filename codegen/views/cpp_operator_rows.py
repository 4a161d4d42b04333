"""What the templates of the C++ target print about operators and their kernels.

As `codegen.views.cpp_rows`.
"""

from __future__ import annotations

from typing import NamedTuple

from codegen.views.cpp_rows import FieldRow, TypeRow


class DispatcherView(NamedTuple):
    """dispatcher.h."""

    guard: str
    namespace: str
    prefix: str
    observable: str
    declares_value: bool
    has_default_key: bool
    default_key: str
    traits: tuple[TypeRow, ...]
    guards: tuple[TypeRow, ...]
    modes: tuple[TypeRow, ...]


class OperatorRow(NamedTuple):
    """A struct: what is known of an overload. Texts are literals."""

    comments: tuple[str, ...]
    name: str
    returns: str
    parameters: tuple[str, ...]
    argument_rows: tuple[tuple[FieldRow, ...], ...]
    return_rows: tuple[tuple[FieldRow, ...], ...]
    schema: tuple[FieldRow, ...]
    kernels: tuple[tuple[str, ...], ...]
    tags: tuple[str, ...]
    python_module: str
    is_static: bool


class PrototypeRow(NamedTuple):
    """The declaration of a kernel."""

    returns: str
    name: str
    parameters: tuple[str, ...]


class PrototypesRow(NamedTuple):
    """The kernels of a namespace."""

    namespace: str
    prototypes: tuple[PrototypeRow, ...]


class OperatorView(NamedTuple):
    """operators/<namespace>/<name>.h."""

    path: str
    guard: str
    namespace: str
    subject: str
    system_headers: tuple[str, ...]
    headers: tuple[str, ...]
    kernels: tuple[PrototypesRow, ...]
    overloads: tuple[OperatorRow, ...]


class OperatorsView(NamedTuple):
    """operators.h and all_operators.h."""

    guard: str
    namespace: str
    headers: tuple[str, ...]
    structs: tuple[str, ...]


class KernelsView(NamedTuple):
    """kernels.h and fallback_kernels.h."""

    guard: str
    subject: str
    headers: tuple[str, ...]
    given_header: str
    groups: tuple[PrototypesRow, ...]


class BoundRow(NamedTuple):
    """An operator and the function that is its kernel for a key."""

    operator: str
    function: str
    name: str


class FallbackBodyRow(NamedTuple):
    """The function that is a key's fallback, from a preprocessor directive on."""

    directive: str
    function: str


class LibraryRow(NamedTuple):
    """The registrations of a namespace for a key."""

    namespace: str
    key: str
    fallbacks: tuple[FallbackBodyRow, ...]
    has_variants: bool
    kernels: tuple[BoundRow, ...]


class RegistrationView(NamedTuple):
    """src/registrations/<path>.cpp; one without libraries is empty."""

    path: str
    subject: str
    namespace: str
    macro: str
    headers: tuple[str, ...]
    libraries: tuple[LibraryRow, ...]


class AttachedView(NamedTuple):
    """src/operators/<shard>.cpp; one without operators is empty."""

    shard: int
    namespace: str
    headers: tuple[str, ...]
    structs: tuple[str, ...]


class FuserView(NamedTuple):
    """fuser.h."""

    guard: str
    namespace: str


class CompiledView(NamedTuple):
    """src/dispatcher.cpp."""

    prefix: str
    header: str


class ProgramView(NamedTuple):
    """tests/generated_test.cpp; what is checked is equal."""

    namespace: str
    headers: tuple[str, ...]
    checks: tuple[FieldRow, ...]
