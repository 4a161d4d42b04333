"""Batches of units, side by side in processes where the system can fork.

What the processes need is there when they are forked; what they give is plain data.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from codegen.diagnostics import DeclarationError
from codegen.units import UnusualError

T = TypeVar("T")
R = TypeVar("R")

_BATCHES_OF_A_JOB: Final = 6

# macOS has it, but its libraries may not be used on the other side.
_CAN_FORK: Final = hasattr(os, "fork") and sys.platform != "darwin"


def default_jobs() -> int:
    """How many processes this one may run side by side."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_batches(
    things: Sequence[T], work: Callable[[Sequence[T]], R], jobs: int, least: int
) -> Iterator[tuple[Sequence[T], R]]:
    """Some of the things, and what was worked out of them, until all are done.

    Args:
        things: what has to be worked on.
        work: for some of the things, what can be pickled.
        jobs: how many processes may work side by side.
        least: how many things are worth a process of their own.

    Raises:
        UnusualError: if `work` does, in any process.
    """
    jobs = min(jobs, len(things) // least)
    if jobs < 2 or not _CAN_FORK:
        if things:
            yield things, work(things)
        return
    # Imported late: it takes its time, and small runs do without.
    from multiprocessing import get_context

    size = max(1, -(-len(things) // (jobs * _BATCHES_OF_A_JOB)))
    batches = [things[start : start + size] for start in range(0, len(things), size)]

    def do(number: int) -> R | None:
        try:
            return work(batches[number])
        except (UnusualError, DeclarationError):
            return None

    # Forked children have `work` as it is here; only numbers are sent to them.
    _current.append(do)
    try:
        # Ctrl-C is for this process, which ends the others.
        ignored = signal.SIGINT, signal.SIG_IGN
        with get_context("fork").Pool(jobs, signal.signal, ignored) as pool:
            for number, result in pool.imap_unordered(_do, range(len(batches))):
                if result is None:
                    raise UnusualError
                yield batches[number], result
    finally:
        _current.pop()


_current: Final[list[Callable[[int], Any]]] = []


def _do(number: int) -> tuple[int, Any]:
    return number, _current[-1](number)
