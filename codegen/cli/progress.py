"""How far a run is, for who waits at a terminal, and where its time went."""

from __future__ import annotations

import sys
import time
from math import fsum
from typing import TYPE_CHECKING, Final

import rich_click as click

from codegen.phases import Phases

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE: Final = 1.0
"""How long nobody needs to be told anything, in seconds."""


class ShownPhases(Phases):
    """Shows the phase on the terminal, once a run takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self._begin = time.perf_counter()
        self._progress: Progress | None = None
        self._name = ""

    def begun(self, name: str) -> None:
        self._name = name
        self._show(None, None)

    def advanced(self, done: int, total: int) -> None:
        self._show(done, total)

    def stopped(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
        self._begin = time.perf_counter()

    def _show(self, done: int | None, total: int | None) -> None:
        if self._progress is None:
            if time.perf_counter() - self._begin < _PATIENCE:
                return
            self._progress = _made()
        for task in self._progress.task_ids:
            self._progress.remove_task(task)
        self._progress.add_task(self._name, total=total, completed=done or 0)
        self._progress.start()
        self._progress.refresh()


def _made() -> Progress:
    # Imported late: most runs are too short for it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        # A thread that refreshes would be there when processes are forked.
        auto_refresh=False,
    )


def phases_for(*, quiet: bool) -> Phases:
    """What measures the phases of a run, and shows them if somebody is there to look."""
    is_seen = sys.stderr.isatty() and not quiet
    return ShownPhases() if is_seen else Phases()


def print_timings(phases: Phases) -> None:
    """Print where the time of a run went, for people, beside what a program reads."""
    total = time.perf_counter() - _START
    rows = [*phases.seconds.items()]
    rows.append(("start, imports and rest", total - fsum(phases.seconds.values())))
    width = max(len(name) for name, _ in rows)
    for name, seconds in rows:
        note = phases.notes.get(name)
        shown = f"  {name:<{width}} {seconds:7.3f} s {seconds / total:4.0%}"
        click.echo(f"{shown}  {note}" if note else shown, err=True)
    click.echo(f"  {'':<{width}} {total:7.3f} s{_memory()}", err=True)


_START: Final = time.perf_counter()


def _memory() -> str:
    """The most memory that this process had, where the system tells."""
    try:
        import resource
    except ImportError:
        return ""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kibibytes = most / 1024 if sys.platform == "darwin" else most
    return f", {kibibytes / 1024:.0f} MiB"
