"""What can be in a slot of a dispatch table, and how it is called.

Note [Binding]. `Kernel.bind` gives what a caller calls with the operator's own arguments.
It runs once for an operator and a keyset, under the dispatcher's lock; the result is kept
until a registration could change it. So a kernel decides here, and not in each call, all
that depends on the operator and the keyset alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import CodeType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from .arguments import positional_count
from .registration import is_symbol

if TYPE_CHECKING:
    from .operator import Operator

F = TypeVar("F", bound=Callable[..., Any])

Bound = Callable[..., Any]
"""Takes the operator's arguments: positional ones by position, the others by name."""

_WITH_KEYSET: Final = "__with_keyset__"
_VARIADIC: Final = 0x04 | 0x08  # inspect.CO_VARARGS, CO_VARKEYWORDS


class Kernel:
    """A kernel.

    Attributes:
        name: how dumps call it.
        debug: where it was registered, for dumps.
        is_fallthrough: whether the key is skipped instead.
    """

    __slots__ = ("debug", "name")

    is_fallthrough: bool = False

    def __init__(self, name: str, debug: str = "") -> None:
        self.name = name
        self.debug = debug

    def bind(self, operator: Operator, keyset: int) -> Bound:
        """What calls it for an operator that was reached with a keyset.

        Raises:
            UnboundError: if something has to be imported first.
        """
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"


class UnboundError(Exception):
    """A kernel has to be imported, which must not happen under the dispatcher's lock."""

    def __init__(self, kernel: SymbolKernel) -> None:
        super().__init__(kernel.name)
        self.kernel = kernel


class Fallthrough(Kernel):
    """Skips the key. Only a redispatch can reach it."""

    __slots__ = ()

    is_fallthrough = True

    def bind(self, operator: Operator, keyset: int) -> Bound:
        return operator.raising(
            RuntimeError,
            f"{operator.name}: a redispatch reached {operator.key_name(keyset)}, which "
            "falls through; only a call skips such keys, a redispatch uses the keyset "
            "it is given: take the key out of it",
        )


class FunctionKernel(Kernel):
    """A function of the operator's arguments.

    Args:
        function: it.
        with_keyset: None if it takes the arguments alone; else what its first argument
            is made with from the raw keyset, `int` for the raw keyset itself.
    """

    __slots__ = ("_with_keyset", "function")

    def __init__(
        self,
        function: Callable[..., Any],
        with_keyset: Callable[[int], Any] | None = None,
        debug: str = "",
    ) -> None:
        super().__init__(name_of(function), debug)
        self.function = function
        self._with_keyset = with_keyset

    def bind(self, operator: Operator, keyset: int) -> Bound:
        convert = self._with_keyset or _marked(self.function, operator)
        if convert is None:
            return fitted(self.function, operator)
        return fitted(self.function, operator, (convert(keyset),))


class FallbackFunction(Kernel):
    """A function for any operator: `function(operator, *args, **kwargs)`.

    With a keyset it is `function(keyset, operator, *args, **kwargs)`. Arguments that
    have their default value are left out.
    """

    __slots__ = ("_with_keyset", "function")

    def __init__(
        self,
        function: Callable[..., Any],
        with_keyset: Callable[[int], Any] | None = None,
        debug: str = "",
    ) -> None:
        super().__init__(name_of(function), debug)
        self.function = function
        self._with_keyset = with_keyset

    def bind(self, operator: Operator, keyset: int) -> Bound:
        convert = self._with_keyset or _marked(self.function, operator)
        if convert is None:
            call: Bound = MethodType(self.function, operator.function)
        else:
            call = partial(self.function, convert(keyset), operator.function)
        return without_defaults(call, operator)


class SymbolKernel(Kernel):
    """A kernel that is declared by name.

    `module:function` is imported when it is first needed; any other name is a slot
    whose body somebody else supplies.

    Args:
        name: as declared.
        key: the key that it is declared for.
        where: finds the place of its declaration, for errors; None if nobody knows.
        wrap: makes a kernel of the function.
    """

    __slots__ = ("_key", "_loaded", "_where", "_wrap")

    def __init__(
        self,
        name: str,
        key: str,
        where: Callable[[], str | None] | None = None,
        debug: str = "",
        wrap: Callable[[Callable[..., Any]], Kernel] = FunctionKernel,
    ) -> None:
        super().__init__(name, debug)
        self._key = key
        self._where = where
        self._wrap = wrap
        self._loaded: Kernel | None = None

    @property
    def has_body(self) -> bool:
        return is_symbol(self.name)

    def bind(self, operator: Operator, keyset: int) -> Bound:
        if not self.has_body:
            return operator.raising(
                NotImplementedError,
                f"{operator.name}: the kernel `{self.name}` for {self._key} is declared "
                "without a body; declare it as `module:function`, or give the operator "
                f"one with `Library(..., 'IMPL').impl({operator.name!r}, function, "
                f"{self._key!r})`",
            )
        if self._loaded is None:
            raise UnboundError(self)
        return self._loaded.bind(operator, keyset)

    def load(self) -> None:
        """Import it.

        Raises:
            ImportError: if there is no such module, or nothing of that name in it.
        """
        module, _, path = self.name.partition(":")
        try:
            value: Any = import_module(module)
        except ImportError as error:
            raise self._error(f"cannot import `{module}`: {error}") from error
        for part in path.split("."):
            if not hasattr(value, part):
                raise self._error(f"`{module}` has no `{path}`")
            value = getattr(value, part)
        if isinstance(value, Kernel):
            self._loaded = value
        elif callable(value):
            self._loaded = self._wrap(value)
        else:
            raise self._error(
                f"`{self.name}` is {type(value).__name__}, not a function"
            )

    def _error(self, problem: str) -> ImportError:
        place = self._where() if self._where else None
        declared = f", declared at {place}" if place else ""
        return ImportError(f"kernel `{self.name}`{declared}: {problem}")


def name_of(function: Callable[..., Any]) -> str:
    """The name of a function with its module, for dumps."""
    name = getattr(function, "__qualname__", None) or type(function).__qualname__
    module = getattr(function, "__module__", None)
    return f"{module}:{name}" if module else name


def fitted(
    function: Callable[..., Any], operator: Operator, given: tuple[Any, ...] = ()
) -> Bound:
    """What calls a function with all arguments of an operator.

    That is the function itself if its parameters are the operator's. One with fewer, or
    with `*args`, gets only the arguments that don't have their default value, as in
    PyTorch.

    Args:
        given: what it gets before them: a keyset, or nothing.
    """
    bound: Bound = function
    if given:
        # A call through a bound method costs next to nothing.
        bound = MethodType(function, *given)
    code: CodeType | None = getattr(function, "__code__", None)
    if code is None:  # Nobody knows its parameters.
        return without_defaults(bound, operator)
    by_name = [a.name for a in operator.schema.arguments if a.kwarg_only]
    own = int(isinstance(function, MethodType)) + len(given)
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    if (
        not code.co_flags & _VARIADIC
        and code.co_argcount - own >= positional_count(operator.schema)
        and all(name in names for name in by_name)
    ):
        return bound
    return without_defaults(bound, operator)


def without_defaults(function: Callable[..., Any], operator: Operator) -> Bound:
    """Calls a function without the arguments that have their default value."""
    arguments = operator.schema.arguments
    count = positional_count(operator.schema)
    if not any(argument.has_default for argument in arguments):
        return function

    def call(*args: Any, **kwargs: Any) -> Any:
        end = min(len(args), count)
        while end and is_default(arguments[end - 1], args[end - 1]):
            end -= 1
        for argument in arguments[count:]:
            name = argument.name
            if name in kwargs and is_default(argument, kwargs[name]):
                del kwargs[name]
        return function(*args[:end], **kwargs)

    return call


@overload
def with_keyset(function: F, kind: type[int] | bool = True) -> F: ...
@overload
def with_keyset(
    function: None = None, kind: type[int] | bool = True
) -> Callable[[F], F]: ...
def with_keyset(function: Any = None, kind: type[int] | bool = True) -> Any:
    """Marks a function whose first argument is the keyset, for kernels declared by name.

    As a decorator: `@with_keyset`, or `@with_keyset(kind=int)` for the raw keyset.
    """
    if function is None:
        return partial(with_keyset, kind=kind)
    function.__dict__[_WITH_KEYSET] = kind
    return function


def _marked(function: Any, operator: Operator) -> Callable[[int], Any] | None:
    """What makes the keyset that a function is marked to take, if it is."""
    kind = getattr(function, "__dict__", {}).get(_WITH_KEYSET)
    if kind is None:
        return None
    return int if kind is int else operator.dispatcher.keyset


def is_default(argument: Any, value: object) -> bool:
    """Whether an argument has the default value of its schema."""
    if not argument.has_default:
        return False
    default = argument.default
    if type(default) is tuple:  # A list: defaults are immutable.
        return isinstance(value, (list, tuple)) and tuple(value) == default
    return value is default or (type(value) is type(default) and bool(value == default))


def copy_of(function: FunctionType, **names: Any) -> FunctionType:
    """A function with the same code and other globals."""
    return FunctionType(
        function.__code__,
        names,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
