"""How guards and modes change the sets that a thread includes and excludes."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

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
