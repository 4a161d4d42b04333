"""Observers of calls: like `record_function`, at no cost while there is none.

An observer is bound into the call caches (Note [Call caches] in `operator`), so installing
or removing one clears them, and a call without observers holds no trace of them.
Calls are observed, as in PyTorch, and redispatches for those who ask for them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

from .kernels import Bound

if TYPE_CHECKING:
    from .dispatcher import Dispatcher
    from .operator import Operator

Start = Callable[["Event"], Any]
End = Callable[["Event", Any], None]


class Event(NamedTuple):
    """What is observed.

    Attributes:
        name: of the operator, or of a part of a call.
        keyset: raw keyset that the kernel is called with; 0 for a part of a call.
        key: the runtime key that leads to the kernel; empty for a part of a call.
        redispatch: whether another kernel redispatched to it.
        args: the positional arguments.
        kwargs: the others.
    """

    name: str
    keyset: int
    key: str
    redispatch: bool
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class _Observer:
    __slots__ = ("end", "redispatches", "start")

    def __init__(self, start: Start, end: End | None, redispatches: bool) -> None:
        self.start = start
        self.end = end
        self.redispatches = redispatches


class Observers:
    """The observers of a dispatcher."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self.installed: tuple[_Observer, ...] = ()

    def add(
        self, start: Start, end: End | None = None, *, redispatches: bool = False
    ) -> Callable[[], None]:
        """Call `start` before and `end` after each call, in all threads.

        Args:
            start: takes the event.
            end: takes the event and what `start` returned, after errors too.
            redispatches: whether it sees the redispatches of a call too, and so each
                kernel that a call passes through.

        Returns:
            What removes it.
        """
        entry = _Observer(start, end, redispatches)
        with self._dispatcher.lock:
            self.installed = (*self.installed, entry)
            self._dispatcher.clear_calls()

        def remove() -> None:
            with self._dispatcher.lock:
                self.installed = tuple(e for e in self.installed if e is not entry)
                self._dispatcher.clear_calls()

        return remove

    def around(
        self, operator: Operator, keyset: int, bound: Bound, redispatch: bool
    ) -> Bound:
        """What runs a kernel and tells the observers, if any wants to know."""
        if not any(one.redispatches or not redispatch for one in self.installed):
            return bound
        name = operator.name
        key = operator.key_name(keyset)

        def observed(*args: Any, **kwargs: Any) -> Any:
            return self.run(Event(name, keyset, key, redispatch, args, kwargs), bound)

        return observed

    def run(self, event: Event, bound: Bound) -> Any:
        """Run something that is observed."""
        with ExitStack() as running:
            for one in self.installed:
                if one.redispatches or not event.redispatch:
                    given = one.start(event)
                    if one.end is not None:
                        running.callback(one.end, event, given)
            return bound(*event.args, **event.kwargs)
