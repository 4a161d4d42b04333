"""The targets, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from codegen.target import Target

# Imported late: each target brings views and formats that no other one needs.


def _python() -> Target:
    from codegen.targets_python import PYTHON

    return PYTHON


def _cpp() -> Target:
    from codegen.targets_cpp import CPP

    return CPP


def _libtorch() -> Target:
    from codegen.targets_torch import libtorch_files

    return Target(libtorch_files)


def _torch_library() -> Target:
    from codegen.targets_torch import torch_library_files

    return Target(torch_library_files)


def _c10() -> Target:
    from codegen.targets_c10 import c10_files

    return Target(c10_files)


TARGETS: Final[Mapping[str, Callable[[], Target]]] = {
    "python": _python,
    "cpp": _cpp,
    "libtorch": _libtorch,
    "torch_library": _torch_library,
    "c10": _c10,
}
