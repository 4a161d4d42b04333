"""The committed package: fresh, typed, of the standard library only, and complete."""

from __future__ import annotations

import ast
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import generated
from codegen import names
from codegen.emit import plan
from codegen.pipeline import generate, load_model

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generated"
# Other targets have folders of their own in it.
OTHERS = (PACKAGE / "cpp", PACKAGE / "libtorch", PACKAGE / "c10")


def is_ours(path: Path) -> bool:
    return not any(path.is_relative_to(folder) for folder in OTHERS)


MODULES = sorted(p.relative_to(PACKAGE) for p in PACKAGE.rglob("*.py") if is_ours(p))

CLASSES = ("DispatchKey", "BackendComponent", "DispatchKeySet")
FUNCTIONS = (
    "to_functionality_key",
    "to_backend_component",
    "to_runtime_per_backend_functionality_key",
    "get_autograd_key_from_backend",
    "get_backend_key_set_from_autograd",
    "get_autograd_related_key_set_from_backend",
    "get_autocast_related_key_set_from_backend",
    "get_runtime_dispatch_key_set",
    "is_included_in_alias",
    "is_backend_dispatch_key",
    "is_alias_dispatch_key",
    "is_per_backend_functionality_key",
    "highest_priority_backend_type_id",
    "legacy_extract_dispatch_key",
    "parse_dispatch_key",
    "to_string",
)
TABLE_FUNCTIONS = ("dispatch_table", "dispatch_dump_table", "compute_dispatch_table")
KEYSET_METHODS = (
    "from_raw_repr",
    "raw_repr",
    "full",
    "full_after",
    "highest_priority_type_id",
    "has",
    "add",
    "remove",
    "__or__",
    "__and__",
    "__sub__",
)


def dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join((PACKAGE.name, *(p for p in parts if p != "__init__")))


def test_is_fresh() -> None:
    """If not: run `dispatch-codegen generate`."""
    files = generate(load_model([ROOT / "declarations"]), "python")
    changes = plan(files, PACKAGE, "python")
    assert changes.is_fresh, (changes.missing, changes.changed, changes.stale)


def test_holds_nothing_else() -> None:
    files = generate(load_model([ROOT / "declarations"]), "python")
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and is_ours(path)
    }
    assert found - {".manifest-python.json"} == set(files)


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Level and module of every import, those within functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_the_standard_library_only(path: Path) -> None:
    tree = ast.parse((PACKAGE / path).read_text("utf-8"))
    for level, module in imports(tree):
        if level == 0:
            assert module.partition(".")[0] in sys.stdlib_module_names
        else:
            # Not out of the package either: it may be renamed, or nested in another.
            assert level <= len(path.parts)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_imports(path: Path) -> None:
    importlib.import_module(dotted(path))


def test_imports_alone(tmp_path: Path) -> None:
    """Under another name, deep in another package, without site-packages."""
    shutil.copytree(
        PACKAGE,
        tmp_path / "outer" / "inner",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    script = (
        f"import sys; sys.path.insert(0, {os.fspath(tmp_path)!r})\n"
        "import outer.inner as p\n"
        "for name in dir(p): getattr(p, name)\n"
        "for name in p.TABLES: p.dispatch_dump_table(name)\n"
        "p.REGISTRATIONS.kernels\n"
        "assert 'codegen' not in sys.modules and 'generated' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", "-c", script],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_is_strictly_typed(tmp_path: Path) -> None:
    """Without the project's settings: only the package itself and `--strict`."""
    pytest.importorskip("mypy")
    shutil.copytree(
        PACKAGE,
        tmp_path / "p",
        ignore=shutil.ignore_patterns("__pycache__", "cpp", "libtorch", "c10"),
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "-p", "p"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_tells_type_checkers_so() -> None:
    assert (PACKAGE / "py.typed").read_bytes() == b""


def test_support_code_is_copied() -> None:
    source = ROOT / "codegen" / "runtime" / "python"
    copies = PACKAGE / "_runtime"
    contents = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.py")}
        for folder in (source, copies)
    ]
    assert contents[0] == contents[1]


@pytest.mark.parametrize("name", [*CLASSES, *FUNCTIONS, *TABLE_FUNCTIONS])
def test_public_name(name: str) -> None:
    assert callable(getattr(generated, name))
    assert name in dir(generated)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_both_spellings_are_one_function(name: str) -> None:
    assert getattr(generated, names.camel_case(name)) is getattr(generated, name)


def test_every_function_has_both_spellings() -> None:
    from generated import functions

    public = {n for n, v in vars(functions).items() if callable(v) and n[0] != "_"}
    public = {n for n in public if n[0].islower()}
    for name in public:
        other = {names.snake_case(name), names.camel_case(name)}
        assert other <= public
        assert len({id(getattr(functions, n)) for n in other}) == 1
    assert public <= set(dir(generated))


@pytest.mark.parametrize("name", KEYSET_METHODS)
def test_keyset_method(name: str) -> None:
    assert callable(getattr(generated.DispatchKeySet, name))


def test_keyset_spellings_are_the_same() -> None:
    found = 0
    for name in dir(generated.DispatchKeySet):
        if name.startswith("_") or names.snake_case(name) == name:
            continue
        found += 1
        pair = [
            getattr(getattr(generated.DispatchKeySet, spelling), "__func__", None)
            or getattr(generated.DispatchKeySet, spelling)
            for spelling in (name, names.snake_case(name))
        ]
        assert pair[0] is pair[1], name
    assert found


def test_tables_and_rules_agree() -> None:
    """What stands in a module is what the package computes from the registrations."""
    for operator in generated.TABLES:
        kernels = {
            kernel.key: kernel.kernel
            for kernel in generated.REGISTRATIONS.kernels
            if kernel.operator == operator
        }
        computed = generated.compute_dispatch_table(kernels)
        assert generated.dispatch_table(operator) == computed
        dump = generated.dispatch_dump_table(operator).splitlines()
        assert [line.partition(":")[0] for line in dump] == list(computed)


def test_unknown_names_are_errors() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        generated.nonsense  # noqa: B018
    with pytest.raises(KeyError):
        generated.dispatch_table("aten::nonsense")
