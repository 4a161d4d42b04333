"""Where the templates and the built-in declarations are.

An installed wheel carries them inside the package; a checkout has them beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def templates() -> Path:
    return _folder("templates")


def built_in_declarations() -> Path:
    """The declarations that others can extend by name."""
    return _folder("declarations")


def runtime(target: str) -> Path:
    """The static support code of a target."""
    return _PACKAGE / "runtime" / target
