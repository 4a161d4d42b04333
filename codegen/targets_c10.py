"""The target of files that PyTorch keeps by hand: a model to their text, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from codegen import resources
from codegen.checks_c10 import check_c10
from codegen.model import Model
from codegen.render import Renderer
from codegen.views.c10 import C10Views
from codegen.views.c10_fallbacks import C10FallbackViews
from codegen.views.c10_lists import C10ListViews


def c10_files(model: Model, templates: Path | None = None) -> dict[str, str]:
    """Files under the paths that they have in PyTorch's own source tree.

    Raises:
        DeclarationError: for what c10 cannot hold.
    """
    support = {
        source.relative_to(_support()).as_posix(): source.read_text("utf-8")
        for source in sorted(_support().rglob("*"))
        if source.is_file()
    }
    check_c10(model, {*_own_paths(), *support})
    renderer = Renderer(resources.templates() / "c10", templates)
    parts = (*_core(model), *_lists(model))
    files = {
        template.removesuffix(".j2"): renderer.render(template, view._asdict())
        for template, view in parts
    }
    for fallbacks in C10FallbackViews(model).files():
        text = renderer.render("fallbacks.cpp.j2", fallbacks._asdict())
        files[fallbacks.path] = text
    if any(_includes(text, support) for text in files.values()):
        files.update(support)
    return dict(sorted(files.items()))


def _support() -> Path:
    return resources.runtime("c10")


def _own_paths() -> Iterator[str]:
    """What is generated for every dispatcher."""
    folder = resources.templates() / "c10"
    for template in folder.rglob("*/*.j2"):
        yield template.relative_to(folder).as_posix().removesuffix(".j2")


def _includes(text: str, support: Iterable[str]) -> bool:
    """Whether a file needs the support code."""
    headers = (path.partition("/src/")[2] for path in support)
    return any(f"#include <{header}>" in text for header in headers if header)


def _core(model: Model) -> Iterator[tuple[str, NamedTuple]]:
    """Template and view of what c10 itself has; the template's path says where."""
    views = C10Views(model)
    yield "c10/core/DispatchKey.h.j2", views.key_header()
    yield "c10/core/DispatchKey.cpp.j2", views.key_source()
    yield "c10/core/DispatchKeySet.h.j2", views.keyset_header()
    yield "c10/core/DispatchKeySet.cpp.j2", views.keyset_source()


def _lists(model: Model) -> Iterator[tuple[str, NamedTuple]]:
    """The same of lists of keys for Python."""
    views = C10ListViews(model)
    yield "torch/csrc/utils/python_dispatch_key.h.j2", views.binding_header()
    yield "torch/csrc/utils/python_dispatch_key.cpp.j2", views.binding()
    yield "torch/_C/_dispatch_key.pyi.j2", views.stub()
    yield "torch/_dispatch_key_lists.py.j2", views.key_lists()
    yield "torchgen/dispatch_key.py.j2", views.torchgen()
