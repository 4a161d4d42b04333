"""Lists of keys for Python in the target `c10`, in place of those of PyTorch 2.13.0."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pytest
from filelock import FileLock

from codegen.model import KeyKind, Model
from codegen.pipeline import generate, load_model
from tests.torch.building import ROOT, WARNINGS, check, need_torch, workshop_folder

pytestmark = pytest.mark.torch

BINDING: Final = "torch/csrc/utils/python_dispatch_key.cpp"
STUB: Final = "torch/_C/_dispatch_key.pyi"
LISTS: Final = "torch/_dispatch_key_lists.py"
TORCHGEN: Final = "torchgen/dispatch_key.py"
FALLTHROUGH: Final = "HIGHER_ORDER_FALLTHROUGH_KEYS"

# What 2.13 has and c10's enum has not.
NO_KEYS: Final = {"MKLDNN", "OpenGL", "OpenCL", "IDEEP", "Named"}
# An old name in c10's enum, which the others do not know at all.
OLD_NAME: Final = {"Autocast"}

MODULE: Final = """
#include <torch/csrc/utils/python_dispatch_key.h>

PYBIND11_MODULE(generated_keys, module) {
  torch::impl::dispatch::initDispatchKeyBinding(module);
  module.def("same", [](c10::DispatchKey key) { return key; });
}
"""

# PyTorch's own module and the generated one bind one C++ type: not in one process.
PROGRAM: Final = """
import json, pickle, sys
from types import ModuleType

def said(call):
    try:
        return repr(call())
    except Exception as error:
        first = str(error).partition("\\n")[0]
        return f"{type(error).__name__}: {first}"

if sys.argv[1] == "generated":
    import generated_keys as module
    enum, same = module.DispatchKey, module.same
else:
    import torch
    enum, same = torch._C.DispatchKey, torch._C._dispatch_key_parse
found = {
    "members": {name: int(key) for name, key in enum.__members__.items()},
    "attributes": sorted(set(vars(enum)) - set(enum.__members__)),
    "parsed": {name: said(lambda: int(same(name))) for name in enum.__members__},
    "said": [
        said(lambda: enum(49)),
        said(lambda: enum(60000)),
        said(lambda: enum("CPU")),
        said(lambda: enum.CPU.name),
        said(lambda: enum.CPU.value),
        said(lambda: enum.EndOfDenseBackends),
        said(lambda: hash(enum.CPU)),
        said(lambda: enum.CPU == 49),
        said(lambda: enum.CPU == enum(49)),
        said(lambda: enum.CPU < enum.CUDA),
        said(lambda: enum.CPU.__getstate__()),
        said(lambda: same("CPU")),
        said(lambda: same("Nowhere")),
    ],
}
if sys.argv[1] == "generated":
    sys.modules["torch"] = ModuleType("torch")
    sys.modules["torch._C"] = module
    lists = {}
    exec(open(sys.argv[2]).read(), lists)
    found["lists"] = {
        name: [int(key) for key in keys]
        for name, keys in lists.items() if isinstance(keys, list)
    }
json.dump(found, sys.stdout)
"""

BACKEND_STUBS: Final = """
backend: {backend}
cpp_namespace: acme
supported: [add.Tensor, relu]
autograd: [max_pool2d]
"""


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model([ROOT / "declarations"])


@pytest.fixture(scope="module")
def keys(model: Model) -> dict[str, int]:
    """Values by name, without markers and second names."""
    listed = model.keys.values()
    return {k.name: k.value for k in listed if k.kind is not KeyKind.PLACEHOLDER}


@pytest.fixture(scope="module")
def files(model: Model) -> dict[str, str]:
    return generate(model, "c10")


@pytest.fixture(scope="module")
def source(files: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The generated files under their paths."""
    folder = tmp_path_factory.mktemp("c10")
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def run(*arguments: str | Path, cwd: Path, status: int = 0) -> str:
    """What a Python program prints; what it complains of if it is to fail."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(cwd), "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done.stderr if status else done.stdout


def answers(which: str, *arguments: str | Path, cwd: Path) -> dict[str, Any]:
    return dict(json.loads(run("-c", PROGRAM, which, *arguments, cwd=cwd)))


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    need_torch()
    return answers("stock", cwd=tmp_path_factory.mktemp("stock"))


@pytest.fixture(scope="module")
def generated(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The binding and c10's two files of keys, in front of the wheel's."""
    torch = need_torch()
    if shutil.which("g++") is None:
        pytest.skip("g++ is needed to build a module")
    folder = workshop_folder(tmp_path_factory).with_name("c10_lists")
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / "built").exists():
            build_module(torch, source, folder)
            (folder / "built").touch()
    return answers("generated", source / LISTS, cwd=folder)


def build_module(torch: Path, source: Path, folder: Path) -> None:
    (folder / "module.cpp").write_text(MODULE, "utf-8")
    include = torch / "include"
    python = sysconfig.get_paths()["include"]
    system = (include, include / "torch" / "csrc" / "api" / "include", python)
    flags = [*WARNINGS, "-I", str(source)]
    flags += [word for path in system for word in ("-isystem", str(path))]
    sources = [folder / "module.cpp", source / BINDING]
    sources += [source / "c10" / "core" / "DispatchKey.cpp"]
    objects = [str(folder / f"{number}.o") for number in range(len(sources))]
    compiler = ["g++", "-std=c++20", "-O0", "-fPIC", "-fvisibility=hidden"]
    jobs = [
        [*compiler, *flags, "-c", str(given), "-o", made]
        for given, made in zip(sources, objects, strict=True)
    ]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(check, jobs))
    library = torch / "lib"
    link = ["g++", "-shared", "-Wl,-Bsymbolic", *objects, f"-L{library}", "-lc10"]
    made = folder / f"generated_keys{sysconfig.get_config_var('EXT_SUFFIX')}"
    check([*link, f"-Wl,-rpath,{library}", "-o", str(made)])


def test_bound_keys_are_those_that_are_declared(
    generated: Mapping[str, Any], keys: Mapping[str, int], model: Model
) -> None:
    members = generated["members"]
    assert keys.items() <= members.items()
    markers = {
        name: model.keys[name].value
        for functionality in model.keys.values()
        if functionality.kind is KeyKind.PER_BACKEND
        for name in (
            f"StartOf{functionality.name}Backends",
            f"EndOf{functionality.name}Backends",
        )
    }
    assert members == {**keys, **markers}
    assert list(members.values()) == sorted(members.values())


def test_bound_keys_are_more_than_those_of_2_13(
    generated: Mapping[str, Any], stock: Mapping[str, Any], keys: Mapping[str, int]
) -> None:
    members = stock["members"]
    assert len(members) == 145
    assert members.items() <= generated["members"].items()
    missing = generated["members"].keys() - members.keys()
    assert len(missing) == 16
    assert missing <= keys.keys()
    assert {"AutocastMTIA", "AutocastMAIA", "AutocastXLA"} <= missing


def test_the_bound_enum_behaves_as_that_of_2_13(
    generated: Mapping[str, Any], stock: Mapping[str, Any]
) -> None:
    assert generated["attributes"] == stock["attributes"]
    module = [
        text.replace("generated_keys.", "torch._C.") for text in generated["said"]
    ]
    assert module == stock["said"]


def test_a_bound_key_is_made_of_its_name(
    generated: Mapping[str, Any], stock: Mapping[str, Any], keys: Mapping[str, int]
) -> None:
    """Where a function takes a key: by c10's parser, which now knows all of them."""
    parsed = generated["parsed"]
    assert {name: parsed[name] for name in keys} == {n: str(v) for n, v in keys.items()}
    refused = {n for n, said in stock["parsed"].items() if not said.isdigit()}
    assert "AutogradMAIA" in refused


def test_the_lists_load_with_the_bound_enum(
    generated: Mapping[str, Any], model: Model, keys: Mapping[str, int]
) -> None:
    assert generated["lists"] == {
        name: [keys[key] for key in listed]
        for name, listed in model.c10.key_lists.items()
    }


def test_what_higher_order_operators_fall_through(
    model: Model, stock: Mapping[str, Any]
) -> None:
    listed = model.c10.key_lists[FALLTHROUGH]
    text = (need_torch() / "_ops.py").read_text("utf-8")
    (own,) = (
        node.value
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0])
        == "_HIGHER_ORDER_OP_DEFAULT_FALLTHROUGH_DISPATCH_KEYS"
    )
    assert isinstance(own, ast.List)
    theirs = {ast.unparse(item).removeprefix("DispatchKey.") for item in own.elts}
    assert theirs < set(listed)
    autocast = {name for name in model.keys if name.startswith("Autocast")}
    assert len(autocast) == len(model.groups["autocast_backends"]) == 10
    assert set(listed) - theirs == autocast - theirs


def class_members(text: str) -> list[str]:
    (found,) = (
        node
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and node.name == "DispatchKey"
    )
    assigned = [node for node in found.body if isinstance(node, ast.Assign)]
    return [ast.unparse(node.targets[0]) for node in assigned]


def test_type_stubs(files: Mapping[str, str], keys: Mapping[str, int]) -> None:
    own = class_members(files[STUB])
    assert sorted(own) == sorted(keys)
    text = (need_torch() / "_C" / "__init__.pyi").read_text("utf-8")
    assert set(class_members(text)) - set(own) == NO_KEYS | OLD_NAME


def test_torchgen_keys(
    files: Mapping[str, str], keys: Mapping[str, int], model: Model
) -> None:
    own = class_members(files[TORCHGEN])
    assert sorted(own) == sorted([*keys, *model.legacy_names])
    text = (need_torch().parent / "torchgen" / "model.py").read_text("utf-8")
    assert set(class_members(text)) - set(own) == NO_KEYS


@pytest.fixture(scope="module")
def torchgens(
    source: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Folders with the installed torchgen and one that has the generated keys."""
    installed = need_torch().parent / "torchgen"
    folders = {}
    for name in ("stock", "ours"):
        folders[name] = tmp_path_factory.mktemp(name)
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(installed, folders[name] / "torchgen", ignore=ignored)
    package = folders["ours"] / "torchgen"
    shutil.copy(source / TORCHGEN, package)
    file = package / "model.py"
    file.write_text(with_import(file.read_text("utf-8")), "utf-8")
    return folders


def with_import(text: str) -> str:
    """torchgen/model.py with an import in place of what it keeps by hand."""
    imported = {
        "BACKEND_COMPONENTS",
        "FUNCTIONALITY_KEYS",
        "AUTOGRAD_KEYS",
        "DispatchKey",
        "STRUCTURED_DISPATCH_KEYS",
    }
    lines = text.splitlines(True)
    gone = []
    for node in ast.parse(text).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in imported:
                gone.append(name)
            case ast.ClassDef(name=name) if name in imported:
                gone.append(name)
            case ast.FunctionDef(name="codegen_per_backend_entries"):
                pass
            case ast.For(target=ast.Name(id="fk")):
                pass  # Whether the class has what the lists say.
            case _:
                continue
        assert node.end_lineno is not None
        for number in range(node.lineno - 1, node.end_lineno):
            lines[number] = ""
    assert sorted(gone) == sorted(imported)
    where = next(i for i, x in enumerate(lines) if x.startswith("from torchgen.utils"))
    names = ", ".join(sorted(imported))
    lines[where] += f"from torchgen.dispatch_key import {names}\n"
    return "".join(lines)


def backend_stubs(folder: Path, backend: str, status: int = 0) -> dict[str, str] | str:
    """What torchgen.gen_backend_stubs writes for a backend, or its complaint."""
    output = folder / f"out_{backend}"
    output.mkdir()
    given = folder / f"{backend}.yaml"
    given.write_text(BACKEND_STUBS.format(backend=backend), "utf-8")
    options = ("-s", given.name, "-o", output.name)
    said = run("-m", "torchgen.gen_backend_stubs", *options, cwd=folder, status=status)
    if status:
        return said
    return {file.name: file.read_text("utf-8") for file in output.iterdir()}


def test_backend_stubs_of_a_backend_that_torchgen_forgot(
    torchgens: Mapping[str, Path],
) -> None:
    refused = backend_stubs(torchgens["stock"], "MAIA", status=1)
    assert "AssertionError: unknown dispatch key AutogradMAIA" in refused
    assert '"AutogradMAIA" is not a valid DispatchKey' in refused
    made = backend_stubs(torchgens["ours"], "MAIA")
    assert isinstance(made, dict)
    assert sorted(made) == [
        "MAIANativeFunctions.h",
        "RegisterAutogradMAIA.cpp",
        "RegisterMAIA.cpp",
    ]
    assert "TORCH_LIBRARY_IMPL(aten, MAIA, m)" in made["RegisterMAIA.cpp"]
    registered = made["RegisterAutogradMAIA.cpp"]
    assert "TORCH_LIBRARY_IMPL(aten, AutogradMAIA, m)" in registered
    assert 'm.impl("max_pool2d"' in registered


def test_backend_stubs_of_another_are_the_same(torchgens: Mapping[str, Path]) -> None:
    made = {name: backend_stubs(folder, "XLA") for name, folder in torchgens.items()}
    assert "RegisterAutogradXLA.cpp" in made["stock"]
    assert made["ours"] == made["stock"]


@pytest.mark.slow
def test_all_that_torchgen_writes_is_the_same(torchgens: Mapping[str, Path]) -> None:
    """So nothing of it depends on the order of the enum, nor on that of the lists."""

    def written(folder: Path) -> dict[str, str]:
        options = (
            "-s",
            "torchgen/packaged/ATen",
            "-d",
            "all",
            "--per-operator-headers",
        )
        (folder / "all" / "core").mkdir(parents=True)
        run("-m", "torchgen.gen", *options, cwd=folder)
        return {
            file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest()
            for file in (folder / "all").rglob("*")
            if file.is_file()
        }

    with ThreadPoolExecutor(2) as pool:
        stock, ours = pool.map(written, (torchgens["stock"], torchgens["ours"]))
    assert len(stock) > 5000
    assert ours == stock
