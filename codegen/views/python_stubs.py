"""Makes the stubs of the Python package: what type checkers know of each operator.

Note [Names in stubs]. Operators and overloads are called whatever schemas allow: `int`,
`Tensor`. So a stub has all that it uses through two names of its own. What Python cannot
name as an attribute is left out; what has another meaning is, and a `__getattr__` stands
for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from keyword import iskeyword
from math import isfinite
from typing import Final

from codegen.model import Operator
from codegen.quoting import python_string
from codegen.runtime.python.arguments import parameter_names
from codegen.runtime.python.schema import (
    Constant,
    Default,
    DictType,
    FunctionSchema,
    ListType,
    OptionalType,
    SchemaType,
    SimpleType,
    TupleType,
)
from codegen.runtime.python.signatures import Packet
from codegen.schemas import parsed_schema
from codegen.views.python_rows import (
    NamespaceStubView,
    PacketStubView,
    SignatureRow,
    StubIndexView,
)

_TYPES: Final = "_t"
_TENSOR: Final = "_T"
_RECEIVER: Final = "_"

# What a stub uses by Python's own names.
_USED: Final = frozenset({"staticmethod", "tuple"})
_OF_PACKETS: Final = frozenset(dir(Packet)) | {"name"}

# Names below which a stub, or a module, has something else.
_OF_MODULES: Final = frozenset(
    "__all__ __annotations__ __builtins__ __cached__ __dir__ __doc__ __file__"
    " __getattr__ __init__ __loader__ __name__ __package__ __path__ __spec__".split()
)

# What arguments may be, as `arguments` converts and checks them.
_ARGUMENTS: Final = {
    "SymBool": "Bool",
    "SymInt": "Int",
    "bool": "Bool",
    "complex": "Complex",
    "float": "Float",
    "int": "Int",
    "number": "Scalar",
    "Scalar": "Scalar",
    "str": "Str",
}
_RESULTS: Final = {
    "SymBool": "Bool",
    "SymInt": "Integer",
    "bool": "Bool",
    "float": "Real",
    "int": "Integer",
    "str": "Str",
}


def stub_index(packets: Iterable[str]) -> StubIndexView:
    """The stub of `ops`, of the names that overloads share."""
    found = {packet.partition("::")[0] for packet in packets}
    return StubIndexView(tuple(filter(_is_name, sorted(found))))


def namespace_stubs(packets: Iterable[str]) -> Iterator[NamespaceStubView]:
    """One stub for each namespace, of the names that overloads share."""
    found: dict[str, list[str]] = {}
    for packet in dict.fromkeys(packets):
        namespace, _, name = packet.partition("::")
        found.setdefault(namespace, []).append(name)
    for namespace, names in found.items():
        if _is_name(namespace):
            known = tuple(filter(_is_name, names))
            is_partial = any(_can_be_asked_for(n) for n in {*names} - {*known})
            yield NamespaceStubView(namespace, known, is_partial)


def packet_stub(packet: str, operators: Sequence[Operator]) -> PacketStubView | None:
    """The stub of an operator, None if Python cannot name it as an attribute."""
    namespace, _, name = packet.partition("::")
    if not (_is_name(namespace) and _is_name(name)):
        return None
    types = _free(_TYPES, {name})
    spelling = _Spelling(types, _free(_TENSOR, {name, types}))
    signatures = [
        spelling.signature(parsed_schema(operator.schema)) for operator in operators
    ]
    view = PacketStubView(
        path=packet.replace("::", "/"),
        subject=packet,
        name=name,
        types=types,
        tensor=spelling.tensor,
        overloads=tuple(signature._replace(name=name) for signature in signatures),
    )
    if len(signatures) == 1 and not signatures[0].name:
        return view
    named = [s._replace(name=s.name or "default") for s in signatures]
    overloads = tuple(s for s in named if _is_overload(s.name))
    return view._replace(
        is_packet=True,
        class_name=f"_{name}",
        is_overloaded=len(named) > 1,
        calls=tuple(map(_as_call, named)),
        overloads=overloads,
        is_partial=any(_can_be_asked_for(s.name) for s in {*named} - {*overloads}),
    )


class _Spelling:
    """Spells signatures with the names that a stub has for what it uses."""

    def __init__(self, types: str, tensor: str) -> None:
        self.types = types
        self.tensor = tensor

    def signature(self, schema: FunctionSchema) -> SignatureRow:
        names = parameter_names(schema)
        parameters = []
        by_name = optional = False
        for name, argument in zip(names, schema.arguments, strict=True):
            if argument.kwarg_only and not by_name:
                parameters.append("*")
                by_name = True
            optional = not by_name and (optional or argument.has_default)
            text = f"{name}: {self._argument(argument.type)}"
            if argument.has_default:
                text += f" = {_default(argument.default)}"
            elif optional:
                text += " = ..."
            parameters.append(text)
        return SignatureRow(schema.overload, tuple(parameters), self._results(schema))

    def _argument(self, kind: SchemaType) -> str:
        if isinstance(kind, OptionalType):
            return _optional(self._argument(kind.element), self._value)
        if isinstance(kind, ListType):
            element = self._argument(kind.element)
            listed = f"{self.types}.Sequence[{element}]"
            # As in `int[2] stride`, which takes one number for all.
            is_short = kind.size is not None and str(kind.element) != "bool"
            return f"{listed} | {element}" if is_short else listed
        if isinstance(kind, DictType):
            key, value = self._argument(kind.key), self._argument(kind.value)
            return f"{self.types}.Mapping[{key}, {value}]"
        if isinstance(kind, TupleType):
            return self._tuple(map(self._argument, kind.elements))
        if not isinstance(kind, SimpleType):
            return self._value
        if kind.name == "Tensor":
            return self.tensor
        return f"{self.types}.{_ARGUMENTS.get(kind.name, 'Value')}"

    def _results(self, schema: FunctionSchema) -> str:
        if schema.is_varret:
            return self._value
        results = [self._result(value.type) for value in schema.returns]
        if not results:
            return "None"
        return results[0] if len(results) == 1 else self._tuple(results)

    def _result(self, kind: SchemaType) -> str:
        if isinstance(kind, OptionalType):
            return _optional(self._result(kind.element), self._value)
        if isinstance(kind, ListType):
            return f"{self.types}.Sequence[{self._result(kind.element)}]"
        name = _RESULTS.get(kind.name) if isinstance(kind, SimpleType) else None
        return f"{self.types}.{name or 'Value'}"

    def _tuple(self, items: Iterable[str]) -> str:
        return f"tuple[{', '.join(items)}]"

    @property
    def _value(self) -> str:
        return f"{self.types}.Value"


def _as_call(signature: SignatureRow) -> SignatureRow:
    names = {p.partition(":")[0] for p in signature.parameters}
    receiver = _free(_RECEIVER, names)
    return signature._replace(
        name="__call__", parameters=(receiver, "/", *signature.parameters)
    )


def _optional(text: str, value: str) -> str:
    return (
        text
        if text in (value, "None") or text.endswith(" | None")
        else f"{text} | None"
    )


def _default(default: Default) -> str:
    """A default as a literal, `...` for what has none."""
    if not isinstance(default, tuple):
        return _constant(default)
    items = [_constant(item) for item in default]
    if "..." in items or len(items) > 8:
        return "..."
    return f"({', '.join(items)}{',' if len(items) == 1 else ''})"


def _constant(value: Constant) -> str:
    if isinstance(value, str):
        return python_string(value)
    if isinstance(value, complex) or (isinstance(value, float) and not isfinite(value)):
        return "..."
    return repr(value)


def _can_be_asked_for(name: str) -> bool:
    """Whether it can be written as an attribute."""
    return name.isidentifier() and not iskeyword(name)


def _is_name(name: str) -> bool:
    return _can_be_asked_for(name) and name not in _USED | _OF_MODULES


def _is_overload(name: str) -> bool:
    """Whether a class can define it; two underscores have a meaning there."""
    return _is_name(name) and name not in _OF_PACKETS and not name.startswith("__")


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name
