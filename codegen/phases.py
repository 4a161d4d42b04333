"""The phases of a run: how long each takes, and how far it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Phases:
    """Measures phases. A subclass may show them to somebody.

    Attributes:
        seconds: how long each phase took, without phases inside of it, in the order in
            which they began.
        notes: what else there is to say of a phase.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.notes: dict[str, str] = {}
        self._open: list[str] = []
        self._since = time.perf_counter()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """A phase lasts as long as the block; it may come again, and be inside another."""
        self._attribute()
        self._open.append(name)
        self.seconds.setdefault(name, 0.0)
        self.begun(name)
        try:
            yield
        except BaseException:
            self.stopped()
            raise
        finally:
            self._attribute()
            self._open.pop()

    def _attribute(self) -> None:
        """Count the time since the last change for the phase that it was spent in."""
        now = time.perf_counter()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def begun(self, name: str) -> None:
        """Told that a phase begins."""

    def advanced(self, done: int, total: int) -> None:
        """Told how much of the phase is done."""

    def stopped(self) -> None:
        """Told that no more comes, or that something else is to be shown."""
