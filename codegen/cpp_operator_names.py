"""What operators and their kernels are called in C++."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

from codegen.model import Model
from codegen.names import cpp_word

USED: Final = frozenset("""
    Argument ArgumentKind DispatchKey DispatchKeySet Operator OperatorHandle Return
    SchemaView Stack Tensor Value dispatch_codegen kernels ops std
    """.split())
"""What generated operators and kernels refer to, beside declared types."""

# What an operator's struct defines or inherits.
_MEMBERS: Final = frozenset("""
    Bits DeclaredKernel Entry Function Key KeySet Layout Numbering Plain Slot Slots Table
    arguments asks_observers attach call call_boxed declared_functions declared_kernel
    declared_masks declared_slot declared_slots entry handle info is_static linked
    make_table python_module redispatch redispatch_boxed returns schema table tags
    """.split())

_FUNCTION: Final = re.compile(
    r"[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*", re.ASCII
)


def used_names(model: Model) -> Set[str]:
    """What generated operators and kernels refer to, declared types too."""
    return USED.union(model.cpp.types)


def structs(model: Model) -> Iterator[tuple[str, str]]:
    """Each operator's name, and its struct with namespace."""
    used = used_names(model)
    for operator in model.operators:
        namespace = operator_namespace(operator.partition("::")[0], used)
        yield operator, f"ops::{namespace}::{struct_name(operator, used)}"


def struct_name(operator: str, used: Set[str]) -> str:
    """The struct of an operator: name and overload, as torchgen joins them.

    An underscore follows a name that C++ or the generated project has another use for.
    """
    name, _, overload = operator.partition("::")[2].partition(".")
    joined = f"{name}_{overload}" if overload else name
    return f"{joined}_" if joined in _MEMBERS else _free(joined, used)


def operator_namespace(namespace: str, used: Set[str]) -> str:
    """The C++ namespace of the operators in a namespace, below `ops`."""
    return _free(namespace, used)


def _free(name: str, taken: Set[str]) -> str:
    return f"{name}_" if cpp_word(name) or name in taken else name


def is_function(name: str, used: Set[str]) -> bool:
    """Whether a kernel's name can be that of a C++ function.

    Args:
        name: of the kernel, with its namespace.
        used: what it would hide from other kernels.
    """
    if not _FUNCTION.fullmatch(name):
        return False
    return not any(cpp_word(part) or part in used for part in name.split("::"))
