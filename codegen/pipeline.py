"""The order of the phases. This is the one module that knows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from codegen.checks import check
from codegen.layers import Layer, load_layers
from codegen.memory import Inputs, Request
from codegen.model import Model
from codegen.resolve import resolve


def load_model(paths: Sequence[Path], variant: str | None = None) -> Model:
    """The dispatcher declared in some files and folders, checked as a whole.

    Raises:
        DeclarationError: with all errors of the first phase that has any.
    """
    return _model(load_layers(paths), variant)


def _model(layers: Sequence[Layer], variant: str | None) -> Model:
    model = resolve(layers, variant)
    check(model)
    return model


def generate(
    model: Model, target: str, templates: Path | None = None
) -> dict[str, str]:
    """The text of every file of a target, by path.

    Args:
        model: the dispatcher.
        target: a name in `codegen.targets.TARGETS`.
        templates: a folder of templates to use before the built-in ones.

    Raises:
        DeclarationError: if such a template replaces nothing or cannot be rendered.
    """
    # Imported late: only generating needs the template engine.
    from codegen.targets import TARGETS

    return TARGETS[target](model, templates)


def generate_files(request: Request) -> tuple[dict[str, str], Inputs]:
    """All that a request asks for, and what was read for it.

    Raises:
        DeclarationError: with all errors of the first phase that has any.
    """
    layers = load_layers(request.paths)
    inputs = Inputs(
        given=tuple(path for layer in layers for path in layer.given),
        digests={file: d for layer in layers for file, d in layer.digests.items()},
    )
    model = _model(layers, request.variant)
    return generate(model, request.target, request.templates), inputs
