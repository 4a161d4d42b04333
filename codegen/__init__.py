"""Turns YAML declarations of dispatch keys, backends and fallbacks into a dispatcher."""

from __future__ import annotations

import os
from pathlib import Path

from codegen.diagnostics import DeclarationError
from codegen.model import Model
from codegen.pipeline import load_model
from codegen.runtime.python.table import TableEntry


def load(*paths: str | os.PathLike[str], variant: str | None = None) -> Model:
    """The dispatcher declared in some YAML files and folders.

    Args:
        paths: files, or folders that stand for all `.yaml` files below them.
        variant: the build variant to resolve.

    Raises:
        DeclarationError: with every problem found, each with its place.
    """
    return load_model([Path(path) for path in paths], variant)


__all__ = ["DeclarationError", "Model", "TableEntry", "load"]
