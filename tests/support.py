"""Generates packages into a folder and imports them from there."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Final

from codegen import emit
from codegen.model import Model
from codegen.pipeline import generate, load_model

DISPATCHERS: Final = Path(__file__).parent / "dispatchers"

_numbers: Final = count()


def load_text(text: str, folder: Path) -> Model:
    """The model of declarations given as text; the folder is for their file."""
    file = folder / "declarations.yaml"
    file.write_text(text, "utf-8")
    return load_model([file])


def write_package(model: Model, package: Path) -> Path:
    """Write the Python package of a model; the path is the package's folder."""
    emit.apply(emit.plan(generate(model, "python"), package, "python"))
    return package


def generate_package(
    declarations: str | Sequence[Path], folder: Path, name: str
) -> Path:
    """Generate the package `name` in a folder, from YAML text or from paths."""
    if isinstance(declarations, str):
        return write_package(load_text(declarations, folder), folder / name)
    return write_package(load_model(declarations), folder / name)


def import_package(package: Path) -> ModuleType:
    """Import a package from its folder, afresh and under a name of its own."""
    name = f"{package.name}_{next(_numbers)}"
    spec = importlib.util.spec_from_file_location(
        name, package / "__init__.py", submodule_search_locations=[str(package)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
