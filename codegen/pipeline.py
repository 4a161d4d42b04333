"""The order of the phases. This is the one module that knows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from codegen.load import load_layers
from codegen.model import Model
from codegen.resolve import resolve


def load_model(paths: Sequence[Path], variant: str | None = None) -> Model:
    """The dispatcher declared in some files and folders.

    Raises:
        DeclarationError: with all errors of the first phase that has any.
    """
    return resolve(load_layers(paths), variant)
