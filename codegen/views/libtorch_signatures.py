"""What kernels return and take in C++, and what their parameters are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from codegen import names
from codegen.aten_types import AtenTypes
from codegen.runtime.python.schema import Argument, FunctionSchema

# What generated functions that call kernels call something of their own.
_LOCAL: Final = frozenset(
    {"common_device", "computed", "device_guard", "kernel", "precomputed"}
)


class Signature(NamedTuple):
    """What a kernel returns and takes, and the names of what it takes."""

    returns: str
    types: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        return declared(self.types, self.names)

    @property
    def inner_parameters(self) -> tuple[str, ...]:
        """The same, for a function that has names of its own."""
        return declared(self.types, map(inner_name, self.names))


def signature_of(schema: FunctionSchema, types: AtenTypes) -> Signature:
    """The signature of a kernel.

    Raises:
        NoAtenTypeError: for the first argument or return that has no type.
    """
    return Signature(
        types.returned(schema),
        types.parameters(schema),
        parameter_names(schema.arguments),
    )


def declared(types: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Parameters as a declaration has them."""
    return tuple(f"{type} {name}" for type, name in zip(types, names, strict=True))


def parameter_names(arguments: Iterable[Argument]) -> tuple[str, ...]:
    """Arguments' names as C++ can have them, each once."""
    found: dict[str, None] = {}
    for argument in arguments:
        name, number = argument.name, 1
        base = re.sub("_+", "_", name).strip("_")
        while names.cpp_problem(name) or name in found:
            suffix = "" if number == 1 else str(number)
            name = f"{base}_{suffix}" if base[:1].isalpha() else f"arg_{base}_{suffix}"
            number += 1
        found[name] = None
    return tuple(found)


def inner_parameter(argument: Argument) -> str:
    """The same for one of an operator of PyTorch's, whose names are no closer."""
    return inner_name(*parameter_names([argument]))


def inner_name(name: str) -> str:
    """A parameter's name in a function that has names of its own."""
    return f"{name}_" if name in _LOCAL else name
