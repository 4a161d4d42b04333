"""Turns YAML declarations of dispatch keys, backends and fallbacks into a dispatcher."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codegen.diagnostics import DeclarationError
    from codegen.model import Model
    from codegen.runtime.python.table import TableEntry


def load(*paths: str | os.PathLike[str], variant: str | None = None) -> Model:
    """The dispatcher declared in some YAML files and folders.

    Args:
        paths: files, or folders that stand for all `.yaml` files below them.
        variant: the build variant to resolve.

    Raises:
        DeclarationError: with every problem found, each with its place.
    """
    from codegen.pipeline import load_model

    return load_model([Path(path) for path in paths], variant)


def __getattr__(name: str) -> Any:
    # Imported at first use: a command that finds everything fresh needs none of it.
    if name == "DeclarationError":
        from codegen.diagnostics import DeclarationError

        return DeclarationError
    if name == "Model":
        from codegen.model import Model

        return Model
    if name == "TableEntry":
        from codegen.runtime.python.table import TableEntry

        return TableEntry
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["DeclarationError", "Model", "TableEntry", "load"]
