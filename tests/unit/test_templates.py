"""Templates hold text and the simplest of control: all decisions are the views'."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from jinja2 import Environment, nodes

from codegen import format as layout
from codegen import (
    format_c10,
    format_c10_fallbacks,
    format_cpp,
    format_cpp_operators,
    format_cpp_torch,
)

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "templates"
TEMPLATES: Final = sorted(
    p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*.j2")
)

# Parts that others include; the others are rendered on their own.
PARTS: Final = {
    "c10/_header.j2",
    "c10/_script_header.j2",
    "cpp/_cmake_header.j2",
    "cpp/_header.j2",
    "cpp/_shared_begin.j2",
    "cpp/_shared_end.j2",
    "cpp/dispatcher_instances.j2",
    "cpp/dispatcher_macros.j2",
    "cpp/tls_change.j2",
    "libtorch/_header.j2",
    "libtorch/_script_header.j2",
    "python/_header.j2",
    "python/tls_change.j2",
}
# Where templates are named.
USERS: Final = {
    "c10": "targets_c10.py",
    "cpp": "targets_cpp.py",
    "libtorch": "targets_torch.py",
    "python": "targets_python.py",
    "starter": "starter.py",
    "torch_library": "targets_torch.py",
}
# The layout functions; `render.py` offers some of them.
HELPERS: Final = {
    name
    for module in (
        layout,
        format_c10,
        format_c10_fallbacks,
        format_cpp,
        format_cpp_operators,
        format_cpp_torch,
    )
    for name, value in vars(module).items()
    if inspect.isfunction(value) and value.__module__ == module.__name__
}
FILTERS: Final = {"string"}
STATEMENTS: Final = (nodes.Output, nodes.For, nodes.If, nodes.Include)
NAMES: Final = (nodes.Name, nodes.Getattr)
VALUES: Final = (*NAMES, nodes.Const, nodes.TemplateData, nodes.Filter)
EXPRESSIONS: Final = (*VALUES, nodes.Call, nodes.Concat, nodes.Tuple)
VIEW: Final = re.compile(r"\{# (codegen[\w.]*)\.(\w+) #\}\n")


def test_helpers_are_those_of_the_layout() -> None:
    assert {"assign", "block", "call"} <= HELPERS


def is_part(template: str) -> bool:
    return template in PARTS or template.split("/")[1:-1] == ["functions"]


def whole() -> list[str]:
    return [template for template in TEMPLATES if not is_part(template)]


def view_of(template: str) -> type:
    """The view that the first line names."""
    match = VIEW.match((FOLDER / template).read_text("utf-8"))
    assert match
    view = getattr(importlib.import_module(match[1]), match[2])
    assert isinstance(view, type)
    assert issubclass(view, tuple)
    return view


def fields_of(view: type) -> set[str]:
    return set(getattr(view, "_fields"))  # noqa: B009


def names_in(template: str) -> set[str]:
    """The names that a template takes from its view."""
    used, bound = set(), set(HELPERS)
    for node in below(parse(template)):
        if isinstance(node, nodes.For):
            assert isinstance(node.target, nodes.Name)
            bound.add(node.target.name)
        if isinstance(node, nodes.Name):
            used.add(node.name)
    return used - bound


def parse(template: str) -> nodes.Template:
    text = (FOLDER / template).read_text("utf-8")
    return Environment(trim_blocks=True, lstrip_blocks=True).parse(text)


def below(node: nodes.Node) -> Iterator[nodes.Node]:
    for child in node.iter_child_nodes():
        yield child
        yield from below(child)


@pytest.mark.parametrize("template", TEMPLATES)
def test_only_simple_nodes(template: str) -> None:
    """No macro, set, import, arithmetics, comparison, subscript, test or `else if`."""
    for node in below(parse(template)):
        assert isinstance(node, STATEMENTS + EXPRESSIONS), (node.lineno, node)


@pytest.mark.parametrize("template", TEMPLATES)
def test_conditions_are_plain_names(template: str) -> None:
    for node in below(parse(template)):
        if isinstance(node, nodes.If):
            assert isinstance(node.test, NAMES), node.lineno
            assert not node.elif_, node.lineno


@pytest.mark.parametrize("template", TEMPLATES)
def test_loops_are_plain(template: str) -> None:
    """Over a plain name, without a filter, an `else`, or recursion."""
    for node in below(parse(template)):
        if isinstance(node, nodes.For):
            assert isinstance(node.iter, NAMES), node.lineno
            assert isinstance(node.target, nodes.Name), node.lineno
            assert node.test is None, node.lineno
            assert not node.else_, node.lineno
            assert not node.recursive, node.lineno
        assert not (isinstance(node, nodes.Name) and node.name == "loop"), node.lineno


@pytest.mark.parametrize("template", TEMPLATES)
def test_names_are_shallow(template: str) -> None:
    """`row.name` at most."""
    for node in below(parse(template)):
        if isinstance(node, nodes.Getattr):
            assert isinstance(node.node, nodes.Name), node.lineno


@pytest.mark.parametrize("template", TEMPLATES)
def test_calls_are_of_the_helpers(template: str) -> None:
    for node in below(parse(template)):
        if isinstance(node, nodes.Call):
            assert isinstance(node.node, nodes.Name), node.lineno
            assert node.node.name in HELPERS, node.lineno
            assert not node.kwargs, node.lineno
            assert node.dyn_args is None, node.lineno
            assert node.dyn_kwargs is None, node.lineno
            for argument in node.args:
                allowed = (*VALUES, nodes.Concat, nodes.Tuple)
                assert isinstance(argument, allowed), node.lineno
        if isinstance(node, nodes.Filter):
            assert node.name in FILTERS, node.lineno
            assert not node.args, node.lineno
            assert isinstance(node.node, NAMES), node.lineno
        if isinstance(node, nodes.Concat):
            assert all(isinstance(part, VALUES) for part in node.nodes), node.lineno


@pytest.mark.parametrize("template", TEMPLATES)
def test_includes_are_constant(template: str) -> None:
    for node in below(parse(template)):
        if isinstance(node, nodes.Include):
            assert isinstance(node.template, nodes.Const), node.lineno
            target = template.partition("/")[0]
            assert is_part(f"{target}/{node.template.value}"), node.lineno
            assert not node.ignore_missing, node.lineno


@pytest.mark.parametrize("template", TEMPLATES)
def test_conditions_nest_twice_at_most(template: str) -> None:
    def depth(node: nodes.Node) -> int:
        inner = max(map(depth, node.iter_child_nodes()), default=0)
        return inner + isinstance(node, nodes.If)

    assert depth(parse(template)) <= 2


@pytest.mark.parametrize("template", whole())
def test_first_line_names_the_view(template: str) -> None:
    """And the template names fields of that view, and nothing else."""
    assert names_in(template) <= fields_of(view_of(template))


def test_views_are_printed_whole() -> None:
    """Every field, by one of the view's templates."""
    views = {template: view_of(template) for template in whole()}
    for view in views.values():
        printed = {t for t, other in views.items() if other is view}
        left = fields_of(view).difference(*map(names_in, printed))
        # The place of the file, for the target, and the subject's import path.
        assert left <= {"module", "path"}, view


@pytest.mark.parametrize("template", TEMPLATES)
def test_is_used(template: str) -> None:
    """By the module that renders the templates of its folder, or another template."""
    target, _, name = template.partition("/")
    user = (ROOT / "codegen" / USERS[target]).read_text("utf-8")
    sources = [user.replace('f"{index}', '"registrations/__init__.py')]
    sources += [(FOLDER / t).read_text("utf-8") for t in TEMPLATES if t != template]
    assert any(f'"{name}"' in source for source in sources)


@pytest.mark.parametrize("template", TEMPLATES)
def test_text_is_plain(template: str) -> None:
    text = (FOLDER / template).read_text("ascii")
    assert text.endswith("\n")
    assert "\t" not in text
