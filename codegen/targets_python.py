"""The Python target: a model to the text of every file, in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from codegen import resources
from codegen.model import Model
from codegen.render import Renderer
from codegen.runtime.python.loading import DECLARED_AT
from codegen.target import Files, OperatorParts, Separate, Target
from codegen.views.python import PythonViews
from codegen.views.python_rows import FuserView


def python_files(model: Model, templates: Path | None = None) -> Files:
    """The Python package: generated modules and copied support code."""
    files = python_others(model, templates, {})
    parts = python_operators(model, templates)
    files |= {path: text for _, path, text in parts.files}
    return dict(sorted(files.items()))


def python_operators(model: Model, templates: Path | None) -> OperatorParts:
    """The modules of operators, and their stubs."""
    renderer = Renderer(resources.templates() / "python", templates)
    return OperatorParts(tuple(_operators(PythonViews(model), renderer)), {})


def _operators(
    views: PythonViews, renderer: Renderer
) -> Iterator[tuple[str, str, str]]:
    for view in views.operators():
        text = renderer.render("operators/module.py.j2", view._asdict())
        yield view.subject, f"operators/{view.path}.py", text
    for stub in views.stubs():
        text = renderer.render("_ops/operator.pyi.j2", stub._asdict())
        yield stub.subject, f"_ops/{stub.path}.pyi", text


def python_others(
    model: Model, templates: Path | None, facts: Mapping[str, Any]
) -> Files:
    """All but the modules of operators."""
    renderer = Renderer(resources.templates() / "python", templates)
    views = PythonViews(model)
    files = {
        path: renderer.render(template, view._asdict())
        for path, template, view in _python_modules(views)
    }
    support = resources.runtime("python")
    for source in sorted(support.rglob("*.py")):
        path = source.relative_to(support).as_posix()
        files[f"_runtime/{path}"] = source.read_text("utf-8")
    files["py.typed"] = ""
    files[DECLARED_AT] = _places(views.places())
    return files


def _places(places: Mapping[str, Mapping[str, int]]) -> str:
    """The places of registrations as JSON, a line for each declaration file.

    All line numbers are here, and none in modules: a line that is added to a declaration
    file moves those below it, and that changes one line.
    """
    if not places:
        return "{}\n"
    lines = (f"{json.dumps(f)}: {json.dumps(n)}" for f, n in places.items())
    return "\n".join(("{", ",\n".join(lines), "}", ""))


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
    yield "dispatch_tables.txt", "dispatch_tables.txt.j2", views.tables()
    yield "dispatcher.py", "dispatcher.py.j2", views.dispatcher()
    yield "fuser.py", "fuser.py.j2", FuserView()
    index = "operators/__init__.py"
    yield index, "operators/__init__.py.j2", views.operator_index()
    for namespace in views.namespaces():
        path = f"operators/{namespace.name}/__init__.py"
        yield path, "operators/namespace.py.j2", namespace
    yield "operator_types.py", "operator_types.py.j2", views.operator_types()
    yield "_ops/__init__.pyi", "_ops/__init__.pyi.j2", views.stub_index()
    for stub in views.namespace_stubs():
        path = f"_ops/{stub.name}/__init__.pyi"
        yield path, "_ops/namespace.pyi.j2", stub
    yield "__init__.py", "__init__.py.j2", views.package()


PYTHON: Final = Target(
    python_files, Separate(lambda model: True, python_operators, python_others)
)
