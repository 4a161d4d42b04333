"""Targets: a model to the text of every file, in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from codegen import resources
from codegen.checks import check_cpp
from codegen.model import Model
from codegen.render import Renderer
from codegen.runtime.python.loading import DECLARED_AT
from codegen.targets_c10 import c10_files
from codegen.targets_torch import libtorch_files, torch_library_files
from codegen.views.cpp_operators import CppOperatorViews
from codegen.views.python import PythonViews
from codegen.views.python_rows import FuserView

Files = dict[str, str]
"""Texts by path, relative to the output folder, with forward slashes; sorted."""


def python_files(model: Model, templates: Path | None = None) -> Files:
    """The Python package: generated modules and copied support code."""
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
    return dict(sorted(files.items()))


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
    yield "dispatcher.py", "dispatcher.py.j2", views.dispatcher()
    yield "fuser.py", "fuser.py.j2", FuserView()
    index = "operators/__init__.py"
    yield index, "operators/__init__.py.j2", views.operator_index()
    for operator in views.operators():
        yield f"operators/{operator.path}.py", "operators/module.py.j2", operator
    for namespace in views.namespaces():
        path = f"operators/{namespace.name}/__init__.py"
        yield path, "operators/namespace.py.j2", namespace
    yield "__init__.py", "__init__.py.j2", views.package()


def cpp_files(model: Model, templates: Path | None = None) -> Files:
    """The C++ project: generated headers, copied support headers, and CMake's files.

    Raises:
        DeclarationError: for names that C++ cannot hold.
    """
    check_cpp(model)
    renderer = Renderer(resources.templates() / "cpp", templates)
    views = CppOperatorViews(model)
    files = {
        path: renderer.render(template, view._asdict())
        for path, template, view in _cpp_files(views)
    }
    support = resources.runtime("cpp")
    for source in sorted(support.glob("*.h")):
        files[f"{views.folder}/runtime/{source.name}"] = source.read_text("utf-8")
    files[".clang-format"] = (support / ".clang-format").read_text("utf-8")
    return dict(sorted(files.items()))


def _cpp_files(views: CppOperatorViews) -> Iterator[tuple[str, str, NamedTuple]]:
    """Path, template and view of each generated file."""
    folder = views.folder
    yield f"{folder}/dispatch_key.h", "dispatch_key.h.j2", views.keys()
    yield f"{folder}/dispatch_key_set.h", "dispatch_key_set.h.j2", views.keyset_class()
    yield f"{folder}/keysets.h", "keysets.h.j2", views.keysets()
    yield f"{folder}/functions.h", "functions.h.j2", views.functions()
    yield f"{folder}/table_rules.h", "table_rules.h.j2", views.rules()
    yield f"{folder}/guards.h", "guards.h.j2", views.guards()
    yield f"{folder}/fallbacks.h", "fallbacks.h.j2", views.fallbacks()
    yield f"{folder}/types.h", "types.h.j2", views.type_headers()
    yield f"{folder}/dispatcher.h", "dispatcher.h.j2", views.dispatcher()
    yield f"{folder}/fuser.h", "fuser.h.j2", views.fuser()
    yield f"{folder}/kernels.h", "kernels.h.j2", views.kernels()
    for operator in views.operators():
        yield f"{folder}/{operator.path}", "operators/module.h.j2", operator
    index = views.operator_index("operators.h")
    yield f"{folder}/operators.h", "operators.h.j2", index
    index = views.operator_index("all_operators.h")
    yield f"{folder}/all_operators.h", "all_operators.h.j2", index
    registrations = views.registrations()
    for registration in registrations:
        path = f"src/registrations/{registration.module}.cpp"
        yield path, "registrations/module.cpp.j2", registration
    yield "src/dispatcher.cpp", "src/dispatcher.cpp.j2", views.compiled()
    test = "tests/generated_test.cpp"
    yield test, "tests/generated_test.cpp.j2", views.program()
    modules = tuple(registration.module for registration in registrations)
    yield "CMakeLists.txt", "CMakeLists.txt.j2", views.project(modules)
    config = f"cmake/{views.package}-config.cmake.in"
    yield config, "cmake/config.cmake.in.j2", views.config()


TARGETS: Final[Mapping[str, Callable[[Model, Path | None], Files]]] = {
    "python": python_files,
    "cpp": cpp_files,
    "libtorch": libtorch_files,
    "torch_library": torch_library_files,
    "c10": c10_files,
}
"""By name: the files of a model, with templates to use before the built-in ones."""
