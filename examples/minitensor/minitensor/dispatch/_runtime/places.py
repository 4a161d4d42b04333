"""Where, in the code of users, something was asked for."""

from __future__ import annotations

import sys
from types import FrameType

_PACKAGE = __name__.rpartition(".")[0]


def _frames() -> list[FrameType]:
    found = []
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found


def stack_level() -> int:
    """The `stacklevel` of a warning that is about the code of the user.

    To be called in the function that warns.
    """
    for level, frame in enumerate(_frames()):
        if not _is_ours(frame):
            return level
    return 1


def registered_at() -> str:
    """The line of the user that registers something, for dumps."""
    for frame in _frames():
        if not _is_ours(frame):
            return f"registered at {frame.f_code.co_filename}:{frame.f_lineno}"
    return "registered at an unknown place"


def _is_ours(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).startswith(f"{_PACKAGE}.")
