"""Targets: a model to the text of every file, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from codegen import resources
from codegen.model import Model
from codegen.render import Renderer
from codegen.views.python import PythonViews

Files = dict[str, str]
"""Texts by path, relative to the output folder, with forward slashes; sorted."""


def python_files(model: Model, templates: Path | None = None) -> Files:
    """The Python package: generated modules and copied support code."""
    renderer = Renderer(resources.templates() / "python", templates)
    files = {
        path: renderer.render(template, view._asdict())
        for path, template, view in _python_modules(PythonViews(model))
    }
    support = resources.runtime("python")
    for source in sorted(support.glob("*.py")):
        files[f"_runtime/{source.name}"] = source.read_text("utf-8")
    files["py.typed"] = ""
    return dict(sorted(files.items()))


def _python_modules(views: PythonViews) -> Iterator[tuple[str, str, NamedTuple]]:
    """Path, template and view of each generated module."""
    yield "dispatch_key.py", "dispatch_key.py.j2", views.keys()
    yield "dispatch_key_set.py", "dispatch_key_set.py.j2", views.keyset_class()
    yield "keysets.py", "keysets.py.j2", views.keysets()
    yield "functions.py", "functions.py.j2", views.functions()
    yield "table_rules.py", "table_rules.py.j2", views.rules()
    yield "guards.py", "guards.py.j2", views.guards()
    index = "registrations/__init__.py"
    yield index, f"{index}.j2", views.registration_index()
    for registration in views.registrations():
        path = f"registrations/{registration.module}.py"
        yield path, "registrations/module.py.j2", registration
    yield "tables/__init__.py", "tables/__init__.py.j2", views.table_index()
    for table in views.tables():
        yield f"tables/{table.path}.py", "tables/module.py.j2", table
    for namespace in views.namespaces():
        path = f"tables/{namespace.name}/__init__.py"
        yield path, "tables/namespace.py.j2", namespace
    yield "__init__.py", "__init__.py.j2", views.package()


TARGETS: Final[Mapping[str, Callable[[Model, Path | None], Files]]] = {
    "python": python_files
}
"""By name: the files of a model, with templates to use before the built-in ones."""
