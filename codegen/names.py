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

# The keywords of C++20, alternative tokens included (lex.key, lex.digraph).
_CPP_KEYWORDS: Final = frozenset("""
    alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t
    char32_t char8_t class co_await co_return co_yield compl concept const const_cast
    consteval constexpr constinit continue decltype default delete do double dynamic_cast
    else enum explicit export extern false float for friend goto if inline int long
    mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected
    public register reinterpret_cast requires return short signed sizeof static
    static_assert static_cast struct switch template this thread_local throw true try
    typedef typeid typename union unsigned using virtual void volatile wchar_t while xor
    xor_eq
    """.split())

# Macros that common headers, or compilers by default, define under such names.
_CPP_MACROS: Final = frozenset("""
    assert BIG_ENDIAN BUFSIZ BYTE_ORDER DOMAIN EDOM EOF ERANGE errno FALSE HUGE_VAL I
    INFINITY interface linux LITTLE_ENDIAN major makedev minor NAN NULL offsetof OVERFLOW
    RAND_MAX setjmp SIGABRT SIGINT stderr stdin stdout TRUE unix va_arg va_end va_list
    va_start
    """.split())

_CPP_RESERVED: Final = re.compile(r"_[A-Z].*|.*__.*")


def cpp_problem(name: str) -> str | None:
    """Why C++ cannot hold a name, None if it can."""
    if name in _CPP_KEYWORDS:
        return "is a keyword of C++"
    if name in _CPP_MACROS:
        return "is a macro in common C and C++ headers"
    if _CPP_RESERVED.fullmatch(name):
        return "is reserved in C++: it holds `__`, or begins with `_` and a capital"
    return None


def cpp_word(name: str) -> bool:
    """Whether a name means something else to every C++ compiler."""
    return name in _CPP_KEYWORDS or name in _CPP_MACROS


_CPP_DISPATCHER_NAMES: Final = tuple("""
    Argument ArgumentKind AutogradFallback AutogradFallbackMode BoxedFunction
    Conversion CppFunction DeclaredGuard DispatchError DispatchHandler DispatchMode
    DispatchModeGuard Dispatcher EnablePythonDispatcher Event
    ExcludeDispatchKeyGuard ForceDispatchKeyGuard IncludeDispatchKeyGuard
    KernelFunctor Library LibraryInit LocalDispatchKeySet MaybeSetTLSOnEntryGuard
    NotImplementedError NotImplementedNode Observer ObserverGuard
    OpRegistrationListener Operator OperatorEntry OperatorHandle
    PreserveDispatchKeyGuard RegistrationError RestorePythonTLSSnapshot Return
    Schema SchemaError SchemaView Stack Traits TypeError TypedOperatorHandle
    VariableHooks all_operators declared_aliases declared_fallbacks dispatch_dump
    dispatch_dump_table kernels local_state mode_guards set_conversion
    tls_is_dispatch_key_excluded tls_is_dispatch_key_included
    tls_local_dispatch_key_set tls_set_dispatch_key_excluded
    tls_set_dispatch_key_included
    """.split())

CPP_NAMESPACES: Final = ("dispatch_codegen", "posix", "std")
"""Namespaces in which nothing may be declared: the support code's and the standard's."""

CPP_NAMES: Final = (
    "AliasRule",
    "BackendComponent",
    "DispatchKey",
    "DispatchKeySet",
    "Fallback",
    "Numbering",
    "TlsChange",
    "Value",
    "alias_rules",
    "backend",
    "default_excluded",
    "default_included",
    "dispatch_codegen",
    "fallbacks",
    "kept",
    "key",
    "keySet",
    "keyset",
    "keys",
    "member",
    "members",
    "modes",
    "name",
    "ops",
    "std",
    "stream",
    "tls_changes",
    *map(camel_case, _STANDARD),
    *_CPP_DISPATCHER_NAMES,
)
"""What the generated C++ headers define or use beside what is declared."""

CPP_NAMES_OF_MODES: Final = ("BackendComponent", "DispatchKey", "TlsChange", "keySet")
"""What stands beside modes, which have a namespace of their own."""

C10_NAMES: Final = (
    "BackendComponent",
    "DispatchKey",
    "DispatchKeySet",
    "FunctionalityOffsetAndMask",
    "OpTableOffsetAndMask",
    "c10",
    "full_backend_mask",
    "getDispatchTableIndexForDispatchKey",
    "getRuntimeDispatchKeySet",
    "guts",
    "initializeFunctionalityOffsetsAndMasks",
    "isAliasDispatchKey",
    "isIncludedInAlias",
    "isPerBackendFunctionalityKey",
    "is_not_DispatchKeySet",
    "kept",
    "keys",
    "ks",
    "llvm",
    "numPerBackendFunctionalityKeys",
    "num_backends",
    "num_functionality_keys",
    "num_runtime_entries",
    "offsetsAndMasks",
    "parseDispatchKey",
    "remove_DispatchKeySet_arg_from_func",
    "runtimeDispatchKeySetHas",
    "std",
    "t",
    "toBackendComponent",
    "toFunctionalityKey",
    "toRuntimePerBackendFunctionalityKey",
    "toString",
)
"""What `c10/core/DispatchKeySet.h` has beside what is declared, arguments included."""

C10_MACROS: Final = ("AT_", "C10_", "TORCH_")
"""What the names of PyTorch's own macros begin with."""

C10_NAMES_OF_LISTS: Final = ("DispatchKey", "annotations")
"""What stands beside the lists of keys in Python."""

TORCHGEN_NAMES: Final = (
    "BACKEND_COMPONENTS",
    "DispatchKey",
    "FUNCTIONALITY_KEYS",
    "annotations",
    "enum",
    "str",
)
"""What stands beside the lists of torchgen."""

TORCHGEN_METHODS: Final = ("lower", "parse", "staticmethod", "str")
"""What torchgen's enum of keys has beside its members."""
