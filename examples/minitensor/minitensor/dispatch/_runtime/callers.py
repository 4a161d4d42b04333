"""The functions that users call: fixed arity, made from an operator's schema.

Their source is written and compiled once for each operator, when it is first asked for,
and tracebacks show it. For two tensors it is

    def add(self, other):
        try:
            keys = self._dispatch_keys
            more = other._dispatch_keys
            if more is not keys and more != keys:
                keys |= more
            if live:
                kernel = calls[current().tls][keys]
            else:
                kernel = first if keys is first_keys else table[keys]
        except (AttributeError, KeyError, TypeError):
            pass
        else:
            return kernel(self, other)
        return resolve(self, other)(self, other)

See Note [Call caches] and Note [First keyset] in `operator`. `|` comes last because it
makes a new integer, and finding a key that is not the same object costs another
comparison: together as much as all of the rest. `resolve` is not called in the `except`,
so that what it raises has no other context.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from keyword import iskeyword
from types import CellType, FunctionType
from typing import Any, Final

from .arguments import CHECKED, MISSING, NAMES, condition, is_searched
from .schema import Argument, FunctionSchema

_TEXT: Final = """\
def make({live}):
    def {name}({parameters}):
{checks}
        try:
{union}
            if {live}:
                {kernel} = {calls}[{current}().tls][{keys}]
            else:
                {kernel} = {first} if {keys} is {first_keys} else {table}[{keys}]
        except {no_entry}:
            pass
        else:
            return {kernel}({arguments})
        return {resolve}({values})({arguments})

    def redispatch({keyset_first}):
{checks}
        if {type}({keyset}) is {is_int}:
            if {keyset} == {first_keyset}:
                return {first_after}({arguments})
            if {keyset} in {after}:
                return {after}[{keyset}]({arguments})
        return {resolve_after}({keyset})({arguments})

    def packed({parameters}):
        return {take}(({values_tuple}))

    return {name}, redispatch, packed
"""

_OWN: Final = (
    "after",
    "calls",
    "check",
    "current",
    "first",
    "first_after",
    "first_keys",
    "first_keyset",
    "foreign",
    "item",
    "kernel",
    "keys",
    "keyset",
    "live",
    "more",
    "no_entry",
    "resolve",
    "resolve_after",
    "rest",
    "table",
    "take",
    "unknown",
    *NAMES,
)
"""Names that the functions use beside those of the arguments."""


_numbers: Final[dict[str, Iterator[int]]] = {}


class Callers:
    """The functions made from a schema.

    Attributes:
        call: dispatches by the keysets of the tensors.
        redispatch: dispatches by the keyset that is given first.
        packer: calls `take` with all arguments as one tuple, in the schema's order.
        scope: their globals.
        own: what they call what they use there, by the names in `_OWN`.
    """

    __slots__ = ("call", "own", "packer", "redispatch", "scope")

    def __init__(
        self,
        functions: tuple[FunctionType, FunctionType, FunctionType],
        scope: dict[str, Any],
        own: Mapping[str, str],
    ) -> None:
        # Any: as attributes of this type, functions would be taken for methods.
        self.call: Any = functions[0]
        self.redispatch: Any = functions[1]
        self.packer: Any = functions[2]
        self.scope = scope
        self.own = own

    def let_run(self, other: Callers) -> None:
        """Let these functions, which users hold, do what other ones do."""
        self.call.__code__ = other.call.__code__
        self.redispatch.__code__ = other.redispatch.__code__
        self.packer.__code__ = other.packer.__code__


class _Source:
    """A loader that knows one text."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def get_source(self, name: str) -> str:
        return self._text


class _Writer:
    """Writes the source of one operator's functions.

    Attributes:
        parameters: the arguments' names in Python, by position.
        own: what the functions call what they use themselves, so that no argument's
            name can hide it.
    """

    def __init__(self, schema: FunctionSchema, attribute: str, foreign: bool) -> None:
        self._schema = schema
        self._attribute = attribute
        self._foreign = foreign
        self.parameters = _parameter_names(schema)
        taken = set(self.parameters)
        self.own = {name: _free(name, taken) for name in _OWN}

    def source(self, name: str) -> str:
        parameters = self._signature()
        values = ", ".join(self.parameters)
        return "\n".join(
            line
            for line in _TEXT.format(
                **self.own,
                name=name,
                parameters=parameters,
                keyset_first=", ".join(filter(None, [self.own["keyset"], parameters])),
                arguments=self._forwarded(),
                values=values,
                values_tuple=f"{values}," if self.parameters else "",
                checks="\n".join(f"        {line}" for line in self._checks()),
                union="\n".join(f"            {line}" for line in self._union()),
            ).splitlines()
            if line.strip()
        )

    def _signature(self) -> str:
        parts = []
        by_name = optional = False
        for name, argument in self._arguments():
            if argument.kwarg_only and not by_name:
                parts.append("*")
                by_name = True
            has_default = argument.has_default or iskeyword(argument.name)
            optional = not by_name and (optional or has_default)
            parts.append(f"{name}=None" if has_default or optional else name)
        if self._keywords():
            parts.append(f"**{self.own['rest']}")
        return ", ".join(parts)

    def _keywords(self) -> list[tuple[str, str]]:
        """Arguments that are called by a keyword of Python, with what they are here."""
        return [(a.name, name) for name, a in self._arguments() if iskeyword(a.name)]

    def _arguments(self) -> Iterator[tuple[str, Argument]]:
        return zip(self.parameters, self._schema.arguments, strict=True)

    def _forwarded(self) -> str:
        return ", ".join(
            (
                name
                if not argument.kwarg_only
                else (
                    f"{name}={name}"
                    if not iskeyword(argument.name)
                    else f'**{{"{argument.name}": {name}}}'
                )
            )
            for name, argument in self._arguments()
        )

    def _checks(self) -> Iterator[str]:
        check, rest = self.own["check"], self.own["rest"]
        for keyword, name in self._keywords():
            yield f'if "{keyword}" in {rest}:'
            yield f'    {name} = {rest}.pop("{keyword}")'
        if self._keywords():
            yield f"if {rest}:"
            yield f"    {self.own['unknown']}({rest})"
        optional = False
        for position, (name, argument) in enumerate(self._arguments()):
            test = condition(argument.type, name, self.own)
            is_keyword = iskeyword(argument.name)
            optional = optional or argument.has_default or is_keyword
            is_named = argument.kwarg_only and not is_keyword
            if optional and not argument.has_default and not is_named:
                # Python wants a default here; nobody may leave it out.
                test = test or f"{name} is {self.own['missing']}"
            if test == CHECKED:
                yield f"{name} = {check}({position}, {name})"
            elif test:
                yield f"if {test}:"
                yield f"    {name} = {check}({position}, {name})"

    def _union(self) -> Iterator[str]:
        keys, more, item = self.own["keys"], self.own["more"], self.own["item"]
        for name, argument in self._arguments():
            if argument.is_tensor_list and not _has_keys(argument):
                yield f"for {item} in {name} or ():"
                yield f"    {self._keyset_of(item)}"
        tensors = [(n, a) for n, a in self._arguments() if _has_keys(a)]
        if not tensors or not tensors[0][1].is_tensor:
            yield f"{keys} = 0"
        for index, (name, argument) in enumerate(tensors):
            if argument.is_tensor and not index:
                yield f"{keys} = {self._keyset_of(name)}"
                continue
            union = [
                f"if {more} is not {keys} and {more} != {keys}:",
                f"    {keys} = {keys} | {more} if {keys} else {more}",
            ]
            if argument.is_tensor:
                yield f"{more} = {self._keyset_of(name)}"
                yield from union
            elif argument.is_optional_tensor:
                yield f"if {name} is not None:"
                yield f"    {more} = {self._keyset_of(name)}"
                yield from (f"    {line}" for line in union)
            else:
                yield f"for {item} in {name}:"
                inner = [f"{more} = {self._keyset_of(item)}", *union]
                if _may_hold_none(argument):
                    yield f"    if {item} is not None:"
                    inner = [f"    {line}" for line in inner]
                yield from (f"    {line}" for line in inner)

    def _keyset_of(self, name: str) -> str:
        plain = f"{name}.{self._attribute}"
        if not self._foreign:
            return plain
        foreign, kind = self.own["foreign"], f"{self.own['type']}({name})"
        return f"{foreign}[{kind}] if {kind} in {foreign} else {plain}"


def make_callers(
    schema: FunctionSchema,
    *,
    attribute: str,
    foreign: bool,
    live: CellType,
    names: Mapping[str, Any],
) -> Callers:
    """The functions of one operator.

    Args:
        schema: of the operator.
        attribute: the tensors' attribute that is their raw keyset.
        foreign: whether types without that attribute are registered.
        live: says whether any context but the default one may be alive.
        names: what the functions use, by the names in `_OWN`.
    """
    writer = _Writer(schema, attribute, foreign)
    base = schema.name.partition("::")[2]
    name = base if base.isidentifier() and not iskeyword(base) else "call"
    taken = {*writer.own.values(), *writer.parameters, "make", "redispatch", "packed"}
    source = writer.source(_free(name, taken))
    # Tracebacks look a text up by this name, so that each has its own.
    title = f"dispatch of {schema.operator_name}"
    if number := next(_numbers.setdefault(title, count())):
        title += f", definition {number + 1}"
    own = {"no_entry": (AttributeError, KeyError, TypeError), **NAMES, **names}
    # The name tells frames of these functions from those of users; the loader shows
    # tracebacks their source.
    scope: dict[str, Any] = {"__name__": __name__, "__loader__": _Source(source)}
    scope |= {writer.own[name]: value for name, value in own.items()}
    exec(compile(source, title, "exec"), scope)
    made: tuple[FunctionType, FunctionType, FunctionType] = scope.pop("make")(None)
    positional: list[Any] = []
    by_name: dict[str, Any] = {}
    for parameter, argument in zip(writer.parameters, schema.arguments, strict=True):
        default = argument.default if argument.has_default else MISSING
        has_default = argument.has_default or iskeyword(argument.name)
        if argument.kwarg_only:
            if has_default:
                by_name[parameter] = default
        elif has_default or positional:
            positional.append(default)

    def bound(function: FunctionType) -> FunctionType:
        # They share one cell, so that one write reaches all operators.
        closure = (live,) if function.__closure__ else None
        copied = FunctionType(
            function.__code__, scope, function.__name__, tuple(positional), closure
        )
        copied.__kwdefaults__ = by_name or None
        return copied

    call, redispatch, packer = made
    functions = bound(call), bound(redispatch), bound(packer)
    return Callers(functions, scope, writer.own)


def _has_keys(argument: Argument) -> bool:
    return argument.is_tensor or argument.is_optional_tensor or is_searched(argument)


def _may_hold_none(argument: Argument) -> bool:
    return "?[" in str(argument.type)


def _parameter_names(schema: FunctionSchema) -> list[str]:
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


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name
