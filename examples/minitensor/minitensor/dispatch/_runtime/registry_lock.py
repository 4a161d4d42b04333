"""The lock of a dispatcher's registrations.

Note [Collected libraries]. The garbage collector may drop a library anywhere, in a thread
that is just going through the operators, too. A reentrant lock would let it take its
registrations back in the middle of that. So what the collector wants done waits until the
thread that holds the lock lets go of it.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from types import TracebackType


class RegistryLock:
    """A reentrant lock that does work for the garbage collector when it is released."""

    __slots__ = ("_depth", "_later", "_lock")

    def __init__(self) -> None:
        self._lock = RLock()
        self._depth = 0
        self._later: list[Callable[[], None]] = []

    def __enter__(self) -> None:
        self._lock.acquire()
        self._depth += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if self._depth == 1:
                while self._later:
                    self._later.pop(0)()
        finally:
            self._depth -= 1
            self._lock.release()
        if self._later and not self._depth:
            # It came between the look and the release.
            with self:
                pass

    def when_free(self, run: Callable[[], None]) -> None:
        """Run something under the lock; later, if this thread holds it now."""
        if self._lock._is_owned():  # type: ignore[attr-defined]
            self._later.append(run)
        else:
            with self:
                run()
