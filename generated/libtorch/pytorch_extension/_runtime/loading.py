"""Finds the extension's shared library beside its package, loads it, reads its report.

Imports PyTorch only when asked to load: importing PyTorch imports the packages of devices,
this one among them, and asks them for `_autoload`, which must be there by then.
"""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from .registration import Registration

_PATTERNS = ("_C*.so", "_C*.pyd", "lib*.so", "lib*.dylib", "*.dll")


def autoload() -> None:
    """What PyTorch calls after it has imported the package of a device: nothing is left
    to do.
    """


def load(package: Path, report: str) -> tuple[Registration, ...]:
    """Loads a package's shared library and tells what became of its registrations.

    Args:
        package: the directory of the package.
        report: the C function of the library that returns them as JSON.

    Raises:
        ImportError: there is no library, it cannot be loaded, or it is another one's.
    """
    path = find_library(package)

    import torch

    try:
        torch.ops.load_library(str(path))
    except OSError as error:
        raise ImportError(
            f"{path} cannot be loaded into PyTorch {torch.__version__}: "
            f"{error.__cause__ or error}. {_advice(str(error), package)}",
            name=package.name,
            path=str(path),
        ) from error
    return tuple(_registrations(path, report))


def find_library(package: Path) -> Path:
    """The shared library in a package's directory: one built for this Python if there is
    one, the newest if there are several.

    Raises:
        ImportError: there is none.
    """
    found = {path for pattern in _PATTERNS for path in package.glob(pattern)}
    if not found:
        raise ImportError(
            f"{package.name} has not been built: there is no shared library in {package}. "
            f"Build it with `{_build_command(package)}`.",
            name=package.name,
        )
    return max(
        found,
        key=lambda path: (
            path.name.endswith(EXTENSION_SUFFIXES[0]),
            path.stat().st_mtime_ns,
            path.name,
        ),
    )


def _advice(problem: str, package: Path) -> str:
    command = f"build it again with `{_build_command(package)}`."
    if "undefined symbol" in problem:
        return f"If that is a kernel of yours, write its body and {command}"
    return f"A library works with the PyTorch that it was built with: {command}"


def _build_command(package: Path) -> str:
    return f"pip install --no-build-isolation -e {package.parent}"


def _registrations(path: Path, report: str) -> Iterator[Registration]:
    try:
        function = getattr(ctypes.CDLL(str(path)), report)
    except AttributeError as error:
        raise ImportError(
            f"{path} is the library of another package: it has no {report}",
            name=path.parent.name,
            path=str(path),
        ) from error
    function.argtypes = ()
    function.restype = ctypes.c_char_p
    for row in json.loads(function().decode()):
        yield Registration(
            what=row["what"],
            name=row["name"],
            key=row["key"],
            outcome=row["outcome"],
            message=row["message"],
        )
