"""Whether arguments are what an operator's schema asks for.

Callers test exact types, which costs next to nothing; whatever fails such a test comes
here, is converted where PyTorch converts it too, or is refused. Types without a test
(devices, layouts, ...) can be anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from keyword import iskeyword
from operator import index
from typing import Any, Final, NoReturn

from .schema import Argument, FunctionSchema, ListType, OptionalType, SimpleType


class ArgumentError(TypeError, RuntimeError):
    """An argument is not of the type that the schema says.

    It is both because Python calls this a TypeError and PyTorch a RuntimeError.
    """


MISSING: Final = object()
"""Stands for an argument that has no default and was not given."""


class _Mismatch(Exception):
    """A value cannot be what a type asks for."""


def _to_int(value: Any) -> Any:
    if isinstance(value, (float, complex, str)):
        raise _Mismatch
    try:
        return index(value)
    except TypeError:
        raise _Mismatch from None


def _to_float(value: Any) -> Any:
    if isinstance(value, (str, complex)) or not hasattr(value, "__float__"):
        raise _Mismatch
    return float(value)


def _to_bool(value: Any) -> Any:
    if isinstance(value, (int, float)):
        return bool(value)
    # NumPy's scalars are no instances of bool.
    if type(value).__name__ in ("bool", "bool_") and type(value).__module__ == "numpy":
        return bool(value)
    raise _Mismatch


def _to_str(value: Any) -> Any:
    if not isinstance(value, str):
        raise _Mismatch
    return value


def _to_complex(value: Any) -> Any:
    if isinstance(value, str) or not hasattr(value, "__complex__"):
        return complex(_to_float(value))
    return complex(value)


def _to_number(value: Any) -> Any:
    if isinstance(value, (int, float, complex)):
        return value
    for convert in (_to_bool, _to_int, _to_float, _to_complex):
        try:
            return convert(value)
        except _Mismatch:
            continue
    raise _Mismatch


class _Rule:
    """How arguments of a type are checked.

    Attributes:
        exact: the types that need no further look.
        convert: makes a value of another type one, or raises `_Mismatch`.
    """

    __slots__ = ("convert", "exact")

    def __init__(self, exact: tuple[type, ...], convert: Callable[[Any], Any]) -> None:
        self.exact = exact
        self.convert = convert


_INT: Final = _Rule((int,), _to_int)
_BOOL: Final = _Rule((bool,), _to_bool)
_NUMBER: Final = _Rule((int, float), _to_number)
_RULES: Final[Mapping[str, _Rule]] = {
    "int": _INT,
    "SymInt": _INT,
    "float": _Rule((float,), _to_float),
    "bool": _BOOL,
    "SymBool": _BOOL,
    "str": _Rule((str,), _to_str),
    "complex": _Rule((complex,), _to_complex),
    "Scalar": _NUMBER,
    "number": _NUMBER,
}

NAMES: Final[Mapping[str, object]] = {
    **{f"types_{name}": frozenset(rule.exact) for name, rule in _RULES.items()},
    **{f"opt_{n}": frozenset((*r.exact, type(None))) for n, r in _RULES.items()},
    **{f"is_{kind.__name__}": kind for r in _RULES.values() for kind in r.exact},
    "list": list,
    "map": map,
    "missing": MISSING,
    "tuple": tuple,
    "type": type,
}
"""What conditions name."""

_NO_NAMES: Final = dict.fromkeys(NAMES, "")

CHECKED: Final = "True"
"""The condition of what is to be looked at in each call."""


def condition(kind: object, name: str, own: Mapping[str, str]) -> str | None:
    """The text of a condition that is false for a value that needs no further look.

    Args:
        kind: the type of the argument.
        name: of the argument.
        own: what the names in `NAMES` are called in the text.
    """
    is_kind = f"{own['type']}({name}) is not"
    if isinstance(kind, OptionalType):
        inner = condition(kind.element, name, own)
        if inner == CHECKED:
            return f"{name} is not None"
        return f"{name} is not None and ({inner})" if inner else None
    if isinstance(kind, ListType):
        element = kind.element
        optional = isinstance(element, OptionalType)
        if isinstance(element, OptionalType):
            element = element.element
        if isinstance(element, SimpleType) and element.name in _RULES:
            exact = own[f"{'opt' if optional else 'types'}_{element.name}"]
            types = f"{own['map']}({own['type']}, {name})"
            return f"{is_kind} {own['list']} or not {exact}.issuperset({types})"
        if condition(element, name, own) is not None:
            return CHECKED
        return f"{is_kind} {own['list']} and {is_kind} {own['tuple']}"
    if isinstance(kind, SimpleType) and kind.name in _RULES:
        exacts = _RULES[kind.name].exact
        return " and ".join(f"{is_kind} {own[f'is_{e.__name__}']}" for e in exacts)
    return None


def passes(kind: object, value: Any) -> bool:
    """Whether a value needs no further look: what `condition` tests."""
    if isinstance(kind, OptionalType):
        return value is None or passes(kind.element, value)
    if isinstance(kind, ListType):
        element = kind.element
        none: tuple[type, ...] = ()
        if isinstance(element, OptionalType):
            element, none = element.element, (type(None),)
        if isinstance(element, SimpleType) and element.name in _RULES:
            exact = frozenset((*_RULES[element.name].exact, *none))
            return type(value) is list and exact.issuperset(map(type, value))
        is_checked = condition(element, "", _NO_NAMES) is not None
        return type(value) in (list, tuple) and not is_checked
    if isinstance(kind, SimpleType) and kind.name in _RULES:
        return type(value) in _RULES[kind.name].exact
    return True


def convert(kind: object, value: Any) -> Any:
    """A value as a type has it.

    Raises:
        _Mismatch: if it cannot be one.
    """
    if isinstance(kind, OptionalType):
        return None if value is None else convert(kind.element, value)
    if isinstance(kind, ListType):
        return _convert_list(kind, value)
    if isinstance(kind, SimpleType) and kind.name in _RULES:
        rule = _RULES[kind.name]
        return value if type(value) in rule.exact else rule.convert(value)
    return value


def _convert_list(kind: ListType, value: Any) -> Any:
    if isinstance(value, (list, tuple)) or (
        isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))
    ):
        return [convert(kind.element, item) for item in value]
    if kind.size is None or str(kind.element) == "bool":
        raise _Mismatch
    # `int[2] stride` takes one number for all.
    return [convert(kind.element, value)] * kind.size


def check(schema: FunctionSchema, position: int, value: object) -> object:
    """An argument as the schema asks for it.

    Raises:
        ArgumentError: if it cannot be that, or is `MISSING`.
    """
    argument = schema.arguments[position]
    if value is not MISSING and passes(argument.type, value):
        return value
    if value is MISSING:
        raise ArgumentError(
            f"{schema.operator_name}(): argument '{argument.name}' (position "
            f"{position + 1}) is missing\nschema: {schema}"
        )
    try:
        return convert(argument.type, value)
    except _Mismatch:
        raise mismatch(schema, position, value) from None
    except Exception as error:
        raise mismatch(schema, position, value, f": {error}") from error


def is_searched(argument: Argument) -> bool:
    """Whether an argument is a list whose tensors' keysets count.

    As in PyTorch, a list that is optional itself, `Tensor[]?`, is not looked into.
    """
    return argument.is_tensor_list and not isinstance(argument.type, OptionalType)


def parameter_names(schema: FunctionSchema) -> list[str]:
    """The arguments' names in Python, by position.

    Keywords get an underscore, and so does a name that is there already.
    """
    names: list[str] = []
    for argument in schema.arguments:
        name = argument.name
        while name in names or iskeyword(name):
            name += "_"
        names.append(name)
    return names


def positional_count(schema: FunctionSchema) -> int:
    """How many arguments can be given by position."""
    return len([argument for argument in schema.arguments if not argument.kwarg_only])


def mismatch(
    schema: FunctionSchema, position: int, value: object, detail: str = ""
) -> ArgumentError:
    """The error for an argument of the wrong type."""
    argument = schema.arguments[position]
    return ArgumentError(
        f"{schema.operator_name}(): argument '{argument.name}' (position {position + 1}) "
        f"must be {argument.type}, not {type(value).__name__}{detail}\n"
        f"schema: {schema}"
    )


def bind(
    schema: FunctionSchema, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> tuple[Any, ...]:
    """All arguments of a call in the schema's order, checked.

    Named ones have their name in the schema, or that of the parameter in Python.

    Raises:
        ArgumentError: for a wrong type, a missing argument or one too many.
    """
    arguments = schema.arguments
    name = schema.operator_name
    positional = positional_count(schema)
    if len(args) > positional:
        raise ArgumentError(
            f"{name}(): {len(args)} positional arguments given, at most {positional} "
            f"taken\nschema: {schema}"
        )
    left = dict(kwargs)
    values = []
    # What is given by position needs no names.
    parameters = parameter_names(schema) if left else [""] * len(arguments)
    for position, (argument, parameter) in enumerate(
        zip(arguments, parameters, strict=True)
    ):
        given = [parameter] if parameter in left else []
        if argument.name in left and argument.name not in parameters:
            given.append(argument.name)
        if len(given) + (position < len(args)) > 1:
            raise ArgumentError(f"{name}(): argument '{argument.name}' given twice")
        if position < len(args):
            value = args[position]
        elif given:
            value = left.pop(given[0])
        elif argument.has_default:
            value = argument.default
        else:
            value = MISSING
        values.append(check(schema, position, value))
    if left:
        unexpected(schema, left)
    return tuple(values)


def unexpected(schema: FunctionSchema, names: Iterable[str]) -> NoReturn:
    """Raise the error for arguments that the schema does not have."""
    unknown = ", ".join(f"'{name}'" for name in names)
    raise ArgumentError(
        f"{schema.operator_name}(): no argument {unknown}\nschema: {schema}"
    )
