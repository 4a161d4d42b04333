"""The functions that users call: fixed arity, made from an operator's schema.

Their source is written and compiled once for each operator, see Note [Late code], and
tracebacks show it. For two tensors it is

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

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from keyword import iskeyword
from types import CellType, CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Final

from .arguments import (
    CHECKED,
    MISSING,
    NAMES,
    condition,
    is_searched,
    parameter_names,
)
from .schema import Argument, FunctionSchema

if TYPE_CHECKING:
    from inspect import Signature

_CALL: Final = """\
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
"""
_REDISPATCH: Final = """\
    def redispatch({keyset_first}):
{checks}
        if {type}({keyset}) is {is_int}:
            if {keyset} == {first_keyset}:
                return {first_after}({arguments})
            if {keyset} in {after}:
                return {after}[{keyset}]({arguments})
        return {resolve_after}({keyset})({arguments})
"""
_PACKED: Final = """\
    def packed({parameters}):
        return {take}(({values_tuple}))
"""
_TEXTS: Final = (_CALL, _REDISPATCH, _PACKED)

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


def _unwritten(live: object) -> tuple[Any, Any]:
    """What functions run before their own code is there: they take anything.

    A function can only be given code with as many free variables as it has.
    """

    def call(*args: Any, **kwargs: Any) -> Any:
        return begin(live, args, kwargs)  # type: ignore[name-defined]  # noqa: F821

    def redispatch(*args: Any, **kwargs: Any) -> Any:
        return begin_redispatch(args, kwargs)  # type: ignore[name-defined]  # noqa: F821

    return call.__code__, redispatch.__code__


_UNWRITTEN_CALL, _UNWRITTEN_REDISPATCH = _unwritten(None)


class Callers:
    """The functions made from a schema.

    Note [Late code]. Compiling a function costs more than all the rest of a first call, and
    programs call many operators once or never. So the functions begin with code that takes
    anything, and each gets its own when it is called again, or asked for its parameters. It
    stays the same object.

    Attributes:
        call: dispatches by the keysets of the tensors.
        redispatch: dispatches by the keyset that is given first.
        scope: their globals.
        own: what their own code calls what it uses there, by the names in `_OWN`; empty
            before any is written.

    Args:
        schema: of the operator.
        attribute: the tensors' attribute that is their raw keyset.
        live: says whether any context but the default one may be alive.
        names: what the functions use, by the names in `_OWN`.
        begin: calls without the function's own code.
        begin_redispatch: likewise.
        write: writes the code of both.
    """

    __slots__ = (
        "_attribute",
        "_names",
        "_packer",
        "_schema",
        "_writer",
        "call",
        "own",
        "redispatch",
        "scope",
    )

    def __init__(
        self,
        schema: FunctionSchema,
        *,
        attribute: str,
        live: CellType,
        names: Mapping[str, Any],
        begin: Callable[..., Any],
        begin_redispatch: Callable[..., Any],
        write: Callable[[], None],
    ) -> None:
        self._schema = schema
        self._attribute = attribute
        self._names = names
        self._packer: FunctionType | None = None
        self._writer: _Writer | None = None
        self.own: Mapping[str, str] = {}
        # The name tells frames of these functions from those of users.
        self.scope: dict[str, Any] = {
            "__name__": __name__,
            "begin": begin,
            "begin_redispatch": begin_redispatch,
        }
        name = schema.name.partition("::")[2]
        # All calls share one cell, so that one write reaches all operators.
        call = FunctionType(_UNWRITTEN_CALL, self.scope, name, None, (live,))
        redispatch = FunctionType(_UNWRITTEN_REDISPATCH, self.scope)
        for function in (call, redispatch):
            function.__dict__["__wrapped__"] = _Unwritten(function, write)
        # Any: as attributes of this type, functions would be taken for methods.
        self.call: Any = call
        self.redispatch: Any = redispatch

    @property
    def calls_by_itself(self) -> bool:
        """Whether the code of `call` is written."""
        return self.call.__code__ is not _UNWRITTEN_CALL

    @property
    def redispatches_by_itself(self) -> bool:
        """Whether the code of `redispatch` is written."""
        return self.redispatch.__code__ is not _UNWRITTEN_REDISPATCH

    def packer(self) -> FunctionType:
        """Calls `take` with all arguments as one tuple, in the schema's order."""
        if self._packer is None:
            code, writer = self._compiled(_PACKED)
            self._packer = FunctionType(code, self.scope)
            self._packer.__defaults__, self._packer.__kwdefaults__ = writer.defaults()
        return self._packer

    def write_call(self) -> None:
        """Give `call` its own code, again if there are foreign types now."""
        self._write(self.call, _CALL)

    def write_redispatch(self) -> None:
        """Give `redispatch` its own code."""
        self._write(self.redispatch, _REDISPATCH)

    def _write(self, function: FunctionType, text: str) -> None:
        code, writer = self._compiled(text)
        function.__dict__.pop("__wrapped__", None)
        # The code comes last: other threads may call the function at any moment.
        function.__defaults__, function.__kwdefaults__ = writer.defaults()
        function.__code__ = code

    def _compiled(self, text: str) -> tuple[CodeType, _Writer]:
        writer = self._writer
        if writer is None:
            writer = _Writer(self._schema, self._attribute, self._names["foreign"])
            own = {"no_entry": (AttributeError, KeyError, TypeError), **NAMES}
            own |= self._names
            self.scope |= {writer.own[name]: value for name, value in own.items()}
            # The loader shows tracebacks the source.
            self.scope["__loader__"] = writer
            self.own = writer.own
            self._writer = writer
        return writer.compiled(text), writer


class _Unwritten:
    """Stands for a function's own code where somebody asks for its parameters."""

    __slots__ = ("_function", "_write")

    def __init__(self, function: FunctionType, write: Callable[[], None]) -> None:
        self._function = function
        self._write = write

    @property
    def __signature__(self) -> Signature:
        from inspect import signature

        self._write()
        return signature(self._function)


class _Writer:
    """Writes the source of one operator's functions, of which it is the loader.

    Attributes:
        parameters: the arguments' names in Python, by position.
        own: what the functions call what they use themselves, so that no argument's
            name can hide it.
    """

    def __init__(
        self, schema: FunctionSchema, attribute: str, foreign: Mapping[type, int]
    ) -> None:
        self._schema = schema
        self._attribute = attribute
        self._foreign = foreign
        self.parameters = parameter_names(schema)
        taken = set(self.parameters)
        self.own = {name: _free(name, taken) for name in _OWN}
        base = schema.name.partition("::")[2]
        name = base if base.isidentifier() and not iskeyword(base) else "call"
        taken |= {*self.own.values(), "make", "redispatch", "packed"}
        self._name = _free(name, taken)
        # Tracebacks look a text up by this name, so that each has its own.
        self._title = f"dispatch of {schema.operator_name}"
        if number := next(_numbers.setdefault(self._title, count())):
            self._title += f", definition {number + 1}"

    def get_source(self, name: str) -> str:
        """The text of all functions, of which the code of each is a part."""
        return "".join(map(self._text, _TEXTS))

    def compiled(self, text: str) -> CodeType:
        """The code of one function, with its lines in the whole text."""
        source = self._text(text)
        if text != _CALL:
            before = "".join(map(self._text, _TEXTS[: _TEXTS.index(text)]))
            source = "\n" * (before.count("\n") - 1) + "def make():\n" + source
        code = compile(source, self._title, "exec")
        for _ in range(2):
            code = next(c for c in code.co_consts if isinstance(c, CodeType))
        return code

    def defaults(self) -> tuple[tuple[Any, ...], dict[str, Any] | None]:
        """The defaults of positional parameters, and of the others."""
        positional: list[Any] = []
        by_name: dict[str, Any] = {}
        for parameter, argument in self._arguments():
            default = argument.default if argument.has_default else MISSING
            has_default = argument.has_default or iskeyword(argument.name)
            if argument.kwarg_only:
                if has_default:
                    by_name[parameter] = default
            elif has_default or positional:
                positional.append(default)
        return tuple(positional), by_name or None

    def _text(self, text: str) -> str:
        parameters = self._signature()
        values = ", ".join(self.parameters)
        filled = text.format(
            **self.own,
            name=self._name,
            parameters=parameters,
            keyset_first=", ".join(filter(None, [self.own["keyset"], parameters])),
            arguments=self._forwarded(),
            values=values,
            values_tuple=f"{values}," if self.parameters else "",
            checks="\n".join(f"        {line}" for line in self._checks()),
            union="\n".join(f"            {line}" for line in self._union()),
        )
        lines = filled.splitlines()
        return "".join(f"{line}\n" for line in lines if line.strip())

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
        # Classes that have no keyset of their own may be registered later.
        if not self._foreign:
            return plain
        foreign, kind = self.own["foreign"], f"{self.own['type']}({name})"
        return f"{foreign}[{kind}] if {kind} in {foreign} else {plain}"


def _has_keys(argument: Argument) -> bool:
    return argument.is_tensor or argument.is_optional_tensor or is_searched(argument)


def _may_hold_none(argument: Argument) -> bool:
    return "?[" in str(argument.type)


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name
