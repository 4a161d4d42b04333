"""Declared names never take the place of a name that the generated package uses."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from codegen.checks import PACKAGE_NAMES
from codegen.diagnostics import DeclarationError
from codegen.names import INTEGER_MEMBERS, camel_case, is_reserved, snake_case
from codegen.pipeline import generate
from tests.support import generate_package, import_package, load_text

# Every kind of function and rule that a template has a branch for.
ALL_KINDS = """
dispatcher: {name: kinds}
backends: [Fast, Slow]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Wrap
  - Rest
keysets: {k_one: Wrap, k_two: backends(all)}
functions:
  f_set: {of: backend, for_each: all, keys: Wrap, default: empty}
  f_key: {of: backend, for_each: all, key: "{backend}", default: Wrap}
  f_of_key: {of: key, cases: [{key: Wrap, keys: Rest}], default: empty}
  f_has: {of: key, has: k_one, but_not: [Fast]}
  f_highest: {of: keyset, highest_of: keyset & Wrap}
aliases:
  - Any:
      keys: k_one
      reason: any kernel
      yields_to: {backends_of: f_of_key}
      ambiguous: {key: Wrap, with_any_of: k_two | Plain, kernel: guess, reason: guess}
operators:
  - func: ns::f(int a) -> int
"""

DECLARED = {
    "k_one",
    "k_two",
    *("f_set", "f_key", "f_of_key", "f_has", "f_highest"),
    *("fSet", "fKey", "fOfKey", "fHas", "fHighest"),
}


def global_names(text: str) -> set[str]:
    """The names that a module binds, or reads and does not bind in a function."""
    found: set[str] = set()
    for node in ast.parse(text).body:
        found |= set(_names(node))
    return found


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).partition(".")[0]
    elif isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    inner = {name for child in ast.iter_child_nodes(node) for name in _names(child)}
    if isinstance(node, ast.FunctionDef):
        inner -= {argument.arg for argument in node.args.args}
        inner -= {
            name.id
            for name in ast.walk(node)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }
    yield from inner


def test_list_of_taken_names_is_complete(tmp_path: Path) -> None:
    files = generate(load_text(ALL_KINDS, tmp_path), "python")
    shared = ("__init__.py", "keysets.py", "functions.py")
    used = {name for path in shared for name in global_names(files[path])}
    # A module that is imported becomes an attribute of the package.
    modules = (path for path in files if path.endswith(".py"))
    used |= {path.partition("/")[0].removesuffix(".py") for path in modules}
    public = {name for name in used if not name.startswith(("_", "."))} - DECLARED
    assert public == set(PACKAGE_NAMES)


@pytest.mark.parametrize("name", sorted({*PACKAGE_NAMES, "_KEYS", "_MODULES"}))
def test_taken_names_cannot_be_declared(tmp_path: Path, name: str) -> None:
    sections = [f"keysets: {{{name}: Plain}}"]
    # A function stands under its two spellings only.
    if name[0] == "_" or name in (snake_case(name), camel_case(name)):
        sections.append(f"functions: {{{name}: {{of: key, has: Plain}}}}")
    for section in sections:
        text = f"dispatcher: {{name: taken}}\nfunctionality: [Plain]\n{section}\n"
        with pytest.raises(DeclarationError) as caught:
            load_text(text, tmp_path)
        assert {d.code for d in caught.value.diagnostics} <= {"DG108", "DG208"}


# Names of what other modules import, and of what functions call their arguments.
BORROWED = """
dispatcher: {name: borrowed}
backends: [Fast]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Wrap
keysets: {cache: Wrap, keys: Wrap, key: Wrap, function: Wrap, TableEntries: Wrap}
functions:
  build_rules: {of: key, cases: [{key: Wrap, keys: Fast}], default: empty}
  compute_table: {of: key, cases: [], default: empty}
  table: {of: key, has: cache}
  excluded: {of: key, has: key, but_not: [Wrap]}
aliases:
  - Any: {keys: cache, reason: any kernel, yields_to: {backends_of: build_rules}}
  - Other: {keys: keys, reason: other, yields_to: {backends_of: compute_table}}
operators:
  - func: ns::f(int a) -> int
"""


def test_names_of_other_modules_do_no_harm(tmp_path: Path) -> None:
    package = generate_package(BORROWED, tmp_path, "borrowed")
    module = import_package(package)
    assert module.compute_dispatch_table({"Any": "k"})["Wrap"].kernel == "k"
    assert module.table(module.DispatchKey.Wrap) is True
    assert module.excluded(module.DispatchKey.Wrap) is False
    # The operator has no kernel, so its table is empty and has a type all the same.
    assert module.dispatch_table("ns::f") == {}
    pytest.importorskip("mypy")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "-p", "borrowed"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_integers_have_is_known() -> None:
    """A newer Python may give them more, of which the generator has to be told."""
    public = {name for name in dir(int) if not name.startswith("_")}
    assert public <= INTEGER_MEMBERS
    assert all(is_reserved(name) for name in ("_a_", "__a", "_a__b", "mro", "if"))
    assert not any(is_reserved(name) for name in ("_a", "a_", "a__b", "maro", "iff"))
