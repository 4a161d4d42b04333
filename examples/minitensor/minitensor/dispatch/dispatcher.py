"""The dispatcher: operators, libraries, guards, modes, and what surrounds calls.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import guards, keysets
from ._runtime import dump, kernels, library, modes
from ._runtime import guards as guard_types
from ._runtime.dispatcher import Dispatcher
from ._runtime.namespaces import namespaces
from ._runtime.observers import Event as Event
from ._runtime.table import TableEntry, TableRules
from .dispatch_key_set import DispatchKeySet
from .operators import OPERATORS
from .registrations import REGISTRATIONS

# The attribute of a tensor that holds its raw keyset.
KEYSET_ATTRIBUTE = "keys"

# The method by which modes and subclasses take part in a call.
DISPATCH_METHOD = "__torch_dispatch__"

# Classes of others, by `module:Class`, and the keys of their objects.
FOREIGN_TYPES: dict[str, DispatchKeySet] = {}


def _rules() -> TableRules:
    # Imported at the first call: importing the package does not need it.
    from .table_rules import table_rules

    return table_rules()


DISPATCHER = Dispatcher(
    package=__name__.rpartition(".")[0],
    keyset_type=DispatchKeySet,
    rules=_rules,
    included=guards.DEFAULT_INCLUDED,
    excluded=guards.DEFAULT_EXCLUDED,
    keysets=vars(keysets).__getitem__,
    registrations=REGISTRATIONS,
    operators=OPERATORS,
    guards=guards.GUARDS,
    modes=guards.MODES,
    foreign_types=FOREIGN_TYPES,
    keyset_attribute=KEYSET_ATTRIBUTE,
    dispatch_method=DISPATCH_METHOD,
    default_alias=None,
)

if TYPE_CHECKING:
    from . import _ops

    ops = _ops
else:
    ops = namespaces(DISPATCHER)

fallthrough_kernel = library.fallthrough_kernel
with_keyset = kernels.with_keyset


class Library(library.Library):
    __doc__ = library.Library.__doc__
    _dispatcher = DISPATCHER


class DispatchMode(modes.DispatchMode):
    __doc__ = modes.DispatchMode.__doc__
    _dispatcher = DISPATCHER


class IncludeDispatchKeyGuard(guard_types.IncludeGuard):
    __doc__ = guard_types.IncludeGuard.__doc__
    _dispatcher = DISPATCHER


class ExcludeDispatchKeyGuard(guard_types.ExcludeGuard):
    __doc__ = guard_types.ExcludeGuard.__doc__
    _dispatcher = DISPATCHER


class ForceDispatchKeyGuard(guard_types.ForceKeysGuard):
    __doc__ = guard_types.ForceKeysGuard.__doc__
    _dispatcher = DISPATCHER


class PreserveDispatchKeyGuard(guard_types.PreserveGuard):
    __doc__ = guard_types.PreserveGuard.__doc__
    _dispatcher = DISPATCHER


class MaybeSetTLSOnEntryGuard(guard_types.SnapshotOnEntryGuard):
    __doc__ = guard_types.SnapshotOnEntryGuard.__doc__
    _dispatcher = DISPATCHER


class RestorePythonTLSSnapshot(guard_types.RestoreOnEntryGuard):
    __doc__ = guard_types.RestoreOnEntryGuard.__doc__
    _dispatcher = DISPATCHER


class ModeGuard(guard_types.ModeGuard):
    __doc__ = guard_types.ModeGuard.__doc__
    _dispatcher = DISPATCHER


class enable_python_dispatcher(modes.PythonDispatcherGuard):
    __doc__ = modes.PythonDispatcherGuard.__doc__
    _dispatcher = DISPATCHER


class no_grad(guard_types.DeclaredGuard):
    """Calls inside are not recorded for the backward pass."""

    _dispatcher = DISPATCHER
    _name = "no_grad"


class enable_grad(guard_types.DeclaredGuard):
    """Calls inside are recorded, even inside of no_grad."""

    _dispatcher = DISPATCHER
    _name = "enable_grad"


def tls_local_dispatch_key_set() -> guard_types.LocalDispatchKeySet[DispatchKeySet]:
    """What calls of this thread or task include and leave out."""
    return guard_types.local_keysets(DISPATCHER)


def dispatch_dump(operator: object) -> str:
    """Name, schema and kernels of an operator, by its name or function.

    Raises:
        KeyError: if there is no such operator.
    """
    return dump.dump(DISPATCHER, operator)


def dispatch_dump_table(operator: object) -> str:
    """The table of an operator as text, a line for each slot with a kernel.

    Raises:
        KeyError: if there is no such operator.
    """
    return dump.dump_table(DISPATCHER, operator)


def dispatch_table(operator: object) -> dict[str, TableEntry]:
    """The table of an operator: kernel and reason by runtime key name.

    Raises:
        KeyError: if there is no such operator.
    """
    return dump.table(DISPATCHER, operator)


register_type = DISPATCHER.register_type
set_conversion = DISPATCHER.set_conversion
add_observer = DISPATCHER.observers.add
add_registration_listener = DISPATCHER.add_registration_listener
set_variable_hooks = DISPATCHER.autograd.set_hooks
has_variable_hooks = DISPATCHER.autograd.has_hooks
set_autograd_fallback_mode = DISPATCHER.autograd.set_mode
get_autograd_fallback_mode = DISPATCHER.autograd.get_mode
check_invariants = DISPATCHER.check_invariants
