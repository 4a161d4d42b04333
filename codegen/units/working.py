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
        UnusualError: if `work` does, in any process, or if one is killed.
    """
    jobs = min(jobs, len(things) // least)
    size = max(1, -(-len(things) // (max(jobs, 1) * _BATCHES_OF_A_JOB)))
    batches = [things[start : start + size] for start in range(0, len(things), size)]
    if jobs < 2 or not _CAN_FORK:
        for batch in batches:
            yield batch, work(batch)
        return
    # Imported late: it takes its time, and small runs do without.
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    def do(number: int) -> R | None:
        try:
            return work(batches[number])
        except (UnusualError, DeclarationError):
            return None

    # Forked children have `work` as it is here; only numbers are sent to them.
    _current.append(do)
    # Ctrl-C is for this process, which ends the others.
    ignored = signal.SIGINT, signal.SIG_IGN
    pool = ProcessPoolExecutor(jobs, get_context("fork"), signal.signal, ignored)
    try:
        for done in as_completed([pool.submit(_do, n) for n in range(len(batches))]):
            number, result = done.result()
            if result is None:
                raise UnusualError
            yield batches[number], result
    except BrokenProcessPool:
        raise UnusualError from None  # One of them was killed.
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        _current.pop()


_current: Final[list[Callable[[int], Any]]] = []


def _do(number: int) -> tuple[int, Any]:
    return number, _current[-1](number)
