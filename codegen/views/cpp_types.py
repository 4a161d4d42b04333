"""Which C++ type an argument or return of an operator has.

Note [C++ types]. A kernel takes what is big by reference and sequences as views
(`std::span`, `std::string_view`), and returns what it owns. A view looks at elements as
they are kept: an element that is itself a sequence is owned. Types of schemas that C++
has nothing for are declared (`dispatcher.cpp.types`), or else opaque.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from codegen.model import CppType
from codegen.names import cpp_problem
from codegen.runtime.python.schema import (
    Alias,
    Argument,
    DictType,
    ListType,
    OptionalType,
    SchemaType,
    SimpleType,
    TupleType,
)

TENSOR: Final = "Tensor"
OPAQUE: Final = "dispatch_codegen::Opaque"

# What schemas call integers: some are enumerations, kept as numbers.
_INTEGER: Final = "std::int64_t"
_DEFAULTS: Final = {
    "Layout": _INTEGER,
    "MemoryFormat": _INTEGER,
    "QScheme": _INTEGER,
    "Scalar": "double",
    "ScalarType": _INTEGER,
    "SymBool": "bool",
    "SymFloat": "double",
    "SymInt": _INTEGER,
    "bool": "bool",
    "complex": "std::complex<double>",
    "float": "double",
    "int": _INTEGER,
    "number": "double",
}
_TEXT: Final = "str"


class Position(Enum):
    """Where a type stands.

    Attributes:
        PARAMETER: what a kernel takes.
        ELEMENT: what a view that a kernel takes looks at.
        OWNED: what a kernel returns, and what is kept.
    """

    PARAMETER = "parameter"
    ELEMENT = "element"
    OWNED = "owned"


class CppTypes:
    """The C++ types of one dispatcher.

    Args:
        declared: C++ types by type of operator schemas.
    """

    def __init__(self, declared: Mapping[str, CppType]) -> None:
        self._declared = declared

    def parameter(self, argument: Argument) -> str:
        """What a kernel takes for an argument."""
        return self.cpp_type(argument.type, Position.PARAMETER, argument.alias)

    def returned(self, returns: Sequence[Argument]) -> str:
        """What a kernel returns."""
        types = [self.cpp_type(r.type, Position.OWNED, r.alias) for r in returns]
        if not types:
            return "void"
        return types[0] if len(types) == 1 else f"std::tuple<{', '.join(types)}>"

    def cpp_type(
        self, type: SchemaType, position: Position, alias: Alias | None = None
    ) -> str:
        """The C++ type of a schema type at a position; see Note [C++ types]."""
        match type:
            case SimpleType(name=name):
                is_write = alias is not None and alias.is_write
                return self._simple(name, position, is_write)
            case OptionalType(element=element):
                return self._optional(element, position)
            case ListType(element=element):
                if position is not Position.PARAMETER:
                    return f"std::vector<{self.cpp_type(element, Position.OWNED)}>"
                return f"std::span<const {self._element(element)}>"
            case TupleType(elements=elements):
                inner = (self.cpp_type(e, Position.OWNED) for e in elements)
                return _by_reference(f"std::tuple<{', '.join(inner)}>", position)
            case DictType(key=key, value=value):
                of = (self.cpp_type(t, Position.OWNED) for t in (key, value))
                pairs = f"std::vector<std::pair<{', '.join(of)}>>"
                return _by_reference(pairs, position)
            case _:
                return _by_reference(OPAQUE, position)

    def _simple(self, name: str, position: Position, is_write: bool) -> str:
        if name in self._declared or name == TENSOR:
            declared = self._declared.get(name)
            spelt = name if is_alias(name) or declared is None else declared.name
            if declared is not None and declared.by_value:
                return spelt
            if is_write and position is not Position.ELEMENT:
                return f"{spelt}&"
            return _by_reference(spelt, position)
        if name == _TEXT:
            return "std::string" if position is Position.OWNED else "std::string_view"
        default = _DEFAULTS.get(name)
        return _by_reference(OPAQUE, position) if default is None else default

    def _element(self, element: SchemaType) -> str:
        """What a view looks at."""
        if isinstance(element, SimpleType) and element.name in self._declared:
            declared = self._declared[element.name]
            if declared.element != declared.name:
                return declared.element
        return self.cpp_type(element, Position.ELEMENT)

    def _optional(self, element: SchemaType, position: Position) -> str:
        if position is not Position.PARAMETER:
            return f"std::optional<{self.cpp_type(element, position)}>"
        by_value = self.cpp_type(element, position)
        kept = self.cpp_type(element, Position.OWNED)
        if by_value == f"const {kept}&":
            return f"const std::optional<{kept}>&"
        return f"std::optional<{by_value}>"


def is_alias(name: str) -> bool:
    """Whether the headers can have a declared C++ type under its schema name."""
    return cpp_problem(name) is None


def _by_reference(type: str, position: Position) -> str:
    return f"const {type}&" if position is Position.PARAMETER else type
