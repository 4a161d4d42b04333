"""How guards and modes change the sets that a thread includes and excludes.

A generated package derives its guards from these and sets `_dispatcher`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from .context import ChangeGuard, ForceGuard, RestoreSnapshotGuard, SnapshotGuard

if TYPE_CHECKING:
    from .dispatcher import Dispatcher

S = TypeVar("S")


class TlsChange(NamedTuple, Generic[S]):
    """A change of a thread's two sets.

    Attributes:
        include: keys added to what every call includes.
        exclude: keys added to what every call leaves out.
        stop_including: keys that are no longer included.
        stop_excluding: keys that are no longer left out.
    """

    include: S
    exclude: S
    stop_including: S
    stop_excluding: S


class _KeysGuard(ChangeGuard):
    __slots__ = ()

    _dispatcher: Dispatcher


class IncludeGuard(_KeysGuard):
    """Adds keys to what calls include while it is active.

    Args:
        keys: a key, several, or a keyset.
    """

    __slots__ = ()

    def __init__(self, keys: Any) -> None:
        dispatcher = self._dispatcher
        super().__init__(dispatcher.contexts, (dispatcher.raw(keys), 0, 0, 0))


class ExcludeGuard(_KeysGuard):
    """Adds keys to what calls leave out while it is active.

    Args:
        keys: a key, several, or a keyset.
    """

    __slots__ = ()

    def __init__(self, keys: Any) -> None:
        dispatcher = self._dispatcher
        super().__init__(dispatcher.contexts, (0, dispatcher.raw(keys), 0, 0))


class ForceKeysGuard(ForceGuard):
    """Replaces what calls include and leave out while it is active.

    Args:
        include: a key, several, or a keyset.
        exclude: the same.
    """

    __slots__ = ()

    _dispatcher: Dispatcher

    def __init__(self, include: Any, exclude: Any) -> None:
        dispatcher = self._dispatcher
        sets = dispatcher.raw(include), dispatcher.raw(exclude)
        super().__init__(dispatcher.contexts, sets)


class PreserveGuard(ForceGuard):
    """Brings back what calls included and left out when it began."""

    __slots__ = ()

    _dispatcher: Dispatcher

    def __init__(self) -> None:
        super().__init__(self._dispatcher.contexts)


class DeclaredGuard(ChangeGuard):
    """A guard whose change is declared."""

    __slots__ = ()

    _dispatcher: Dispatcher
    _name: str

    def __init__(self) -> None:
        dispatcher = self._dispatcher
        super().__init__(dispatcher.contexts, dispatcher.guard_change(self._name))


class SnapshotOnEntryGuard(SnapshotGuard):
    """Keeps what the outermost call found, unless it is kept already."""

    __slots__ = ()

    _dispatcher: Dispatcher

    def __init__(self) -> None:
        super().__init__(self._dispatcher.contexts)


class RestoreOnEntryGuard(RestoreSnapshotGuard):
    """Brings back what the outermost call found.

    Raises:
        RuntimeError: on entering, where nothing is kept: outside of a call into a mode or
            subclass, or inside another such guard.
    """

    __slots__ = ()

    _dispatcher: Dispatcher

    def __init__(self) -> None:
        dispatcher = self._dispatcher
        super().__init__(
            dispatcher.contexts,
            f"the state on entry can be asked for only inside {dispatcher.dispatch_method}",
        )


class ModeGuard(ChangeGuard):
    """Lets this thread or task be in a declared mode while it is active.

    Args:
        name: of the mode.

    Raises:
        ValueError: if there is no such mode.
    """

    __slots__ = ()

    _dispatcher: Dispatcher

    def __init__(self, name: str) -> None:
        dispatcher = self._dispatcher
        super().__init__(dispatcher.contexts, dispatcher.mode_change(name))


class LocalDispatchKeySet(NamedTuple, Generic[S]):
    """What calls of a thread or task include and leave out."""

    included: S
    excluded: S


def local_keysets(dispatcher: Dispatcher) -> LocalDispatchKeySet[Any]:
    """The two sets of the running thread or task."""
    tls = dispatcher.contexts.current().tls
    return LocalDispatchKeySet(
        dispatcher.keyset(tls.included), dispatcher.keyset(tls.excluded)
    )
