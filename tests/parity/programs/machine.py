"""What a program may do: the words that PyTorch and the generated package both understand.

A program is a function ``program(p: Machine) -> None``. It defines operators, registers
kernels and calls; the machine writes down what happens, one line an event, indented by
what is running:

    call f(x)
      AutogradCPU kernel of f(x), keys CPU ADInplaceOrView AutogradCPU
        redispatch f(x) to CPU ADInplaceOrView
          CPU kernel of f(x)
        = x
    = x

Programs hold keysets as c10's raw integers, tensors as whatever the machine makes, and
name operators without a namespace: the machine has one of its own for every program. A
kernel, mode or subclass without a body does the obvious: kernels return their first
argument, modes call the function again, subclasses call it on what they wrap.

What a line says of the thread's two sets is the difference from those of a fresh thread,
and nothing if there is none. Nothing here knows PyTorch or the generated package.
"""

from __future__ import annotations

import contextlib
import functools
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

from tests.parity import facts

Body: TypeAlias = Callable[..., Any]
Program: TypeAlias = "Callable[[Machine], None]"

_INDENT = "  "


class Machine(ABC):
    """A dispatcher that a program runs on, and the events of that run."""

    def __init__(self, name: str) -> None:
        self.namespace = f"program_{name}"
        self.events: list[str] = []
        self._depth = 0
        self._names: list[str] = []

    # What happened.

    def log(self, *words: object, deeper: int = 0) -> None:
        """Write one event."""
        indent = _INDENT * (self._depth + deeper)
        self.events.append(indent + " ".join(map(self.show, words)))

    @contextlib.contextmanager
    def inside(self, *words: object) -> Iterator[None]:
        """Write an event; those until the end of the block are part of it."""
        self.log(*words)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def tls(self) -> None:
        """Write what this thread includes and excludes, if that is not the default."""
        self.log("tls: " + (self._tls_words()[2:] or "as in a fresh thread"))

    @contextlib.contextmanager
    def raises(self, *mentions: str, op: str = "") -> Iterator[None]:
        """Write the kind of exception, and what its message names.

        Args:
            mentions: parts of the message.
            op: an operator, which the message has to name in full.
        """
        with self._failing(lambda error: f"raised {self.kind_of(error)}", mentions, op):
            yield

    @contextlib.contextmanager
    def refuses(self, *mentions: str, op: str = "") -> Iterator[None]:
        """The same where the kind is that of the language: wrong arguments, wrong use."""
        with self._failing(lambda error: "refused", mentions, op):
            yield

    @contextlib.contextmanager
    def _failing(
        self, kind: Callable[[Exception], str], mentions: Sequence[str], op: str
    ) -> Iterator[None]:
        depth = self._depth
        try:
            yield
        except Exception as error:
            self._depth = depth
            text = str(error)
            named = [part for part in mentions if part in text]
            missing = [part for part in mentions if part not in text]
            if op:
                full = rf"\b{self.namespace}(::|\.){re.escape(op)}\b"
                (named if re.search(full, text) else missing).insert(0, op)
            words = [kind(error)]
            words += [f"naming {', '.join(named)}"] if named else []
            words += [f"but not {', '.join(missing)}"] if missing else []
            self.log(*words)
        else:
            self.log("raised nothing")

    def kind_of(self, error: Exception) -> str:
        """Return the name of an exception's class."""
        return type(error).__name__

    def show(self, value: object) -> str:
        """Return how a value is written in events."""
        if value is None or isinstance(value, str | bool | int | float):
            return str(value)
        if isinstance(value, list | tuple):
            return f"[{', '.join(map(self.show, value))}]"
        if self.is_tensor(value):
            return self._show_tensor(value)
        return self.operator_name(value)

    def shown_call(self, args: Sequence[object], kwargs: dict[str, object]) -> str:
        words = [self.show(value) for value in args]
        words += [f"{name}={self.show(value)}" for name, value in kwargs.items()]
        return f"({', '.join(words)})"

    def _show_tensor(self, tensor: Any) -> str:
        name = self._names[self.number_of(tensor)]
        wrapper = self.subclass_of(tensor)
        return f"{wrapper}:{name}" if wrapper else name

    # Keysets.

    @staticmethod
    def keys(*names: str) -> int:
        """Return the set of some keys, as c10's constructor of a set from a key has them."""
        return functools.reduce(int.__or__, (_key_sets()[name] for name in names), 0)

    @staticmethod
    def after(name: str) -> int:
        """Return the keys of lower priority than one: c10's FULL_AFTER."""
        return facts.load_dispatcher().full_after[name]

    @staticmethod
    def names(raw: int) -> str:
        """Return the keys of a set, lowest first.

        A functionality that is there once for each backend goes by its name on the set's
        backends; by its own if there are none; and backends without such a functionality
        go by the names of their bits.
        """
        known = facts.load_dispatcher()
        backends = [name for name in known.backend_names[1:] if _has_backend(raw, name)]
        words: list[str] = []
        split = False
        for name in known.key_names[1 : known.num_functionality_keys]:
            if not raw >> _bit_of(name) & 1:
                continue
            if known.is_per_backend_functionality_key[name] and backends:
                split = True
                runtime = known.to_runtime_per_backend_functionality_key[name]
                numbers = (known.backends[backend] for backend in backends)
                words += [runtime[number] for number in numbers]
            else:
                words.append(name)
        if not split:
            words = [*backends, *words]
        return " ".join(words) or "none"

    def _tls_words(self) -> str:
        default = facts.load_dispatcher().tls["fresh thread"]
        words = ""
        for name, now, usual in zip(
            ("included", "excluded"), self.tls_sets(), default, strict=True
        ):
            more, fewer = now & ~usual, usual & ~now
            above = _above_python()
            if now & above == above:
                words += f", {name} all above Python"
                more &= ~above
            if more:
                words += f", also {name} {self.names(more)}"
            if fewer == usual:
                words += f", none of the usual {name}"
            elif fewer:
                words += f", not {name} {self.names(fewer)}"
        return words

    # Registrations.

    def impl(
        self,
        op: str,
        key: str,
        body: Body | None = None,
        *,
        with_keyset: bool = False,
        library: str = "main",
        label: str = "",
    ) -> None:
        """Register a kernel that writes down its call, then does what ``body`` does."""
        kernel = self._kernel(f"{label or key} kernel of {op}", body, with_keyset)
        self.register(op, key, kernel, with_keyset, library)

    def py_impl(self, op: str, key: str, body: Body | None = None) -> None:
        """Give an operator a kernel of the Python dispatcher."""
        self.register_py(op, key, self._kernel(f"{key} py_impl of {op}", body, False))

    def fallback(
        self,
        key: str,
        body: Body | None = None,
        *,
        with_keyset: bool = False,
        library: str = "fallbacks",
    ) -> None:
        """Register a fallback of a key; its body is given the operator after the keyset."""

        def kernel(*args: Any, **kwargs: Any) -> Any:
            keyset, (op, *rest) = self._split(args, with_keyset)
            head = f"{key} fallback of {self.operator_name(op)}"
            with self.inside(self._seen(head, keyset, rest, kwargs)):
                if body is None:
                    return self._first(rest)
                given = (op, *rest) if keyset is None else (keyset, op, *rest)
                return body(*given, **kwargs)

        self.register_fallback(key, kernel, with_keyset, library)

    def _kernel(self, head: str, body: Body | None, with_keyset: bool) -> Body:
        def kernel(*args: Any, **kwargs: Any) -> Any:
            keyset, rest = self._split(args, with_keyset)
            with self.inside(self._seen(head, keyset, rest, kwargs)):
                if body is None:
                    return self._first(rest)
                given = rest if keyset is None else (keyset, *rest)
                return body(*given, **kwargs)

        return kernel

    def _split(
        self, args: tuple[Any, ...], with_keyset: bool
    ) -> tuple[int | None, tuple[Any, ...]]:
        return (self.raw(args[0]), args[1:]) if with_keyset else (None, args)

    def _seen(
        self,
        head: str,
        keyset: int | None,
        args: Sequence[Any],
        kwargs: dict[str, Any],
    ) -> str:
        keys = "" if keyset is None else f", keys {self.names(keyset)}"
        return head + self.shown_call(args, kwargs) + keys + self._tls_words()

    def _first(self, args: Sequence[Any]) -> Any:
        first = args[0] if args else None
        return first[0] if isinstance(first, list | tuple) and first else first

    # Calls.

    def call(self, op: str, *args: Any, **kwargs: Any) -> Any:
        """Call an operator by its name and overload."""
        with self.inside(f"call {op}{self.shown_call(args, kwargs)}"):
            result = self.call_function(op, args, kwargs)
        self.log("=", result)
        return result

    def redispatch(self, op: str, keyset: int, *args: Any, **kwargs: Any) -> Any:
        """Call the kernel that a keyset chooses."""
        call = self.shown_call(args, kwargs)
        with self.inside(f"redispatch {op}{call} to {self.names(keyset)}"):
            result = self.redispatch_function(op, keyset, args, kwargs)
        self.log("=", result)
        return result

    def mode(self, name: str, body: Body | None = None) -> AbstractContextManager[Any]:
        """Return a mode; its body is given the function and the call's arguments."""

        def handle(
            func: Any, types: Sequence[type], args: Sequence[Any], kwargs: Any
        ) -> Any:
            words = f"mode {name}: {self.operator_name(func)}"
            words += self.shown_call(args, kwargs) + self._types(types)
            with self.inside(words + self._tls_words()):
                return (body or _call_again)(func, *args, **kwargs)

        return self.make_mode(handle)

    def subclass(
        self, name: str, body: Body | None = None, parent: Any = None
    ) -> type[Any]:
        """Return a class of tensors that wrap one; its body is given what a mode's is."""

        def handle(
            func: Any, types: Sequence[type], args: Sequence[Any], kwargs: Any
        ) -> Any:
            words = f"subclass {name}: {self.operator_name(func)}"
            words += self.shown_call(args, kwargs) + self._types(types)
            with self.inside(words + self._tls_words()):
                return (body or self.call_unwrapped)(func, *args, **kwargs)

        return self.make_subclass(name, handle, parent)

    def call_unwrapped(self, func: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a function on what the tensors of subclasses among its arguments wrap."""
        return func(*map(self.unwrap, args), **kwargs)

    def unwrap(self, value: Any) -> Any:
        """Return what a tensor of a subclass wraps; lists are unwrapped by element."""
        if isinstance(value, list | tuple):
            return [self.unwrap(item) for item in value]
        if self.is_tensor(value) and self.subclass_of(value):
            return self.wrapped(value)
        return value

    def _types(self, types: Sequence[type]) -> str:
        names = sorted(kind.__name__ for kind in types)
        return f", types {' '.join(names)}" if names else ""

    # Tensors.

    def tensor(
        self,
        name: str,
        kind: str = "CPU",
        *,
        extra: Sequence[str] = (),
        of: type[Any] | None = None,
        requires_grad: bool = False,
    ) -> Any:
        """Make a tensor of a backend, with further keys, wrapped by a subclass if one."""
        number = len(self._names)
        self._names.append(name)
        raw = self.keys(*_keys_of(kind), *extra)
        if of is not None:
            raw |= self.keys("Python", "PythonTLSSnapshot")
        return self.make_tensor(number, kind, raw, of, requires_grad)

    # What a dispatcher has to offer.

    @abstractmethod
    def library(self, name: str, kind: str = "IMPL", key: str = "") -> None:
        """Make a library of this program's namespace; ``main`` (DEF) is always there."""

    @abstractmethod
    def drop(self, library: str) -> None:
        """Take back everything that a library registered."""

    @abstractmethod
    def close(self) -> None:
        """Drop all libraries."""

    @abstractmethod
    def define(self, schema: str, *, library: str = "main") -> None:
        """Define an operator."""

    @abstractmethod
    def register(
        self, op: str, key: str, kernel: Body, with_keyset: bool, library: str
    ) -> None:
        """Register a kernel; without a key, at CompositeImplicitAutograd."""

    @abstractmethod
    def fallthrough(self, op: str, key: str, *, library: str = "main") -> None:
        """Register a fallthrough."""

    @abstractmethod
    def register_fallback(
        self, key: str, kernel: Body, with_keyset: bool, library: str
    ) -> None:
        """Register a fallback of a key."""

    @abstractmethod
    def fallback_fallthrough(self, key: str, *, library: str = "fallbacks") -> None:
        """Register a fallthrough as the fallback of a key."""

    @abstractmethod
    def register_py(self, op: str, key: str, kernel: Body) -> None:
        """Register a kernel of the Python dispatcher."""

    @abstractmethod
    def call_function(self, op: str, args: Sequence[Any], kwargs: Any) -> Any:
        """Call an operator."""

    @abstractmethod
    def call_boxed(self, op: str, *args: Any) -> Any:
        """Call an operator with its arguments on a stack."""

    @abstractmethod
    def redispatch_function(
        self, op: str, keyset: int, args: Sequence[Any], kwargs: Any
    ) -> Any:
        """Call the kernel that a keyset chooses."""

    @abstractmethod
    def redispatch_boxed(self, op: str, keyset: int, *args: Any) -> Any:
        """The same with the arguments on a stack."""

    @abstractmethod
    def packet(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call the overload that fits the arguments."""

    @abstractmethod
    def has_kernel(self, op: str, key: str) -> bool:
        """Say whether a kernel was registered for exactly this key."""

    @abstractmethod
    def table(self, op: str) -> dict[str, str]:
        """Return the reason of each filled slot, as PyTorch prints it."""

    def slots(self, op: str, *slots: str) -> None:
        """Write what some slots of an operator hold, and why."""
        table = self.table(op)
        for slot in slots:
            self.log(f"{op} {slot}: {table.get(slot, 'empty')}")

    @abstractmethod
    def operator_name(self, op: Any) -> str:
        """Return the name of an operator object, ``.default`` and namespace left out."""

    @abstractmethod
    def raw(self, keyset: Any) -> int:
        """Return the integer of a keyset that a kernel was given."""

    @abstractmethod
    def tls_sets(self) -> tuple[int, int]:
        """Return what this thread includes and excludes."""

    @abstractmethod
    def include(self, *keys: str) -> AbstractContextManager[Any]:
        """Include keys in every call."""

    @abstractmethod
    def exclude(self, *keys: str) -> AbstractContextManager[Any]:
        """Exclude keys from every call."""

    @abstractmethod
    def force(
        self, include: Sequence[str], exclude: Sequence[str]
    ) -> AbstractContextManager[Any]:
        """Include and exclude just these keys."""

    @abstractmethod
    def preserve(self) -> AbstractContextManager[Any]:
        """Bring both sets back at the end."""

    @abstractmethod
    def below_autograd(self) -> AbstractContextManager[Any]:
        """Exclude the autograd keys."""

    @abstractmethod
    def below_inplace_or_view(self) -> AbstractContextManager[Any]:
        """Exclude ADInplaceOrView and the autograd keys."""

    @abstractmethod
    def restore_snapshot(self) -> AbstractContextManager[Any]:
        """Bring back the sets that the outermost call was entered with."""

    @abstractmethod
    def python_dispatcher(self) -> AbstractContextManager[Any]:
        """Send every call through the Python dispatcher."""

    @abstractmethod
    def autograd_fallback_mode(self, mode: str) -> AbstractContextManager[Any]:
        """What operators without autograd kernels do: ``nothing`` or ``warn``."""

    @abstractmethod
    def no_grad(self) -> AbstractContextManager[Any]:
        """Turn gradients off."""

    @abstractmethod
    def observed(self) -> AbstractContextManager[Any]:
        """Write, at the end, what observers saw: names, each inside its cause."""

    @abstractmethod
    def make_mode(self, handle: Body) -> AbstractContextManager[Any]:
        """Return a dispatch mode with ``handle(func, types, args, kwargs)``."""

    @abstractmethod
    def make_subclass(self, name: str, handle: Body, parent: Any) -> type[Any]:
        """Return a class of tensors with ``handle(func, types, args, kwargs)``."""

    @abstractmethod
    def make_tensor(
        self,
        number: int,
        kind: str,
        raw: int,
        of: type[Any] | None,
        requires_grad: bool,
    ) -> Any:
        """Make a tensor with exactly these keys, and one for it to wrap if a subclass."""

    @abstractmethod
    def is_tensor(self, value: Any) -> bool:
        """Say whether a value is a tensor."""

    @abstractmethod
    def number_of(self, tensor: Any) -> int:
        """Return the number that a tensor was made with."""

    @abstractmethod
    def subclass_of(self, tensor: Any) -> str:
        """Return the name of a tensor's subclass; nothing for a plain one."""

    @abstractmethod
    def wrapped(self, tensor: Any) -> Any:
        """Return what a tensor of a subclass wraps."""

    @abstractmethod
    def keyset_of(self, tensor: Any) -> int:
        """Return the keys of a tensor."""

    @abstractmethod
    def requires_grad(self, tensor: Any) -> bool:
        """Say whether gradients flow into a tensor."""

    @abstractmethod
    def backward(self, tensor: Any) -> None:
        """Run backward from a tensor and write the warnings of that."""


@functools.cache
def _above_python() -> int:
    """What PythonFallbackKernel.cpp excludes: above Python, but not PythonDispatcher."""
    known = facts.load_dispatcher()
    not_above = known.full_after["Python"] | known.key_set["Python"]
    return known.full_set & ~not_above


def _call_again(func: Any, *args: Any, **kwargs: Any) -> Any:
    return func(*args, **kwargs)


@functools.cache
def _key_sets() -> dict[str, int]:
    return facts.load_dispatcher().key_set


@functools.cache
def _bit_of(functionality: str) -> int:
    """The bit of a functionality key: its value comes after those of the backends."""
    known = facts.load_dispatcher()
    return known.num_backends + known.keys[functionality] - 1


def _has_backend(raw: int, backend: str) -> bool:
    return bool(raw >> facts.load_dispatcher().backends[backend] - 1 & 1)


@functools.cache
def _keys_of(kind: str) -> tuple[str, ...]:
    """The keys that PyTorch gives a tensor of a backend, or a sparse one of it."""
    known = facts.load_dispatcher()
    backend = kind.removeprefix("Sparse")
    bit = f"{backend}Bit"
    autograd = known.get_autograd_key_from_backend[bit]
    autocast = known.get_autocast_related_key_set_from_backend[bit]
    names = [kind, "ADInplaceOrView", autograd]
    return (*names, *known.key_set_names(autocast))
