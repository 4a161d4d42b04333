"""What a registration module holds: backend fallbacks and kernels of a key."""

from __future__ import annotations

from typing import Final, NamedTuple

FALLTHROUGH: Final = "fallthrough"


class Fallback(NamedTuple):
    """The backend fallback of one runtime key.

    Attributes:
        key: the runtime key.
        policy: what it does when an operator has no kernel for the key.
        kernel: its name in a dispatch table.
        redispatch_to: the keyset constant that a redispatch keeps, if it does one.
        exclude: the keyset constant that it excludes while it runs, if it does.
        message: the text of the error that it raises, if it raises one; `{operator}`
            stands for the operator's name.
        backend: the backend that it runs on instead, if it does.
    """

    key: str
    policy: str
    kernel: str
    redispatch_to: str | None = None
    exclude: str | None = None
    message: str | None = None
    backend: str | None = None


class Kernel(NamedTuple):
    """A kernel that is declared for an operator.

    Attributes:
        operator: name of the operator with namespace and overload.
        key: the runtime or alias key it is registered for.
        kernel: name of the kernel; `fallthrough` for none.
    """

    operator: str
    key: str
    kernel: str
