"""Which C++ type an argument or return of an operator has in PyTorch.

Note [ATen types]. A kernel that is registered without boxing has one exact C++ type:
PyTorch compares it with those of the operator's other kernels. That type follows from
the schema and from little else: whether symbolic sizes are kept (`symint`), whether the
operator has structured kernels (then lists of tensors are `at::ITensorListRef`), and
whether its entry asks for what it writes as const references. The `impl` of a structured
kernel takes types of its own. What torchgen has no rule for takes what a kernel can be
registered with; what none can take has no type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from codegen.runtime.python.schema import (
    Argument,
    ClassType,
    DictType,
    FunctionSchema,
    ListType,
    OptionalType,
    SchemaType,
    SimpleType,
    TupleType,
)

SIZES: Final = "DimVector"
"""A type that no schema has, but values that structured kernels get beforehand do."""

_TENSOR: Final = SimpleType("Tensor")
_SCALAR: Final = SimpleType("Scalar")
_STRING: Final = SimpleType("str")
_BOOL: Final = SimpleType("bool")
_INTEGER: Final = SimpleType("int")
_SYMBOLIC: Final = SimpleType("SymInt")
_GENERATOR: Final = SimpleType("Generator")
_ANY: Final = SimpleType("Any")
# What schemas have as keys of a dictionary, and C++ has not.
_NO_KEYS: Final = (_ANY, SimpleType("Device"))

# What is passed by value.
_VALUES: Final = {
    "Device": "at::Device",
    "Layout": "at::Layout",
    "MemoryFormat": "at::MemoryFormat",
    "QScheme": "at::QScheme",
    "ScalarType": "at::ScalarType",
    "Storage": "at::Storage",
    "Stream": "at::Stream",
    "SymBool": "c10::SymBool",
    "bool": "bool",
    "complex": "c10::complex<double>",
    "float": "double",
    "int": "int64_t",
    SIZES: "at::DimVector",
}
# What is passed by const reference, and kept as it is.
_OBJECTS: Final = {
    "Any": "c10::IValue",
    "Scalar": "at::Scalar",
    "Tensor": "at::Tensor",
}
# PyTorch takes the type of any generator for an optional one, and so none that is not
# optional can be registered.
_OPTIONAL_GENERATOR: Final = "std::optional<at::Generator>"


class NoAtenTypeError(ValueError):
    """Something of a schema has no type in PyTorch's C++.

    Attributes:
        argument: the argument or return; None if it is the schema's `...`.
    """

    def __init__(self, message: str, argument: Argument | None = None) -> None:
        super().__init__(message, argument)
        self.argument = argument

    def __str__(self) -> str:
        message: str = self.args[0]
        return message


@dataclass(frozen=True)
class AtenTypes:
    """The C++ types of one operator's kernels; see Note [ATen types].

    Attributes:
        symint: whether a symbolic integer, a list of them and what is optional of these
            stay symbolic; otherwise they are int64_t. Anywhere else they always do.
        structured: whether the types are those of a structured kernel's `impl`.
        structured_group: whether the operator has structured kernels, or delegates to
            one that has.
        const_written: whether tensors that it writes to are const references.
        classes: C++ classes by the name that schemas have for them.
    """

    symint: bool
    structured: bool = False
    structured_group: bool = False
    const_written: bool = False
    classes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def parameters(self, schema: FunctionSchema) -> tuple[str, ...]:
        """What a kernel takes, in the schema's order.

        Raises:
            NoAtenTypeError: for the first argument that has no type.
        """
        if schema.is_vararg:
            raise _further("arguments")
        return tuple(self.parameter(argument) for argument in schema.arguments)

    def returned(self, schema: FunctionSchema) -> str:
        """What a kernel returns; of a structured one, what the operator does.

        Raises:
            NoAtenTypeError: for the first return that has no type.
        """
        if schema.is_varret:
            raise _further("returns")
        types = [self.one_returned(value) for value in schema.returns]
        if not types:
            return "void"
        # PyTorch takes a tuple for several returns, also if it is meant to be one.
        if len(types) == 1 and not isinstance(schema.returns[0].type, TupleType):
            return types[0]
        return f"std::tuple<{', '.join(types)}>"

    def problems(self, schema: FunctionSchema) -> Iterator[NoAtenTypeError]:
        """Everything in a schema that has no type."""
        if schema.is_vararg:
            yield _further("arguments")
        for argument in schema.arguments:
            if self._parameter(argument.type, argument.is_write) is None:
                yield _without_type(argument)
        if schema.is_varret:
            yield _further("returns")
        for value in schema.returns:
            if self._returned(value.type) is None:
                yield _without_type(value)

    def parameter(self, argument: Argument) -> str:
        """What a kernel takes for an argument.

        Raises:
            NoAtenTypeError: it has no type.
        """
        found = self._parameter(argument.type, argument.is_write)
        if found is None:
            raise _without_type(argument)
        return found

    def one_returned(self, value: Argument) -> str:
        """What a kernel returns for one of its returns.

        Raises:
            NoAtenTypeError: it has no type.
        """
        found = self._returned(value.type)
        if found is None:
            raise _without_type(value)
        if value.is_tensor and value.is_write:
            return f"const {found}&" if self.const_written else f"{found}&"
        return found

    def _returned(self, type: SchemaType) -> str | None:
        return None if _is_no_return(type) else self._owned(type)

    def _parameter(self, type: SchemaType, is_write: bool = False) -> str | None:
        match type:
            case SimpleType(name=name):
                if type == _STRING:
                    return "std::string_view"
                if type == _SYMBOLIC and not self.symint:
                    return "int64_t"
                if name not in _OBJECTS:
                    return self._owned(type)
                is_const = self.structured or self.const_written or type != _TENSOR
                return (
                    f"{'' if is_write and not is_const else 'const '}{_OBJECTS[name]}&"
                )
            case OptionalType(element=element):
                return self._optional(element)
            case ListType(element=element, size=size):
                return self._list(element, size)
            case _:
                return _by_reference(self._owned(type))

    def _optional(self, element: SchemaType) -> str | None:
        if element == _GENERATOR:
            return _OPTIONAL_GENERATOR
        if self.structured and element in (_TENSOR, _SCALAR):
            return f"at::Optional{element}Ref"
        if isinstance(element, ListType):
            if element.element in (_INTEGER, _SYMBOLIC):
                is_symbolic = self.symint and element.element == _SYMBOLIC
                return f"at::Optional{'Sym' if is_symbolic else ''}IntArrayRef"
            if element.element == _TENSOR:
                # Also where a list that is not optional is an at::ITensorListRef.
                return "std::optional<at::TensorList>"
        inner = self._parameter(element)
        if inner is None or not inner.startswith("const "):
            return _within("std::optional", inner)
        kept = inner.removeprefix("const ").removesuffix("&")
        return f"const std::optional<{kept}>&"

    def _list(self, element: SchemaType, size: int | None) -> str | None:
        if element == _INTEGER or (element == _SYMBOLIC and not self.symint):
            return "at::IntArrayRef"
        if element == _SYMBOLIC:
            return "c10::SymIntArrayRef"
        if element == _TENSOR:
            if self.structured or self.structured_group:
                return "const at::ITensorListRef&"
            return "at::TensorList"
        if element == _BOOL:
            return _by_reference(_bools(size)) if size is None else _bools(size)
        if element == OptionalType(_TENSOR):
            if self.structured:
                return "at::IOptTensorListRef"
            return "const c10::List<std::optional<at::Tensor>>&"
        return _within("at::ArrayRef", self._owned(element))

    def _owned(self, type: SchemaType) -> str | None:
        """What keeps a value: a return, or an element within another type."""
        match type:
            case SimpleType(name=name):
                if type == _STRING:
                    return "std::string"
                if type == _SYMBOLIC:
                    return "c10::SymInt"
                return _OBJECTS.get(name) or _VALUES.get(name)
            case ClassType(name=name):
                return _within("c10::intrusive_ptr", self.classes.get(name))
            case OptionalType(element=element):
                if element == _GENERATOR:
                    return _OPTIONAL_GENERATOR
                return _within("std::optional", self._owned(element))
            case ListType(element=element, size=size):
                if element == _BOOL:
                    return _bools(size)
                return _within("std::vector", self._owned(element))
            case TupleType(elements=elements):
                inner = [self._owned(element) for element in elements]
                return _within("std::tuple", *inner)
            case DictType(key=key, value=value) if key not in _NO_KEYS:
                of = self._owned(key), self._owned(value)
                return _within("c10::Dict", *of)
            case _:
                return None


def _further(what: str) -> NoAtenTypeError:
    return NoAtenTypeError(f"further {what} (...) have no C++ type")


def _without_type(argument: Argument) -> NoAtenTypeError:
    of = f' of "{argument.name}"' if argument.name else ""
    return NoAtenTypeError(f"{argument.type}{of} has no C++ type", argument)


def _is_no_return(type: SchemaType) -> bool:
    """Whether PyTorch's headers refuse to box a type that they unbox."""
    match type:
        case OptionalType(element=element):
            return _is_no_return(element)
        case ListType(element=element):
            return element in (_SCALAR, _ANY) or _is_no_return(element)
        case DictType(value=value):
            return value == _SCALAR or _is_no_return(value)
        case _:
            return False


def _bools(size: int | None) -> str:
    # A vector of them has no array that a view could look at.
    return "c10::List<bool>" if size is None else f"std::array<bool, {size}>"


def _by_reference(type: str | None) -> str | None:
    return None if type is None else f"const {type}&"


def _within(template: str, *arguments: str | None) -> str | None:
    """A template with its arguments; None if one of them has no type."""
    given = [argument for argument in arguments if argument is not None]
    return f"{template}<{', '.join(given)}>" if len(given) == len(arguments) else None
