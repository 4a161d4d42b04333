"""A first project: declarations, kernels, a test and a CI job, to start from.

Reads a name and the templates; returns texts by path, and writes them where nothing
stands in the way. It does not generate: the project is complete after the command that
its README names first. It knows no command line.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import TypeAdapter, ValidationError

from codegen import resources
from codegen.located import LocatedStr
from codegen.names import camel_case
from codegen.render import Renderer
from codegen.schema.base import NO_PLACE, Name

_DISTRIBUTION: Final = "dispatch-codegen"

_SHARED: Final = {
    ".github/workflows/dispatch.yml": "workflow.yml.j2",
    "README.md": "README.md.j2",
    "pyproject.toml": "pyproject.toml.j2",
}
# Declarations, kernels and test of each flavour.
_OWN: Final = (
    "own/declarations.yaml.j2",
    "own/kernels.py.j2",
    "own/test_dispatcher.py.j2",
)
_EXTENSION: Final = (
    "extension/declarations.yaml.j2",
    "extension/kernels.py.j2",
    "extension/test_dispatcher.py.j2",
)


class StarterView(NamedTuple):
    """What all templates of the starter print.

    Attributes:
        name: of the dispatcher, and the namespace of its operators.
        package: the package that is generated.
        kernels: the module of its kernels.
        requirement: what CI installs to check the package.
    """

    name: str
    package: str
    kernels: str
    requirement: str


class ExtensionView(NamedTuple):
    """What the templates of a project that extends built-in declarations print.

    Attributes:
        base: name of the declarations.
        backend: the backend that is added to theirs.
        kernel: the function that is its kernel.
    """

    name: str
    package: str
    kernels: str
    base: str
    backend: str
    kernel: str


def starter_files(name: str, extends: str | None = None) -> dict[str, str]:
    """The text of every file of a starter project, by path.

    Args:
        name: of the dispatcher.
        extends: name of the built-in declarations to add a backend to; without it, the
            project declares a dispatcher of its own.

    Raises:
        ValueError: if a name is none that declarations can hold.
    """
    _check_name(name)
    if extends is not None:
        _check_name(extends)
    shared = StarterView(name, f"{name}_dispatch", f"{name}_kernels", _requirement())
    view = shared if extends is None else _extension(shared, extends)
    declarations, kernels, test = _OWN if extends is None else _EXTENSION
    flavoured = {
        f"declarations/{name}.yaml": declarations,
        f"{shared.kernels}.py": kernels,
        "tests/test_dispatcher.py": test,
    }
    renderer = Renderer(resources.templates() / "starter")
    files = {p: renderer.render(t, shared._asdict()) for p, t in _SHARED.items()}
    files |= {p: renderer.render(t, view._asdict()) for p, t in flavoured.items()}
    files["declarations/schema.json"] = _schema()
    return dict(sorted(files.items()))


def write_starter(files: Mapping[str, str], folder: Path) -> list[Path]:
    """Write the files into a folder, and return where they are.

    Raises:
        FileExistsError: naming everything that stands in the way; nothing is written.
        OSError: if a file cannot be written.
    """
    in_the_way = sorted({str(p) for path in files for p in _obstacles(folder, path)})
    if in_the_way:
        raise FileExistsError(f"in the way: {', '.join(in_the_way)}")
    written = []
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        written.append(place)
    return written


def _extension(shared: StarterView, base: str) -> ExtensionView:
    # The ending keeps it apart from the base's backends, whatever the project is called.
    camel = camel_case(shared.name).strip("_")
    backend = f"{camel[:1].upper()}{camel[1:]}Gpu"
    return ExtensionView(
        name=shared.name,
        package=shared.package,
        kernels=shared.kernels,
        base=base,
        backend=backend,
        kernel="add_gpu",
    )


def _check_name(name: str) -> None:
    try:
        TypeAdapter(Name).validate_python(LocatedStr(name, NO_PLACE))
    except ValidationError as error:
        raise ValueError(error.errors()[0]["msg"]) from None


def _requirement() -> str:
    """This version: another one may generate other bytes, which `check` would report."""
    try:
        return f"{_DISTRIBUTION}=={metadata.version(_DISTRIBUTION)}"
    except metadata.PackageNotFoundError:
        return _DISTRIBUTION


def _schema() -> str:
    # Imported late: it builds the models of all sections.
    from codegen.json_schema import json_schema

    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _obstacles(folder: Path, path: str) -> list[Path]:
    """What is where a file or one of its folders would be; a broken link too."""
    place = folder / path
    folders = [folder, *(folder / p for p in Path(path).parents)]
    found = [p for p in folders if os.path.lexists(p) and not p.is_dir()]
    return found or [place] * os.path.lexists(place)
