"""How declared names are spelt in generated code, and which of them it cannot hold."""

from __future__ import annotations

import keyword
import re
from typing import Final

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z0-9])(?=[A-Z][a-z])")
_JOINT: Final = re.compile(r"(?<=[A-Za-z0-9])_+([A-Za-z0-9])")

IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)

_RESERVED: Final = "|".join(sorted({*keyword.kwlist, "mro", "name", "value"}))

# An enum gives a meaning of its own to what has underscores at both ends, and to what
# may be a private name of a class.
RESERVED: Final = re.compile(rf"(?:{_RESERVED})$|__|_.*_$|_.*__")
"""What the beginning of a name matches if Python reserves it."""

KEYWORD: Final = re.compile(rf"(?:{'|'.join((*keyword.kwlist, '__debug__'))})$")
"""What the beginning of a name matches if no attribute can have it."""

INTEGER_MEMBERS: Final = frozenset(
    {
        "as_integer_ratio",
        "bit_count",
        "bit_length",
        "conjugate",
        "denominator",
        "from_bytes",
        "imag",
        "is_integer",
        "numerator",
        "real",
        "to_bytes",
    }
)
"""What every integer has, which a key of the same name would hide."""


def is_identifier(name: str) -> bool:
    """Whether a name can stand in generated code at all."""
    return IDENTIFIER.fullmatch(name) is not None


def is_reserved(name: str) -> bool:
    """Whether Python reserves a name, or an enum cannot have it for a member."""
    return RESERVED.match(name) is not None


def is_keyword(name: str) -> bool:
    """Whether no attribute can have a name."""
    return KEYWORD.match(name) is not None


def snake_case(name: str) -> str:
    """`getAutogradKey` becomes `get_autograd_key`; capitals in a row stay together.

    An underscore that is there stays; a name without capitals stays as it is.
    """
    return _HUMP.sub("_", name).lower()


def camel_case(name: str) -> str:
    """`get_autograd_key` becomes `getAutogradKey`; capitals that are there stay.

    So do underscores at either end.
    """
    return _JOINT.sub(lambda match: match[1].upper(), name)


def module_name(name: str) -> str:
    """The Python module that holds what is declared for a key or backend."""
    return snake_case(name)


def backend_bit(backend: str) -> str:
    """The enum member of a backend's bit, as in c10's `BackendComponent`."""
    return f"{backend}Bit"


def start_placeholder(functionality: str) -> str:
    """The enum member before a per-backend functionality's runtime keys."""
    return f"StartOf{functionality}Backends"


def end_placeholder(functionality: str) -> str:
    """The enum member that equals its last runtime key."""
    return f"EndOf{functionality}Backends"


NO_BACKEND: Final = "InvalidBit"
END_OF_BACKENDS: Final = "EndOfBackendKeys"
END_OF_FUNCTIONALITY: Final = "EndOfFunctionalityKeys"
END_OF_RUNTIME: Final = "EndOfRuntimeBackendKeys"
START_OF_ALIASES: Final = "StartOfAliasKeys"
END_OF_ALIASES: Final = "EndOfAliasKeys"

_STANDARD: Final = (
    "get_dispatch_table_index_for_dispatch_key",
    "get_runtime_dispatch_key_set",
    "is_alias_dispatch_key",
    "is_included_in_alias",
    "is_per_backend_functionality_key",
    "parse_dispatch_key",
    "runtime_dispatch_key_set_has",
    "to_backend_component",
    "to_functionality_key",
    "to_runtime_per_backend_functionality_key",
    "to_string",
)

STANDARD_FUNCTIONS: Final = (*_STANDARD, *map(camel_case, _STANDARD))
"""The functions of every generated package, in both spellings."""

DISPATCHER_NAMES: Final = (
    "DISPATCHER",
    "DISPATCH_METHOD",
    "DispatchMode",
    "Event",
    "ExcludeDispatchKeyGuard",
    "FOREIGN_TYPES",
    "ForceDispatchKeyGuard",
    "IncludeDispatchKeyGuard",
    "KEYSET_ATTRIBUTE",
    "Library",
    "MaybeSetTLSOnEntryGuard",
    "ModeGuard",
    "PreserveDispatchKeyGuard",
    "RestorePythonTLSSnapshot",
    "add_observer",
    "add_registration_listener",
    "check_invariants",
    "dispatch_dump",
    "dispatch_dump_table",
    "dispatch_table",
    "enable_python_dispatcher",
    "fallthrough_kernel",
    "get_autograd_fallback_mode",
    "has_variable_hooks",
    "ops",
    "register_type",
    "set_autograd_fallback_mode",
    "set_conversion",
    "set_variable_hooks",
    "tls_local_dispatch_key_set",
    "with_keyset",
)
"""What `dispatcher.py` of every generated package defines for its users."""

FUSER_NAMES: Final = (
    "FUSER",
    "register_fusion",
    "retrieve_fusion",
    "run_fallback",
    "run_fusion",
)
"""What `fuser.py` of every generated package defines for its users."""
