"""What a structured kernel's `impl` gets in place of arguments: the `precomputed` field.

Each entry is `argument -> type name, type name`: the argument is replaced by values that
the operator's `meta` computes. The last entry may be without an arrow; its values are
added behind the arguments that the operator reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from codegen.aten_types import SIZES, AtenTypes
from codegen.runtime.python.schema import (
    Argument,
    FunctionSchema,
    SchemaError,
    SimpleType,
    parse_schema,
)

_ARROW: Final = "->"
# Nothing that would end the schema that the value is read in.
_VALUE: Final = re.compile(
    r"\s*(?P<type>[A-Za-z_]\w*(?:\[\d*\]|\?)*)\s+(?P<name>[A-Za-z_]\w*)\s*", re.ASCII
)
_BEFORE: Final = "f("


class PrecomputedError(ValueError):
    """An entry cannot be read, or does not fit the operator.

    Attributes:
        message: what is wrong.
        entry: the index of the entry.
        position: offset in it of what is wrong.
        width: how many characters of it are.
    """

    def __init__(self, message: str, entry: int, position: int, width: int = 1) -> None:
        super().__init__(message, entry, position, width)
        self.message = message
        self.entry = entry
        self.position = position
        self.width = width

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Precomputed:
    """What the `impl` of one operator gets.

    Attributes:
        replaced: by argument, the values in its place.
        added: values behind the arguments that the operator reads.
    """

    replaced: Mapping[str, tuple[Argument, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    added: tuple[Argument, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Which parameters of `impl` come from `meta`; no argument has one of them."""
        values = [*self.replaced.values(), self.added]
        return frozenset(value.name for those in values for value in those)

    def impl_arguments(self, schema: FunctionSchema) -> tuple[Argument, ...]:
        """What `impl` takes for the out variant's schema, in order."""
        read = [a for a in schema.arguments if not is_out(a)]
        out = [a for a in schema.arguments if is_out(a)]
        taken = [value for a in read for value in self.replaced.get(a.name, (a,))]
        return (*taken, *self.added, *out)

    def impl_types(self, schema: FunctionSchema) -> tuple[str, ...]:
        """The C++ types of these.

        Raises:
            NoAtenTypeError: one has none.
        """
        types = AtenTypes(symint=False, structured=True)
        return tuple(types.parameter(a) for a in self.impl_arguments(schema))


def is_out(argument: Argument) -> bool:
    """Whether an argument is one that an out variant writes its results to."""
    return argument.kwarg_only and argument.is_write


def parse_precomputed(entries: Sequence[str], schema: FunctionSchema) -> Precomputed:
    """Read the field of an operator with this schema.

    Raises:
        PrecomputedError: for the first entry with something wrong.
    """
    replaced: dict[str, tuple[Argument, ...]] = {}
    added: tuple[Argument, ...] = ()
    read = {a.name for a in schema.arguments if not is_out(a)}
    found: list[tuple[Argument, int, int]] = []
    for i, entry in enumerate(entries):
        before, arrow, after = entry.partition(_ARROW)
        if not arrow:
            if i + 1 < len(entries):
                message = f'only the last entry can be without "{_ARROW}"'
                raise PrecomputedError(message, i, 0, max(len(entry), 1))
            after, start = entry, 0
        else:
            start = len(before) + len(_ARROW)
        values = list(_values(after, i, start))
        found += [(value, i, position) for value, position in values]
        taken = tuple(value for value, _ in values)
        if not arrow:
            added = taken
            continue
        name = before.strip()
        place = before.find(name), max(len(name), 1)
        if name not in read:
            if not name:
                raise PrecomputedError("expected an argument's name", i, *place)
            raise PrecomputedError(_not_read(name, schema), i, *place)
        if name in replaced:
            raise PrecomputedError(f'"{name}" is replaced twice', i, *place)
        replaced[name] = taken
    _check_names(found, schema, replaced)
    return Precomputed(MappingProxyType(replaced), added)


def _values(text: str, entry: int, start: int) -> Iterator[tuple[Argument, int]]:
    """The values of an entry and where their names are; start is where text is in it."""
    for part in text.split(","):
        found = _VALUE.fullmatch(part)
        at = start + len(part) - len(part.lstrip())
        if found is None:
            message = 'expected a type and a name, like "int dim"'
            raise PrecomputedError(message, entry, at, max(len(part.strip()), 1))
        name = found["name"]
        named_at = start + found.start("name")
        if name.upper() == name:
            # They would be the names of the template parameters that meta returns with.
            message = (
                f'"{name}" is all in upper case, which PyTorch has another use for'
            )
            raise PrecomputedError(message, entry, named_at, len(name))
        if found["type"] == SIZES:
            yield Argument(name, SimpleType(SIZES)), named_at
        else:
            declared = f"{found['type']} {name}"
            try:
                schema = parse_schema(f"{_BEFORE}{declared}) -> ()")
            except SchemaError as error:
                offset = min(error.position - len(_BEFORE), len(declared))
                # Before the name, the text is as it stands; there may be more space.
                position = at + offset
                if offset > len(found["type"]):
                    position = named_at
                raise PrecomputedError(error.message, entry, position) from error
            yield schema.arguments[0], named_at
        start += len(part) + 1


def _check_names(
    found: list[tuple[Argument, int, int]],
    schema: FunctionSchema,
    replaced: Mapping[str, tuple[Argument, ...]],
) -> None:
    """Raise if two parameters of `impl` would have one name."""
    kept = {a.name for a in schema.arguments if a.name not in replaced}
    seen: set[str] = set()
    for value, entry, position in found:
        name = value.name
        if name in kept or name in seen:
            what = (
                "an argument that is not replaced" if name in kept else "a value before"
            )
            message = f'"{name}" is also the name of {what}'
            raise PrecomputedError(message, entry, position, len(name))
        seen.add(name)


def _not_read(name: str, schema: FunctionSchema) -> str:
    if any(argument.name == name for argument in schema.arguments):
        return f'"{name}" is an output, which cannot be replaced'
    return f'{schema.operator_name} has no argument "{name}"'
