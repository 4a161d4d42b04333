"""The targets that extend stock PyTorch: a model to the text of every file, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from codegen import resources
from codegen.checks_torch import check_libtorch, check_torch_library
from codegen.model import Model
from codegen.render import Renderer
from codegen.views.libtorch import LibtorchViews
from codegen.views.torch_library import TorchLibraryViews

# Support code that only some extensions need, by what they need it for.
_FOR_DEVICES: Final = frozenset({"device", "host_memory"})
_FOR_STRUCTURED: Final = frozenset({"structured"})
_FOR_PYTHON: Final = frozenset({"copying", "policies", "registry"})


def libtorch_files(model: Model, templates: Path | None = None) -> dict[str, str]:
    """A C++ extension of PyTorch with the Python package that loads it.

    Raises:
        DeclarationError: for what stock PyTorch does not have, or C++ cannot hold.
    """
    torch = check_libtorch(model)
    views = LibtorchViews(model, torch)
    python = TorchLibraryViews(model, torch, beside_cpp=True)
    modules = python.modules
    renderer = Renderer(resources.templates() / "libtorch", templates)
    has_structured = any(kernel.is_structured for kernel in views.extension.kernels)
    without = set() if torch.device is not None else set(_FOR_DEVICES)
    files = _cpp_support(without if has_structured else without | _FOR_STRUCTURED)
    for path, template, view in _cpp_sources(views):
        files[path] = renderer.render(template, view._asdict())
    compiled = sorted(path for path in files if path.endswith(".cpp"))
    folders = ["_runtime", *(m for m in modules if m == "registrations")]
    project = views.project(compiled, folders)._asdict()
    for template in ("CMakeLists.txt.j2", "pyproject.toml.j2", "setup.py.j2"):
        files[template.removesuffix(".j2")] = renderer.render(template, project)
    package = views.package
    init = views.package_module(has_python=bool(modules))._asdict()
    files[f"{package}/__init__.py"] = renderer.render("package/__init__.py.j2", init)
    if modules:
        registering = views.python(modules)._asdict()
        path = f"{package}/_python.py"
        files[path] = renderer.render("package/_python.py.j2", registering)
    files[f"{package}/py.typed"] = ""
    shared = Renderer(resources.templates() / "torch_library")
    for path, template, module in _python_modules(python):
        files[f"{package}/{path}"] = shared.render(template, module._asdict())
    left_out = set() if modules else set(_FOR_PYTHON)
    left_out |= set() if torch.device is not None else {"device"}
    for path, text in _python_support(left_out):
        files[f"{package}/_runtime/{path}"] = text
    return dict(sorted(files.items()))


def _cpp_sources(views: LibtorchViews) -> Iterator[tuple[str, str, NamedTuple]]:
    """Path, template and view of each generated source below `csrc`."""
    yield "csrc/sections.h", "csrc/sections.h.j2", views.sections()
    yield "csrc/extension.cpp", "csrc/extension.cpp.j2", views.extension_source()
    yield "csrc/prototypes.h", "csrc/prototypes.h.j2", views.kernels()
    for view in views.backend_classes():
        yield f"csrc/{view.path}", "csrc/backend_class.h.j2", view
    device = views.device()
    if device is not None:
        yield "csrc/device.cpp", "csrc/device.cpp.j2", device
    if views.extension.definitions:
        yield "csrc/operators.cpp", "csrc/operators.cpp.j2", views.operators()
    if views.has_fallbacks:
        yield "csrc/keysets.h", "csrc/keysets.h.j2", views.keysets()
        yield "csrc/fallbacks.cpp", "csrc/fallbacks.cpp.j2", views.fallbacks()
    for registration in views.registrations():
        path = f"csrc/kernels/{registration.module}.cpp"
        yield path, "csrc/kernels/module.cpp.j2", registration


def _cpp_support(left_out: set[str]) -> dict[str, str]:
    """The copied C++."""
    folder = resources.runtime("libtorch")
    files = {
        f"csrc/runtime/{source.name}": source.read_text("utf-8")
        for source in sorted(folder.iterdir())
        if source.stem not in left_out
    }
    style = resources.runtime("cpp") / ".clang-format"
    files[".clang-format"] = style.read_text("utf-8")
    return files


def torch_library_files(model: Model, templates: Path | None = None) -> dict[str, str]:
    """A Python package that extends PyTorch through `torch.library`.

    Raises:
        DeclarationError: for what stock PyTorch does not have, or only C++ can register.
    """
    torch = check_torch_library(model)
    views = TorchLibraryViews(model, torch)
    renderer = Renderer(resources.templates() / "torch_library", templates)
    modules = [*_python_modules(views)]
    modules.append(("__init__.py", "__init__.py.j2", views.package()))
    files = {
        path: renderer.render(template, view._asdict())
        for path, template, view in modules
    }
    for path, text in _python_support({"device", "loading"}):
        files[f"_runtime/{path}"] = text
    files["py.typed"] = ""
    return dict(sorted(files.items()))


def _python_modules(views: TorchLibraryViews) -> Iterator[tuple[str, str, NamedTuple]]:
    """Path, template and view of each module that registers something."""
    keysets = views.keysets()
    if keysets.keysets:
        yield "keysets.py", "keysets.py.j2", keysets
    if "operators" in views.modules:
        yield "operators.py", "operators.py.j2", views.operators()
    if "derived" in views.modules:
        yield "derived.py", "derived.py.j2", views.derived()
    if "registrations" in views.modules:
        index = "registrations/__init__.py"
        yield index, f"{index}.j2", views.registration_index()
        for registration in views.registrations():
            path = f"registrations/{registration.module}.py"
            yield path, "registrations/module.py.j2", registration


def _python_support(left_out: set[str]) -> Iterator[tuple[str, str]]:
    """The copied Python."""
    for source in sorted(resources.runtime("torch_library").glob("*.py")):
        if source.stem not in left_out:
            yield source.name, source.read_text("utf-8")
