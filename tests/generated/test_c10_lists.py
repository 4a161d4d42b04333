"""Lists of keys for Python in the target `c10`: whatever is declared is in all of them."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Sequence
from difflib import ndiff
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Final

import black
import pytest

from codegen.model import Key, KeyKind, Model
from codegen.pipeline import generate, load_model
from codegen.render import Renderer
from codegen.resources import templates
from codegen.views.c10_lists import C10ListViews
from tests.support import DISPATCHERS, load_text

ROOT: Final = Path(__file__).parents[2]
DECLARATIONS: Final = ROOT / "declarations"
STYLE: Final = Path(__file__).parent / "pytorch.clang-format"

HEADER: Final = "torch/csrc/utils/python_dispatch_key.h"
BINDING: Final = "torch/csrc/utils/python_dispatch_key.cpp"
STUB: Final = "torch/_C/_dispatch_key.pyi"
LISTS: Final = "torch/_dispatch_key_lists.py"
TORCHGEN: Final = "torchgen/dispatch_key.py"
PATHS: Final = (HEADER, BINDING, STUB, LISTS, TORCHGEN)

EXTENSION: Final = """
extends: pytorch
backends: [Photon]
functionality:
  - Audit: {before: Tracer}
  - Packed: {per_backend: true, after: Sparse}
aliases:
  - Anywhere: {before: Autograd, keys: Packed * backends(all), reason: anywhere}
legacy_names: {OldAudit: Audit}
"""

# Names of every width about those at which black and clang-format break a line.
WIDE: Final = "\n".join(
    (
        "dispatcher: {name: wide, undefined: Void}",
        "backends: [B]",
        "functionality:",
        *(f"  - {'F' * n}" for n in range(55, 90)),
        f"  - Per: {{per_backend: true, prefix: {'P' * 70}}}",
        "c10:",
        "  key_lists:",
        *(f"    {'L' * n}: {'F' * 80} | {'F' * 60}" for n in range(50, 95)),
        "    NOTHING: empty",
        "  torchgen_names:",
        *(f"    {'N' * n}: {'F' * 80}" for n in range(50, 95)),
        "    NO_NAME: empty",
        "  torchgen_sets:",
        *(f"    {'S' * n}: {'F' * 80} | Per" for n in range(50, 95)),
        *(f"    {'E' * n}: empty" for n in range(50, 95)),
    )
)

NAMES: Final = ("reference", "extension", "image", "solver", "tiny", "wide")


def model_of(name: str, folder: Path) -> Model:
    if name == "reference":
        return load_model([DECLARATIONS])
    if name in ("extension", "wide"):
        return load_text(EXTENSION if name == "extension" else WIDE, folder)
    return load_model([DISPATCHERS / f"{name}.yaml"])


def lists_of(model: Model) -> dict[str, str]:
    """These files alone: not all of these dispatchers are such that c10 could be one."""
    renderer = Renderer(templates() / "c10")
    views = C10ListViews(model)
    made = {
        HEADER: views.binding_header(),
        BINDING: views.binding(),
        STUB: views.stub(),
        LISTS: views.key_lists(),
        TORCHGEN: views.torchgen(),
    }
    return {p: renderer.render(f"{p}.j2", v._asdict()) for p, v in made.items()}


def declared_keys(model: Model) -> list[Key]:
    """By value."""
    keys = (k for k in model.keys.values() if k.kind is not KeyKind.PLACEHOLDER)
    return sorted(keys, key=lambda key: key.value)


def members(text: str) -> list[str]:
    """The names that the body of the only class of a module gives values."""
    (found,) = (n for n in ast.parse(text).body if isinstance(n, ast.ClassDef))
    return [
        statement.targets[0].id
        for statement in found.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
    ]


def run_module(text: str) -> ModuleType:
    module = ModuleType("dispatch_key")
    exec(compile(text, TORCHGEN, "exec"), module.__dict__)
    return module


@pytest.fixture(scope="module", params=NAMES)
def model(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Model:
    return model_of(request.param, tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def files(model: Model) -> dict[str, str]:
    return lists_of(model)


def test_the_target_has_these_files() -> None:
    model = load_model([DECLARATIONS])
    assert lists_of(model).items() <= generate(model, "c10").items()


@pytest.mark.parametrize("path", [STUB, LISTS, TORCHGEN])
def test_black_changes_nothing(path: str, files: dict[str, str]) -> None:
    versions = {black.mode.TargetVersion.PY311}
    mode = black.Mode(target_versions=versions, is_pyi=path == STUB)
    assert black.format_str(files[path], mode=mode) == files[path]


@pytest.mark.parametrize("path", [HEADER, BINDING])
def test_clang_format_changes_nothing(path: str, files: dict[str, str]) -> None:
    if shutil.which("clang-format") is None:
        pytest.skip("clang-format is not installed: pip install .[test]")
    done = subprocess.run(
        ["clang-format", f"--style=file:{STYLE}", "--assume-filename", path],
        input=files[path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == files[path]


def test_every_key_is_a_member(model: Model, files: dict[str, str]) -> None:
    keys = [key.name for key in declared_keys(model)]
    assert members(files[STUB]) == keys
    own = [n for n in members(files[TORCHGEN]) if n not in model.legacy_names]
    assert own == keys


def test_every_key_is_bound(model: Model, files: dict[str, str]) -> None:
    """Runtime keys are bound by the macros that c10's header makes them with."""
    joined = "".join(files[BINDING].split())
    lines = [
        part.partition(")")[0]
        for part in joined.split("DEFINE_KEY(")
        if part.partition(")")[0].isidentifier()
    ]
    keys = declared_keys(model)
    expected = [k.name for k in keys if k.kind is not KeyKind.RUNTIME]
    assert [line for line in lines if line != "key"] == expected
    has_runtime_keys = any(k.kind is KeyKind.RUNTIME for k in keys)
    macro = "C10_FORALL_FUNCTIONALITY_KEYS(DEFINE_RUNTIME_KEYS)"
    assert (macro in files[BINDING]) == has_runtime_keys


def test_torchgen_module(model: Model, files: dict[str, str]) -> None:
    module = run_module(files[TORCHGEN])
    enum = module.DispatchKey
    keys = declared_keys(model)
    assert [key.name for key in enum] == [key.name for key in keys]
    # The one value that torchgen's own enum says.
    assert enum[model.undefined].value == 0
    for old, new in model.legacy_names.items():
        assert enum[old] is enum[new]
        assert enum.parse(old) is enum[new]
    for key in keys:
        assert enum.parse(key.name) is enum[key.name]
        assert str(enum[key.name]) == key.name
        assert enum[key.name].lower() == key.name.lower()
    with pytest.raises(AssertionError, match="unknown dispatch key Nowhere"):
        enum.parse("Nowhere")
    assert list(model.backends) == module.BACKEND_COMPONENTS
    made = {
        f"{prefix}{backend}"
        for prefix in module.FUNCTIONALITY_KEYS
        for backend in module.BACKEND_COMPONENTS
    }
    assert made == {key.name for key in keys if key.kind is KeyKind.RUNTIME}
    for name, listed in model.c10.torchgen_names.items():
        assert getattr(module, name) == list(reversed(listed))
    for name, listed in model.c10.torchgen_sets.items():
        assert getattr(module, name) == {enum[key] for key in listed}


def test_key_lists(model: Model, files: dict[str, str]) -> None:
    keys = SimpleNamespace(**{key.name: key.name for key in declared_keys(model)})
    tree = ast.parse(files[LISTS])
    tree.body = [node for node in tree.body if not isinstance(node, ast.ImportFrom)]
    found: dict[str, object] = {"DispatchKey": keys}
    exec(compile(tree, LISTS, "exec"), found)
    assert {n: found[n] for n in model.c10.key_lists} == {
        n: list(keys) for n, keys in model.c10.key_lists.items()
    }


def test_types(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One run of mypy over all: the lists are of what the stub declares."""
    pytest.importorskip("mypy")
    folder = tmp_path_factory.mktemp("types")
    for name in NAMES:
        checked = folder / name
        given = lists_of(model_of(name, tmp_path_factory.mktemp(name)))
        given["torch/__init__.py"] = given["torchgen/__init__.py"] = ""
        own = "from torch._C._dispatch_key import DispatchKey as DispatchKey\n"
        given["torch/_C/__init__.pyi"] = own
        for path, text in given.items():
            file = checked / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        done = subprocess.run(
            [
                *(sys.executable, "-m", "mypy", "--strict", "--config-file="),
                *("--cache-dir", str(folder / "cache")),
                *("-p", "torch", "-p", "torchgen"),
            ],
            cwd=checked,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"


def with_line(folder: Path, line: str) -> dict[str, str]:
    """The lists of the reference with a backend more."""
    shutil.copytree(DECLARATIONS, folder)
    file = folder / "backends.yaml"
    text = file.read_text("utf-8")
    before = "  - PrivateUse1:"
    assert text.count(before) == 1
    file.write_text(text.replace(before, f"{line}\n{before}"), "utf-8")
    return lists_of(load_model([folder]))


def changed(before: str, after: str) -> list[str]:
    lines = ndiff(before.splitlines(), after.splitlines())
    return [f"{line[0]}{line[2:].strip()}" for line in lines if line[0] in "+-"]


def added(form: str, names: Sequence[str]) -> list[str]:
    return [f"+{form.format(name)}" for name in names]


RUNTIME: Final = tuple(
    f"{prefix}Photon"
    for prefix in ("", "Quantized", "Sparse", "SparseCsr", "NestedTensor", "Autograd")
)


def test_a_backend_adds_its_lines_and_changes_no_other(tmp_path: Path) -> None:
    before = lists_of(load_model([DECLARATIONS]))
    after = with_line(tmp_path / "declarations", "  - Photon")
    found = {path: changed(before[path], after[path]) for path in PATHS}
    assert found == {
        HEADER: [],
        BINDING: [],
        LISTS: [],
        STUB: added("{} = ...", RUNTIME),
        TORCHGEN: [
            *added("{} = enum.auto()", RUNTIME),
            '+"Photon",',
            '+"AutogradPhoton",',
        ],
    }


def test_so_does_a_backend_with_everything(tmp_path: Path) -> None:
    before = lists_of(load_model([DECLARATIONS]))
    line = "  - Photon: {autocast: 11, structured: true}"
    after = with_line(tmp_path / "declarations", line)
    found = {path: changed(before[path], after[path]) for path in PATHS}
    keys = ("AutocastPhoton", *RUNTIME)
    assert found == {
        HEADER: [],
        BINDING: ["+DEFINE_KEY(AutocastPhoton);"],
        LISTS: ["+DispatchKey.AutocastPhoton,"],
        STUB: added("{} = ...", keys),
        TORCHGEN: [
            *added("{} = enum.auto()", keys),
            '+"Photon",',
            '+"AutogradPhoton",',
            "+DispatchKey.Photon,",
        ],
    }
