"""One run at a time for each output folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from codegen import storage

TIMEOUT: Final = 60.0
"""How long a run waits for another one, in seconds."""


class LockedError(Exception):
    """Another run holds the folder, or no lock can be made."""


@contextmanager
def locked(root: Path, timeout: float | None = None) -> Iterator[None]:
    """Keep other runs from writing to an output folder.

    The lock is the operating system's: it goes with the process, however that ends.

    Args:
        root: the folder, there or not.
        timeout: how long to wait for another run, in seconds; `TIMEOUT` if not given.

    Raises:
        LockedError: if another run does not end in time, or no lock can be made.
    """
    # Imported late: a run that finds everything fresh needs no lock.
    from filelock import FileLock, Timeout

    folder = storage.cache_folder()
    if folder is None:
        raise LockedError(
            "there is no folder for locks; "
            f"name one that can be written to in {storage.VARIABLE}"
        )
    # Path.resolve would not name a link that leads to itself.
    lock = FileLock(folder / f"{storage.name_for(os.path.realpath(root))}.lock")
    timeout = TIMEOUT if timeout is None else timeout
    try:
        lock.acquire(timeout=timeout)
    except Timeout:
        raise LockedError(
            f"another run has been writing to {root} for {timeout:g} seconds"
        ) from None
    except NotImplementedError:
        raise LockedError(
            f"files in {folder} cannot be locked; "
            f"name another folder in {storage.VARIABLE}"
        ) from None
    try:
        yield
    finally:
        lock.release()
