"""Dispatch modes, subclasses, and what surrounds calls into them.

Mirrors `aten/src/ATen/core/PythonFallbackKernel.h` and
`c10/core/impl/TorchDispatchModeTLS.h`. A mode is a context manager with the declared
dispatch method; a subclass is a class of tensors with one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from .context import ChangeGuard, Contexts, ForceGuard, SnapshotGuard
from .kernels import Bound, Kernel, is_default, without_defaults
from .observers import Event
from .registration import Fallback
from .table import FALLBACK_REASON, evaluate

if TYPE_CHECKING:
    from .dispatcher import Dispatcher
    from .operator import Operator


class DispatchMode:
    """Sees all calls of its thread or task while it is active.

    A generated package derives its `DispatchMode`; users derive from that and define the
    declared dispatch method, by default

        def __torch_dispatch__(self, func, types, args=(), kwargs=None): ...

    It gets the operator's function, the types of subclasses among the arguments, and the
    arguments, without those that have their default value. While it runs, the modes
    outside of it are the active ones.
    """

    _dispatcher: Dispatcher

    def __enter__(self) -> Self:
        push_mode(self._dispatcher, self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        pop_mode(self._dispatcher, self)


def push_mode(dispatcher: Dispatcher, mode: Any) -> None:
    """Make a mode the innermost one of this thread or task."""
    contexts = dispatcher.contexts
    tls, modes, on_entry, on = contexts.fields()
    if not modes:
        tls = contexts.changed(tls, (dispatcher.mode_bits, 0, 0, 0))
    contexts.set(tls, (*modes, mode), on_entry, on)


def pop_mode(dispatcher: Dispatcher, mode: Any = None) -> Any:
    """End the innermost mode.

    Raises:
        RuntimeError: if another one is, or none.
    """
    contexts = dispatcher.contexts
    tls, modes, on_entry, on = contexts.fields()
    if not modes or (mode is not None and modes[-1] is not mode):
        raise RuntimeError("this dispatch mode is not the innermost one here")
    *rest, last = modes
    if not rest:
        tls = contexts.changed(tls, (0, 0, dispatcher.mode_bits, 0))
    contexts.set(tls, tuple(rest), on_entry, on)
    return last


class PythonKernel(Kernel):
    """The innermost mode, then subclasses among the arguments.

    Where neither is, the call goes on without the key, in the keyset and in what the
    thread includes (see pytorch/pytorch#136565).
    """

    __slots__ = ("_bit", "_change")

    def __init__(self, name: str, row: Fallback, dispatcher: Dispatcher) -> None:
        super().__init__(name, "declared")
        self._bit = dispatcher.layout.masks[dispatcher.numbering.keys[row.key]]
        exclude = dispatcher.constant(row.exclude) if row.exclude else 0
        self._change = (0, exclude, 0, 0)

    def bind(self, operator: Operator, keyset: int) -> Bound:
        return operator.packed(lambda values: self._run(operator, keyset, values))

    def _run(self, operator: Operator, keyset: int, values: tuple[Any, ...]) -> Any:
        dispatcher = operator.dispatcher
        contexts = dispatcher.contexts
        with SnapshotGuard(contexts), ChangeGuard(contexts, self._change):
            if contexts.current().modes:
                return _observed(
                    dispatcher,
                    "PythonDispatchMode",
                    values,
                    lambda *values: self._to_mode(operator, values),
                )
            return _observed(
                dispatcher,
                "PythonSubclass",
                values,
                lambda *values: self._to_subclass(operator, keyset, values),
            )

    def _to_mode(self, operator: Operator, values: tuple[Any, ...]) -> Any:
        dispatcher = operator.dispatcher
        found = self._subclasses(operator, values)
        args, kwargs = without_default_values(operator, values)
        mode = pop_mode(dispatcher)
        try:
            method = getattr(mode, dispatcher.dispatch_method)
            types = tuple(map(type, found))
            result = method(operator.function, types, args, kwargs)
        finally:
            push_mode(dispatcher, mode)
        if result is not NotImplemented:
            return result
        return self._ask(operator, found, args, kwargs, [mode])

    def _to_subclass(
        self, operator: Operator, keyset: int, values: tuple[Any, ...]
    ) -> Any:
        found = self._subclasses(operator, values)
        if found:
            args, kwargs = without_default_values(operator, values)
            return self._ask(operator, found, args, kwargs, [])
        if not operator.tensors(values):
            raise RuntimeError(
                f"{operator.name}: internal error: {operator.key_name(keyset)} was "
                "reached with no mode and no tensor among the arguments"
            )
        contexts = operator.dispatcher.contexts
        tls = contexts.current().tls
        args, kwargs = operator.unpacked(values)
        with ForceGuard(contexts, (tls.included & ~self._bit, tls.excluded)):
            return operator.callers.redispatch(keyset & ~self._bit, *args, **kwargs)

    def _subclasses(self, operator: Operator, values: Sequence[Any]) -> list[Any]:
        """One argument of each class with the method; derived classes first."""
        dispatcher = operator.dispatcher
        method = dispatcher.dispatch_method
        found: list[Any] = []
        for tensor in operator.tensors(values):
            kind = type(tensor)
            keys = dispatcher.keyset_of(tensor)
            if keys is None or keys & self._bit != self._bit:
                continue
            if any(type(other) is kind for other in found):
                continue
            if not hasattr(kind, method):
                continue
            place = len(found)
            for index, other in enumerate(found):
                if issubclass(kind, type(other)):
                    place = index
                    break
            found.insert(place, tensor)
        return found

    def _ask(
        self,
        operator: Operator,
        found: Sequence[Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        asked: Sequence[Any],
    ) -> Any:
        """The first answer that is not NotImplemented."""
        name = operator.dispatcher.dispatch_method
        types = tuple(map(type, found))
        for tensor in found:
            method: Callable[..., Any] = getattr(type(tensor), name)
            result = method(operator.function, types, args, kwargs)
            if result is not NotImplemented:
                return result
        who = ", ".join(type(one).__qualname__ for one in (*asked, *found))
        raise TypeError(f"{operator.name}: every {name} returned NotImplemented: {who}")


def without_default_values(
    operator: Operator, values: Sequence[Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """All arguments but those with their default value, by position and by name."""
    args, kwargs = operator.unpacked(values)
    arguments = operator.schema.arguments
    end = len(args)
    while end and is_default(arguments[end - 1], args[end - 1]):
        end -= 1
    by_name = {a.name: a for a in arguments[len(args) :]}
    kept = {n: v for n, v in kwargs.items() if not is_default(by_name[n], v)}
    return args[:end], kept


def _observed(
    dispatcher: Dispatcher,
    name: str,
    values: tuple[Any, ...],
    run: Callable[..., Any],
) -> Any:
    observers = dispatcher.observers
    if not observers.installed:
        return run(*values)
    return observers.run(Event(name, 0, "", False, values, {}), run)


class SnapshotKernel(Kernel):
    """Keeps what the outermost call found, and goes on."""

    __slots__ = ("_after", "_contexts")

    def __init__(self, name: str, after: int, dispatcher: Dispatcher) -> None:
        super().__init__(name, "declared")
        self._after = after
        self._contexts: Contexts = dispatcher.contexts

    def bind(self, operator: Operator, keyset: int) -> Bound:
        bound = operator.follow(keyset & self._after)
        contexts = self._contexts

        def call(*args: Any, **kwargs: Any) -> Any:
            with SnapshotGuard(contexts):
                return bound(*args, **kwargs)

        return call


class PythonDispatcherKernel(Kernel):
    """Runs what `py_impl` registered for the key that the rules lead to.

    Where that is another kernel, it runs as in a call: with the keyset of the arguments
    and the thread, so that redispatches still come by here.
    """

    __slots__ = ("_bit",)

    def __init__(self, name: str, row: Fallback, dispatcher: Dispatcher) -> None:
        super().__init__(name, "declared")
        self._bit = dispatcher.layout.masks[dispatcher.numbering.keys[row.key]]

    def bind(self, operator: Operator, keyset: int) -> Bound:
        return operator.packed(lambda values: self._run(operator, keyset, values))

    def _run(self, operator: Operator, keyset: int, values: tuple[Any, ...]) -> Any:
        dispatcher = operator.dispatcher
        contexts = dispatcher.contexts
        if not contexts.current().python_dispatcher:
            raise RuntimeError(
                f"{operator.name}: internal error: {operator.key_name(keyset)} was "
                "reached and no Python dispatcher is on"
            )
        key = dispatcher.key_name(keyset & ~self._bit)
        registered = operator.registrations()
        registered.update(dict.fromkeys(operator.python_kernels, ""))
        *_, last = evaluate(dispatcher.rules, registered, key)
        if last.entry is None:
            raise NotImplementedError(f"{operator.name}: there is no kernel for {key}")
        args, kwargs = operator.unpacked(values)
        function = operator.python_kernels.get(last.key)
        if function is not None and last.reason != FALLBACK_REASON:
            return without_defaults(function, operator)(*args, **kwargs)
        reached = operator.call_keyset(values)
        with dispatcher.lock:
            kernel = operator.slot(key).kernel
        if kernel is None:
            raise NotImplementedError(f"{operator.name}: there is no kernel for {key}")
        return operator.bound(kernel, reached)(*args, **kwargs)


class PythonDispatcherGuard:
    """Turns the Python dispatcher on for this thread or task while it is active."""

    _dispatcher: Dispatcher

    def __init__(self) -> None:
        self._saved: list[bool] = []

    def __enter__(self) -> Self:
        self._set(True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._set(self._saved.pop(), leave=True)

    def _set(self, on: bool, leave: bool = False) -> None:
        contexts = self._dispatcher.contexts
        tls, modes, on_entry, was_on = contexts.fields()
        bits = self._dispatcher.python_dispatcher_bits
        if not leave:
            self._saved.append(was_on)
        tls = contexts.changed(tls, (bits, 0, 0, 0) if on else (0, 0, bits, 0))
        contexts.set(tls, modes, on_entry, on)


def declared_bits(rows: Iterable[Fallback], policy: str, dispatcher: Dispatcher) -> int:
    """What is included while the modes of a policy are active: as declared, or its key."""
    bits = 0
    for row in rows:
        if row.policy == policy:
            if row.mode:
                bits |= dispatcher.mode_keyset(row.mode)
            else:
                bits |= dispatcher.layout.masks[dispatcher.numbering.keys[row.key]]
    return bits
