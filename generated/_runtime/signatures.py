"""What type checkers know of operators; nothing of it is there when a program runs."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Mapping
from collections.abc import Sequence as Sequence
from typing import Any, Generic, Literal, ParamSpec, TypeAlias, TypeVar
from typing import SupportsFloat as Float
from typing import SupportsIndex as Int
from typing import overload as overload

from .keyset import KeySet
from .schema import FunctionSchema

__all__ = [
    "Bool",
    "Complex",
    "Float",
    "Function",
    "Int",
    "Integer",
    "Mapping",
    "Only",
    "Packet",
    "Real",
    "Scalar",
    "Sequence",
    "Str",
    "Value",
    "only",
    "overload",
    "typed",
]

P = ParamSpec("P")
R = TypeVar("R", covariant=True)

# Other names than those of Python, since operators and overloads are called `int` too.
Bool: TypeAlias = bool
Complex: TypeAlias = complex
Integer: TypeAlias = int
Real: TypeAlias = float
Scalar: TypeAlias = int | float | complex
Str: TypeAlias = str
# What is not looked at; and results that are tensors, of whose class kernels decide.
Value: TypeAlias = Any

_Keyset: TypeAlias = int | KeySet[Any, Any]


class Function(Generic[P, R]):
    """The function that calls an operator.

    Attributes:
        name: with namespace and overload, `ns::name.overload`.
        overload: `default` if it has none.
        schema: what it takes and returns.
        tags: as declared.
    """

    name: str
    overload: str
    schema: FunctionSchema
    tags: tuple[str, ...]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        raise NotImplementedError

    def redispatch(self, keyset: _Keyset, /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Dispatch by a keyset."""
        raise NotImplementedError

    def call_boxed(self, stack: list[Any]) -> None:
        """Take the arguments from the end of a stack and put the results there."""

    def redispatch_boxed(self, keyset: _Keyset, stack: list[Any]) -> None:
        """The same with the keyset to dispatch by."""

    callBoxed = call_boxed
    redispatchBoxed = redispatch_boxed

    def has_kernel_for(self, key: int | str) -> bool:
        """Whether a kernel is registered for this very key."""
        raise NotImplementedError

    has_kernel_for_dispatch_key = has_kernel_for

    def get_kernel(self, key: int | str) -> Callable[..., R]:
        """The kernel in a key's slot, as a function of the keyset and arguments."""
        raise NotImplementedError

    def py_impl(self, key: int | str) -> Callable[[_C], _C]:
        """A decorator: the function runs while the Python dispatcher is on."""
        raise NotImplementedError


class Only(Function[P, R]):
    """The function of an operator that has one overload, without a name."""

    @property
    def default(self) -> Function[P, R]:
        """The function itself."""
        raise NotImplementedError

    def overloads(self) -> list[Literal["default"]]:
        """The names of the overloads."""
        raise NotImplementedError


class Packet:
    """An operator with several overloads, each of which is an attribute.

    Attributes:
        name: with namespace, `ns::name`.
    """

    name: str

    def overloads(self) -> list[str]:
        """The names of the overloads, in order of definition."""
        raise NotImplementedError

    def redispatch(self, keyset: _Keyset, /, *args: Any, **kwargs: Any) -> Any:
        """Dispatch the overload that fits by a keyset."""

    def has_kernel_for(self, key: int | str) -> bool:
        """Whether any overload has a kernel for this very key."""
        raise NotImplementedError


_C = TypeVar("_C", bound=Callable[..., Any])


def typed(function: Callable[P, R]) -> Function[P, R]:
    """A decorator of stubs: the function calls an overload."""
    raise NotImplementedError


def only(function: Callable[P, R]) -> Only[P, R]:
    """A decorator of stubs: the function calls an operator without overloads."""
    raise NotImplementedError
