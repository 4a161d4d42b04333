"""The C++ target: a model to the text of every file, in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from codegen import resources
from codegen.checks import check_cpp
from codegen.model import Model
from codegen.render import Renderer
from codegen.target import Files, OperatorParts, Separate, Target
from codegen.views.cpp_operators import CppOperatorViews


def cpp_files(model: Model, templates: Path | None = None) -> Files:
    """The C++ project: generated headers, copied support headers, and CMake's files.

    Raises:
        DeclarationError: for names that C++ cannot hold.
    """
    check_cpp(model)
    renderer = Renderer(resources.templates() / "cpp", templates)
    views = CppOperatorViews(model)
    files = _others(views, renderer)
    files |= {path: text for _, path, text in _operators(views, renderer)}
    return dict(sorted(files.items()))


def cpp_operators(model: Model, templates: Path | None) -> OperatorParts:
    """The headers of operators, and what the other files print of their kernels."""
    renderer = Renderer(resources.templates() / "cpp", templates)
    views = CppOperatorViews(model)
    files = tuple(_operators(views, renderer))
    facts = {
        name: views.of_kernels(operator) for name, operator in model.operators.items()
    }
    return OperatorParts(files, facts)


def _operators(
    views: CppOperatorViews, renderer: Renderer
) -> Iterator[tuple[str, str, str]]:
    for view in views.operators():
        text = renderer.render("operators/module.h.j2", view._asdict())
        yield view.subject, f"{views.folder}/{view.path}", text


def cpp_others(model: Model, templates: Path | None, facts: Mapping[str, Any]) -> Files:
    """All but the headers of operators.

    Raises:
        DeclarationError: for names that C++ cannot hold.
    """
    check_cpp(model)
    renderer = Renderer(resources.templates() / "cpp", templates)
    return _others(CppOperatorViews(model, facts), renderer)


def _others(views: CppOperatorViews, renderer: Renderer) -> Files:
    files = {
        path: renderer.render(template, view._asdict())
        for path, template, view in _cpp_files(views)
    }
    support = resources.runtime("cpp")
    for source in sorted(support.glob("*.h")):
        files[f"{views.folder}/runtime/{source.name}"] = source.read_text("utf-8")
    files[".clang-format"] = (support / ".clang-format").read_text("utf-8")
    return files


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
    if fallbacks := views.fallback_kernels():
        yield f"{folder}/fallback_kernels.h", "kernels.h.j2", fallbacks
    for operator in views.entangled():
        yield f"{folder}/{operator.path}", "operators/module.h.j2", operator
    for attached in views.attached():
        yield f"src/operators/{attached.shard}.cpp", "src/operators.cpp.j2", attached
    index = views.operator_index("operators.h")
    yield f"{folder}/operators.h", "operators.h.j2", index
    index = views.operator_index("all_operators.h")
    yield f"{folder}/all_operators.h", "all_operators.h.j2", index
    registrations = views.registrations()
    for shards in registrations.values():
        for shard in shards:
            path = f"src/registrations/{shard.path}.cpp"
            yield path, "registrations/module.cpp.j2", shard
    yield "src/dispatcher.cpp", "src/dispatcher.cpp.j2", views.compiled()
    test = "tests/generated_test.cpp"
    yield test, "tests/generated_test.cpp.j2", views.program()
    yield "CMakeLists.txt", "CMakeLists.txt.j2", views.project(tuple(registrations))
    config = f"cmake/{views.package}-config.cmake.in"
    yield config, "cmake/config.cmake.in.j2", views.config()


def _is_separate(model: Model) -> bool:
    """Constant tables name kernels, which operators of other shards do not see."""
    return not model.cpp.is_static or model.cpp.shards > 1


CPP: Final = Target(
    cpp_files,
    Separate(_is_separate, cpp_operators, cpp_others),
)
