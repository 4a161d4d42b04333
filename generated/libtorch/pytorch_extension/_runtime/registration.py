"""What became of one registration."""

from __future__ import annotations

from typing import NamedTuple


class Registration(NamedTuple):
    """What became of one registration.

    Attributes:
        what: `fallback`, `kernel`, `operator`, `device`, `device module`, `fake`,
            `autograd` or `extension`.
        name: of the operator; empty if it is about none.
        key: the dispatch key; empty if it is about none.
        outcome: `registered`, `skipped` or `failed`.
        message: why it was not registered; may hold a remark if it was.
    """

    what: str
    name: str
    key: str
    outcome: str
    message: str
