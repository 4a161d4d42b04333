"""What a generated package holds for its dispatcher, and where that was declared."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

import generated
from codegen.model import Model
from codegen.pipeline import load_model
from tests.support import import_package, write_package

ROOT: Final = Path(__file__).parents[2]

BASE: Final = """\
dispatcher:
  name: base
  default_namespace: my
backends: [Cpu, Gpu]
functionality:
  - Work: {per_backend: true, prefix: ""}
  - Watch
  - Record
groups: {devices: all}
modes:
  watching: {include: Watch}
keysets: {nothing: empty}
fallbacks:
  - keys: [Watch]
    policy: python
    exclude: nothing
    mode: watching
  - keys: [Cpu, Gpu]
    policy: kernel
    kernel: my.kernels:anything
    variants: {small: {policy: kernel, kernel: "my.small:anything"}}
  - {keys: [Record], policy: kernel, kernel: an_open_slot}
variants: {small: a small build}
"""

OPERATORS: Final = """\
- func: add(Tensor a, str b="x y") -> Tensor
  fake_module: my.fakes
  tags: [odd, even]
  dispatch:
    Cpu, Gpu: my.kernels:add
    Watch: fallthrough
- func: other::add.out(Tensor a) -> Tensor
  dispatch:
    "{devices}": my::in_cpp
    Record:
      my.kernels:add_out
"""

OWN: Final = """\
extends: ../base
dispatcher: {name: own, keyset_attribute: __keys, dispatch_method: run}
types:
  my.arrays:Mine: Gpu
kernels:
  Record: {my::add: own:record}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"base/all.yaml": BASE, "base/ops/add.yaml": OPERATORS, "own/own.yaml": OWN}
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def package_of(model: Model, folder: Path) -> ModuleType:
    return import_package(write_package(model, folder / "package"))


def declared_at(package: ModuleType, operator: str | None, key: str) -> str | None:
    loading = import_module(f"{package.__name__}._runtime.loading")
    place: str | None = loading.declared_at(package.__name__, operator, key)
    return place


def test_operators(folder: Path) -> None:
    package = package_of(load_model([folder / "own"]), folder)
    assert list(package.OPERATORS) == ["my::add", "other::add.out"]
    add = package.OPERATORS["my::add"]
    assert add.schema == 'add(Tensor a, str b="x y") -> Tensor'
    assert add.tags == ["odd", "even"]
    assert add.fake_module == "my.fakes"
    assert add.kernels == {
        "Watch": "fallthrough",
        "Record": "own:record",
        "Cpu": "my.kernels:add",
        "Gpu": "my.kernels:add",
    }
    assert package.TABLES.dump("my::add") == (
        "Cpu: my.kernels:add [kernel]\n"
        "Gpu: my.kernels:add [kernel]\n"
        "Watch: fallthrough [kernel]\n"
        "Record: own:record [kernel]\n"
    )
    other = package.OPERATORS["other::add.out"]
    assert (other.tags, other.fake_module) == ((), None)
    with pytest.raises(KeyError):
        package.OPERATORS["my::sub"]


def test_one_operator_imports_one_module(folder: Path) -> None:
    package = package_of(load_model([folder / "base"]), folder)
    below = f"{package.__name__}.operators."

    def imported() -> set[str]:
        return {name.removeprefix(below) for name in sys.modules if below in name}

    assert len(package.OPERATORS) == len(package.TABLES) == 2
    assert "my::add" in package.OPERATORS
    assert "my::add" in package.TABLES
    assert "my::sub" not in package.OPERATORS
    # The names in the namespaces, for the number of all.
    assert imported() == {"my", "other"}
    assert package.dispatch_table("my::add")["Cpu"].kernel == "my.kernels:add"
    assert imported() == {"my", "my.add", "other"}


def test_settings_and_types(folder: Path) -> None:
    package = package_of(load_model([folder / "own"]), folder)
    assert package.KEYSET_ATTRIBUTE == "__keys"
    assert package.DISPATCH_METHOD == "run"
    ((name, keys),) = package.FOREIGN_TYPES.items()
    assert name == "my.arrays:Mine"
    assert keys == package.DispatchKeySet(package.DispatchKey.Gpu)


def test_defaults_of_settings() -> None:
    assert generated.KEYSET_ATTRIBUTE == "_dispatch_keys"
    assert generated.DISPATCH_METHOD == "__torch_dispatch__"
    assert generated.FOREIGN_TYPES == {}


def test_modes_of_fallbacks() -> None:
    modes = {f.key: f.mode for f in generated.REGISTRATIONS.fallbacks if f.mode}
    assert modes == {
        "Python": "torch_dispatch",
        "PythonDispatcher": "python_dispatcher",
    }


def test_declared_at(folder: Path) -> None:
    package = package_of(load_model([folder / "own"]), folder)
    assert declared_at(package, "my::add", "Cpu") == "base/ops/add.yaml:5"
    assert declared_at(package, "my::add", "Gpu") == "base/ops/add.yaml:5"
    assert declared_at(package, "other::add.out", "Record") == "base/ops/add.yaml:10"
    assert declared_at(package, "my::add", "Record") == "own.yaml:6"
    assert declared_at(package, None, "Gpu") == "base/all.yaml:20"
    # What needs no place: C++ symbols, fallthroughs, open slots; and what is not there.
    assert declared_at(package, "my::add", "Watch") is None
    assert declared_at(package, "other::add.out", "Cpu") is None
    assert declared_at(package, None, "Record") is None
    assert declared_at(package, "my::sub", "Cpu") is None


def test_declared_at_of_a_variant(folder: Path) -> None:
    """The place of the kernel that the variant has."""
    package = package_of(load_model([folder / "base"], "small"), folder)
    assert declared_at(package, None, "Cpu") == "all.yaml:21"


@pytest.mark.parametrize(
    "text", [None, "", "<<<<<<< mine\n{}\n", "[]", '{"a": 1}', "1"]
)
def test_places_that_cannot_be_read(folder: Path, text: str | None) -> None:
    """An error about a kernel must not turn into one about its place."""
    package = package_of(load_model([folder / "base"]), folder)
    file = folder / "package" / "declared_at.json"
    if text is None:
        file.unlink()
    else:
        file.write_text(text, "utf-8")
    assert declared_at(package, "my::add", "Cpu") is None


def test_places_are_those_of_the_declarations() -> None:
    """Each names the file, and the line that holds the kernel's name."""
    loading = import_module("generated._runtime.loading")
    found = 0
    for name, operator in generated.OPERATORS.items():
        for key, kernel in operator.kernels.items():
            place = loading.declared_at("generated", name, key)
            assert (place is not None) == (kernel.count(":") == 1)
            if place is not None:
                file, _, line = place.partition(":")
                lines = (ROOT / "declarations" / file).read_text("utf-8").splitlines()
                assert kernel in lines[int(line) - 1]
                found += 1
    assert found > 20
