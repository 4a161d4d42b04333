"""Where locks and caches are kept: never in an output folder.

The user's cache folder as the platform has it, or what `DISPATCH_CODEGEN_CACHE` names.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

VARIABLE: Final = "DISPATCH_CODEGEN_CACHE"
"""The environment variable that moves locks and caches."""


def cache_folder() -> Path | None:
    """A folder that can be written to, None if there is none."""
    for folder in _candidates():
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.access(folder, os.W_OK) and _is_own(folder):
                return folder
    return None


def _is_own(folder: Path) -> bool:
    """Whether nobody else could have put something there, as in a shared folder."""
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _candidates() -> Iterator[Path]:
    given = os.environ.get(VARIABLE)
    if given:
        yield Path(given)
        return
    # Imported late: whoever names a folder does not need it.
    from platformdirs import user_cache_path

    yield user_cache_path("dispatch-codegen", appauthor=False)
    user = os.getuid() if hasattr(os, "getuid") else ""
    yield Path(tempfile.gettempdir()) / f"dispatch-codegen-{user}"


def write_sealed(file: Path, content: bytes) -> None:
    """Write a file that is there as a whole or not at all, and nothing if that fails."""
    draft = file.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        try:
            draft.write_bytes(_seal(content) + content)
            os.replace(draft, file)
        finally:
            draft.unlink(missing_ok=True)


def read_sealed(file: Path) -> bytes | None:
    """What was written, None if that is not what is there."""
    try:
        sealed = file.read_bytes()
    except OSError:
        return None
    length = hashlib.sha256().digest_size
    content = sealed[length:]
    return content if _seal(content) == sealed[:length] else None


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def name_for(text: str) -> str:
    """A file name that stands for a longer text."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
