"""What a thread or task includes in and excludes from its calls, and its modes.

Mirrors `c10/core/impl/LocalDispatchKeySet.h`, `TorchDispatchModeTLS.h` and
`PythonDispatcherTLS.h`, with one difference: the state belongs to the context of
`contextvars`, so that each asyncio task has its own, and a new task begins with a copy of
what its creator had.

Note [Live contexts]. Reading a context variable costs half a call. Callers read it only
while a context other than the default one may be alive in any thread or task: a guard
raises a flag when it begins, and lowers it when it ends and no such context is left. All
of them hold one token, so the token's reference count tells. A task that copied the
context of a guard keeps it alive, and the flag up, when the guard itself has ended.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar
from threading import RLock, get_ident
from types import CellType, TracebackType
from typing import Any, Final, Self

Fields = tuple["Tls", tuple[Any, ...], "Tls | None", bool]
"""What a context holds, without keeping that alive."""

Change = tuple[int, int, int, int]
"""Bits to include, to exclude, to stop including and to stop excluding."""


class Tls:
    """What calls include and exclude: two raw keysets.

    Instances are interned by `Contexts.tls`, so that a dict finds one by its identity.

    Attributes:
        included, excluded: the sets.
        changed: what it becomes by changes that were made to it before.
    """

    __slots__ = ("changed", "excluded", "included")

    def __init__(self, included: int, excluded: int) -> None:
        self.included: Final = included
        self.excluded: Final = excluded
        self.changed: Final[dict[Change, Tls]] = {}

    def __repr__(self) -> str:
        return f"Tls(included={self.included:#x}, excluded={self.excluded:#x})"


class Context:
    """The state of a thread or task; immutable.

    Attributes:
        tls: what calls include and exclude.
        modes: the active dispatch modes, outermost first.
        on_entry: the `tls` that the outermost call found, while one keeps it.
        python_dispatcher: whether the Python dispatcher is on.
        token: what tells that it is alive; None in the default context.
    """

    __slots__ = ("modes", "on_entry", "python_dispatcher", "tls", "token")

    def __init__(
        self,
        tls: Tls,
        modes: tuple[Any, ...],
        on_entry: Tls | None,
        python_dispatcher: bool,
        token: object,
    ) -> None:
        self.tls = tls
        self.modes = modes
        self.on_entry = on_entry
        self.python_dispatcher = python_dispatcher
        self.token = token

    def fields(self) -> Fields:
        return self.tls, self.modes, self.on_entry, self.python_dispatcher


class Live:
    """Whether any context but the default one may be alive.

    Attributes:
        cell: holds the answer; the functions that users call close over it.
        token: what every such context holds.
    """

    __slots__ = ("_alone", "_lock", "cell", "token")

    def __init__(self) -> None:
        self.cell = CellType(False)
        self.token = object()
        # Reentrant: the garbage collector can end a guard inside `enter`.
        self._lock = RLock()
        self._alone = sys.getrefcount(self.token)

    def enter(
        self, tls: Tls, modes: tuple[Any, ...], on_entry: Tls | None, on: bool
    ) -> Context:
        """A new context, which is seen from now on."""
        # Made first, so that `leave` in another thread finds it alive.
        context = Context(tls, modes, on_entry, on, self.token)
        with self._lock:
            self.cell.cell_contents = True
        return context

    def leave(self) -> None:
        """Look whether any context is left."""
        with self._lock:
            if sys.getrefcount(self.token) == self._alone:
                self.cell.cell_contents = False


class Contexts:
    """The contexts of one dispatcher.

    Args:
        included: raw keyset that a fresh thread includes.
        excluded: raw keyset that it excludes.

    Attributes:
        current: returns the `Context` of the running thread or task.
        live: whether it is worth asking.
        default: the `Tls` of a fresh thread.
    """

    __slots__ = ("_default", "_interned", "_set", "current", "default", "live")

    def __init__(self, included: int, excluded: int) -> None:
        self._interned: dict[tuple[int, int], Tls] = {}
        self.default: Final = self.tls(included, excluded)
        self._default: Final = Context(self.default, (), None, False, None)
        variable: ContextVar[Context] = ContextVar("dispatch", default=self._default)
        self.current: Final[Callable[[], Context]] = variable.get
        self._set: Final = variable.set
        self.live: Final = Live()

    def tls(self, included: int, excluded: int) -> Tls:
        """The one `Tls` with these sets."""
        key = (included, excluded)
        found = self._interned.get(key)
        if found is None:
            found = self._interned.setdefault(key, Tls(included, excluded))
        return found

    def changed(self, tls: Tls, change: Change) -> Tls:
        """What a change makes of two sets."""
        found = tls.changed.get(change)
        if found is None:
            include, exclude, stop_including, stop_excluding = change
            found = tls.changed[change] = self.tls(
                (tls.included | include) & ~stop_including,
                (tls.excluded | exclude) & ~stop_excluding,
            )
        return found

    def fields(self) -> Fields:
        """What the running context holds.

        To be used where the context is changed next: a `Context` in a local variable
        would seem to be alive.
        """
        return self.current().fields()

    @property
    def is_default(self) -> bool:
        """Whether the running thread or task is in the state of a fresh one."""
        return self.current() is self._default

    def set(
        self,
        tls: Tls,
        modes: tuple[Any, ...],
        on_entry: Tls | None,
        python_dispatcher: bool,
    ) -> None:
        """Give the running thread or task another state."""
        if tls is self.default and not modes and not on_entry and not python_dispatcher:
            self._set(self._default)
            self.live.leave()
        else:
            self.enter(tls, modes, on_entry, python_dispatcher)

    def enter(
        self,
        tls: Tls,
        modes: tuple[Any, ...],
        on_entry: Tls | None,
        python_dispatcher: bool,
    ) -> Context:
        """Give it another state, whatever that is, and return the context."""
        context = self.live.enter(tls, modes, on_entry, python_dispatcher)
        self._set(context)
        return context

    def put(self, context: Context) -> None:
        """Go back to a context that was the running one before."""
        self._set(context)
        if context is self._default:
            self.live.leave()

    def set_tls(self, included: int, excluded: int) -> None:
        """Give it other sets, and leave the rest."""
        self.set(self.tls(included, excluded), *self.fields()[1:])


class Guard:
    """A context manager that changes the running context until it ends.

    A guard can be used again once it has ended, but not while it is active. Guards that
    end in another order than they began leave what c10's leave.
    """

    __slots__ = ("_after", "_before", "_contexts", "_thread")

    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts
        self._thread = 0
        self._before: Context | None = None
        self._after: Context | None = None

    def _change(self, now: Fields) -> None:
        """Set what is to be while the guard is active."""
        raise NotImplementedError

    def _undo(self, now: Fields, before: Fields) -> None:
        """Change it back where something else changed the context meanwhile."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        if self._before is not None:
            raise RuntimeError(f"this {type(self).__name__} is active already")
        contexts = self._contexts
        before = contexts.current()
        self._change(before.fields())
        self._before = before
        self._after = contexts.current()
        self._thread = get_ident()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        before = self._before
        if before is None:
            raise RuntimeError(f"this {type(self).__name__} is not active")
        contexts = self._contexts
        if contexts.current() is self._after:
            self._before = self._after = None
            contexts.put(before)
            return
        if self._thread != get_ident():
            raise RuntimeError(f"this {type(self).__name__} began in another thread")
        saved = before.fields()
        self._before = self._after = before = None
        self._undo(contexts.fields(), saved)


class ChangeGuard(Guard):
    """Adds bits to the two sets and takes bits from them.

    When it ends, a set that it changes is again what it was when the guard began, as with
    c10's guards; the other one stays as it is.

    Args:
        contexts: of the dispatcher.
        change: the bits.
    """

    __slots__ = ("_bits",)

    def __init__(self, contexts: Contexts, change: Change) -> None:
        self._contexts = contexts
        self._thread = 0
        self._before = self._after = None
        self._bits = change

    def __enter__(self) -> Self:
        # What the base class does, with fewer steps: this guard is used the most.
        if self._before is not None:
            raise RuntimeError(f"this {type(self).__name__} is active already")
        contexts = self._contexts
        now = contexts.current()
        tls = now.tls.changed.get(self._bits)
        if tls is None:
            tls = contexts.changed(now.tls, self._bits)
        self._after = contexts.enter(
            tls, now.modes, now.on_entry, now.python_dispatcher
        )
        self._before = now
        self._thread = get_ident()
        return self

    def _undo(self, now: Fields, before: Fields) -> None:
        include, exclude, stop_including, stop_excluding = self._bits
        tls = self._contexts.tls(
            (before if include | stop_including else now)[0].included,
            (before if exclude | stop_excluding else now)[0].excluded,
        )
        self._contexts.set(tls, *now[1:])


class ForceGuard(Guard):
    """Replaces both sets; restores both when it ends.

    Args:
        contexts: of the dispatcher.
        sets: raw keysets to include and to exclude; None keeps those there are.
    """

    __slots__ = ("_sets",)

    def __init__(self, contexts: Contexts, sets: tuple[int, int] | None = None) -> None:
        super().__init__(contexts)
        self._sets = sets

    def _change(self, now: Fields) -> None:
        if self._sets is not None:
            self._contexts.set_tls(*self._sets)

    def _undo(self, now: Fields, before: Fields) -> None:
        self._contexts.set(before[0], *now[1:])


class SnapshotGuard(Guard):
    """Keeps the sets that the outermost call finds, and only those of the outermost."""

    __slots__ = ()

    def _change(self, now: Fields) -> None:
        tls, modes, on_entry, on = now
        if on_entry is None:
            self._contexts.set(tls, modes, tls, on)

    def _undo(self, now: Fields, before: Fields) -> None:
        tls, modes, _, on = now
        if before[2] is None:
            self._contexts.set(tls, modes, None, on)


class RestoreSnapshotGuard(Guard):
    """Brings back the sets that were kept on entry, and empties the place they were in.

    Raises:
        RuntimeError: on entering, if none were kept, or another guard took them.
    """

    __slots__ = ("_outside",)

    def __init__(self, contexts: Contexts, outside: str) -> None:
        super().__init__(contexts)
        self._outside = outside

    def _change(self, now: Fields) -> None:
        _, modes, on_entry, on = now
        if on_entry is None:
            raise RuntimeError(self._outside)
        self._contexts.set(on_entry, modes, None, on)

    def _undo(self, now: Fields, before: Fields) -> None:
        self._contexts.set(before[0], now[1], before[2], now[3])
