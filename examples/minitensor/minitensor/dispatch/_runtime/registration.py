"""What registration modules and operators' modules hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

FALLTHROUGH: Final = "fallthrough"


def is_symbol(kernel: str) -> bool:
    """Whether a kernel's name is a Python `module:function`, which can be imported."""
    return kernel.count(":") == 1


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
        mode: the mode whose keys are included while what it asks for is active, if it
            asks for a mode or dispatcher of the thread.
        overridable: whether a library may replace it.
    """

    key: str
    policy: str
    kernel: str
    redispatch_to: str | None = None
    exclude: str | None = None
    message: str | None = None
    backend: str | None = None
    mode: str | None = None
    overridable: bool = False


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


class Declared(NamedTuple):
    """A declared operator.

    Attributes:
        schema: the text after the namespace.
        kernels: names of kernels by runtime or alias key, in the order of keys.
        tags: as declared.
        fake_module: the Python module that holds its fake kernel, if one does.
    """

    schema: str
    kernels: Mapping[str, str]
    tags: Sequence[str] = ()
    fake_module: str | None = None
