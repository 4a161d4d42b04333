"""The order of the phases. This is the one module that knows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from codegen.checks import check
from codegen.load import load_layers
from codegen.model import Model
from codegen.resolve import resolve


def load_model(paths: Sequence[Path], variant: str | None = None) -> Model:
    """The dispatcher declared in some files and folders, checked as a whole.

    Raises:
        DeclarationError: with all errors of the first phase that has any.
    """
    model = resolve(load_layers(paths), variant)
    check(model)
    return model


def generate(model: Model, target: str) -> dict[str, str]:
    """The text of every file of a target, by path."""
    # Imported late: only generating needs the template engine.
    from codegen.targets import TARGETS

    return TARGETS[target](model)
