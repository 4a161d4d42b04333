"""Backend files: registered and declared is what torchgen's own program writes for them."""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from codegen import DeclarationError, Model
from codegen.kernel_check import check_kernels
from codegen.model_backend_files import BackendFile
from codegen.pipeline import generate, load_model
from tests.torch.building import (
    DECLARATIONS,
    HERE,
    Workshop,
    need_torch,
    run,
    workshop_folder,
    write,
)

pytestmark = pytest.mark.torch

XLA_LIKE: Final = DECLARATIONS / "xla_like.yaml"

_IMPL: Final = re.compile(r'm\.impl\("([^"]+)"')
_METHOD: Final = re.compile(r"^ *static ([^;]*);", re.MULTILINE | re.DOTALL)
_REGISTERED: Final = re.compile(
    r'registry\.impl\(\s*"(\S+)",\s*DispatchKey::(\w+),\s*(.*?)\);', re.DOTALL
)

Registrations = Mapping[str, set[str]]


@cache
def torchgen() -> Path:
    need_torch()
    return Path(str(importlib.import_module("torchgen").__file__)).parent


def parsed() -> Any:
    """PyTorch's file as torchgen has it, which keeps it once it is read."""
    native = native_functions()
    gen = importlib.import_module("torchgen.gen")
    return gen.parse_native_yaml(str(native), str(native.with_name("tags.yaml")))


def native_functions() -> Path:
    return torchgen() / "packaged" / "ATen" / "native" / "native_functions.yaml"


def like_xla(**changed: Any) -> dict[str, Any]:
    """The operators of a real file, for another backend or with other options."""
    content: dict[str, Any] = yaml.safe_load(XLA_LIKE.read_text("utf-8"))
    content |= changed
    return {field: value for field, value in content.items() if value is not None}


def load(folder: Path, content: Mapping[str, Any]) -> Model:
    """The model of declarations that name PyTorch's file and a backend file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "backend.yaml").write_text(yaml.safe_dump(dict(content)), "utf-8")
    declarations = folder / "extension.yaml"
    declarations.write_text(
        "extends: pytorch\ndispatcher: {name: theirs}\n"
        f"operators: [{native_functions()}, backend.yaml]\n",
        "utf-8",
    )
    return load_model([declarations])


def run_torchgen(folder: Path, sources: Path | None = None) -> dict[str, str]:
    """What `gen_backend_stubs` writes for the same file, by path."""
    gen_backend_stubs = importlib.import_module("torchgen.gen_backend_stubs")
    written = folder / "torchgen"
    written.mkdir()
    # It adds the backend to what it keeps of PyTorch's file.
    indices = parsed().backend_indices
    before = set(indices)
    try:
        gen_backend_stubs.run(
            str(folder / "backend.yaml"),
            str(written),
            dry_run=False,
            impl_path=None if sources is None else str(sources),
        )
    finally:
        for key in indices.keys() - before:
            del indices[key]
    return {file.name: file.read_text("utf-8") for file in written.iterdir()}


def theirs_registered(files: Mapping[str, str]) -> Registrations:
    return {
        name.removeprefix("Register").removesuffix(".cpp"): {
            f"aten::{operator}" for operator in _IMPL.findall(text)
        }
        for name, text in files.items()
        if name.startswith("Register")
    }


def ours_registered(files: Mapping[str, str]) -> Registrations:
    found: dict[str, set[str]] = {}
    for path, text in files.items():
        if path.startswith("csrc/kernels/"):
            for operator, key, _ in _REGISTERED.findall(text):
                found.setdefault(key, set()).add(operator)
    return found


def methods(header: str) -> list[str]:
    """The declarations in a class, spelt in one way."""
    return sorted(map(_plain, _METHOD.findall(header)))


def _plain(declaration: str) -> str:
    spelt = declaration.replace("::std::", "std::")
    # One is a second name of the other.
    spelt = spelt.replace("c10::string_view", "std::string_view")
    return re.sub(r"\s*([&(),<>])\s*", r"\1", " ".join(spelt.split()))


def compare(folder: Path, content: Mapping[str, Any]) -> BackendFile:
    """Load a backend file, and compare all that follows with what torchgen makes of it."""
    model = load(folder, content)
    theirs = run_torchgen(folder)
    ours = generate(model, "libtorch")
    (file,) = model.backend_files
    registered = theirs_registered(theirs)
    assert ours_registered(ours) == registered
    of_model = {
        key: {name for name, one in model.operators.items() if _has(one, key, file)}
        for key in registered
    }
    assert of_model == registered
    header = f"{file.key}NativeFunctions.h"
    assert methods(ours[f"csrc/{header}"]) == methods(theirs[header])
    assert f"struct {file.class_name} {{" in ours[f"csrc/{header}"]
    assert f"struct {file.class_name} {{" in theirs[header]
    return file


def _has(operator: Any, key: str, file: BackendFile) -> bool:
    return str(operator.kernels.get(key, "")).startswith(f"{file.namespace}::")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"use_out_as_primary": True},
        {"device_guard": True},
        {
            "backend": "PrivateUse1",
            "class_name": "Own",
            "cpp_namespace": "own::kernels",
        },
        # torchgen knows no Autograd key of it.
        {"backend": "MAIA", "autograd": None},
        {"symint": None},
    ],
    ids=["xla", "out", "guard", "private", "maia", "no_symint"],
)
def test_like_xla(tmp_path: Path, changed: dict[str, Any]) -> None:
    content = like_xla(**changed)
    file = compare(tmp_path, content)
    own = [kernel for kernel in file.own_kernels if kernel.key == file.key]
    assert len(own) == len(content["supported"]) > 200
    copying = len(file.kernels) - len(file.own_kernels)
    assert (copying > 100) is not content.get("use_out_as_primary", False)


@cache
def torchgen_functions() -> tuple[Any, ...]:
    gen = importlib.import_module("torchgen.gen")
    return tuple(gen.get_grouped_native_functions(parsed().native_functions))


def names_of(group: Any) -> list[str]:
    functions = group.functions() if hasattr(group, "functions") else [group]
    return [str(function.func.name) for function in functions]


def is_known_to_torchgen(names: Iterable[str], chosen: set[str], group: Any) -> bool:
    """Whether torchgen has code for the variants of a group that are not listed.

    It fails for variants without returns, or that write to several arguments.
    """
    functional = getattr(group, "functional", None)
    if functional is None or str(functional.func.name) not in chosen:
        return True
    return all(
        str(f.func.name) in chosen
        or (
            f.func.kind().name in ("inplace", "out")
            and (f.func.returns or len(f.func.arguments.out) == 1)
        )
        for f in group.functions()
        if f is not functional
    )


@pytest.mark.parametrize("seed", range(6))
def test_random_files(tmp_path: Path, seed: int) -> None:
    """Any operators, split at random between the lists."""
    need_torch()
    chance = random.Random(seed)
    lists: dict[str, list[str]] = {"supported": [], "autograd": [], "symint": []}
    for group in chance.sample(torchgen_functions(), 150):
        names = names_of(group)
        chosen = set(chance.sample(names, chance.randint(1, len(names))))
        if not is_known_to_torchgen(names, chosen, group):
            chosen = set(names)
        field = chance.choices(["supported", "autograd"], [4, 1])[0]
        lists[field] += sorted(chosen)
        functions = group.functions() if hasattr(group, "functions") else [group]
        lists["symint"] += [
            str(f.func.name)
            for f in functions
            if str(f.func.name) in chosen
            and f.func.has_symint()
            and chance.random() < 0.5
        ]
    compare(
        tmp_path,
        {
            "backend": chance.choice(["XLA", "PrivateUse1", "Lazy", "HPU", "IPU"]),
            "cpp_namespace": "random_kernels",
            "use_out_as_primary": chance.random() < 0.3,
            "device_guard": chance.random() < 0.3,
            **lists,
        },
    )


# The kernels run


STUBS: Final = DECLARATIONS / "stubs.yaml"

# What stubs.cpp adds or multiplies tells that it is its kernel that computes.
RESULTS: Final = {
    "add": [1007.0, 1010.0],
    "add.out": [1004.0, 1006.0],
    "neg": [99.0, 98.0],
    "sigmoid.out": [10.0, 20.0],
    "add_": [1004.0, 1006.0],
    "neg_": [-904.0, -906.0],
    "max": [[7.0, 10.0], [1, 0]],
    "max.out": [[7.0, 10.0], [1, 0]],
    "repeat": [8.0, 9.0, 8.0, 9.0],
    "full": [4.0, 4.0],
    "full.out": [4.0, 4.0],
    "unbind": [[10.0, 11.0], [14.0, 13.0]],
    "unbind.out": [[10.0, 11.0], [14.0, 13.0]],
    "mish": [3.0, 6.0],
}


@pytest.fixture(scope="module")
def stubs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Declarations of the device, which name the backend file."""
    file = tmp_path_factory.mktemp("stubs") / "stubs_extension.yaml"
    file.write_text(
        "extends: pytorch\ndispatcher: {name: stubs}\n"
        "torch: {package: stubs_extension, device: stub}\n"
        f"operators: [{native_functions()}, {STUBS}]\n",
        "utf-8",
    )
    return file


def test_in_stock_pytorch(
    stubs: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An author's sources compile as they are, and their kernels are called."""
    workshop = Workshop(workshop_folder(tmp_path_factory))
    project = workshop.build("stubs", stubs, [HERE / "stubs.cpp"])
    found = run("stubs:calls", "stubs_extension", folders=[project]).value
    assert found.pop("failed") == []
    (file,) = load_model([stubs]).backend_files
    registered = {tuple(one) for one in found.pop("report")}
    assert {(k.operator, k.key) for k in file.kernels} <= registered
    assert found == RESULTS


def test_sources_are_complete(stubs: Path) -> None:
    checked = check_kernels(load_model([stubs]), [HERE / "stubs.cpp"])
    assert checked.kernels == 8


# Which kernels are missing


FOOLED: Final = """
namespace own {
// at::Tensor XLANativeFunctions::relu(const at::Tensor& self) { return self; }
#if 0
at::Tensor XLANativeFunctions::neg(const at::Tensor& self) { return self; }
#endif
at::Tensor XLANativeFunctions::exp(const at::Tensor& self);
const char* text = R"(
at::Tensor XLANativeFunctions::log(const at::Tensor& self) { return self; }
)";
at::Tensor XLANativeFunctions::mul(const at::Tensor& self) { return self; }
at::Tensor XLANativeFunctions
    ::sqrt(const at::Tensor& self) { return self; }
}
at::Tensor own::XLANativeFunctions::abs(const at::Tensor& self) { return self; }
"""
# Whether torchgen's regular expression, and whether the parser, says that there is no such
# definition: the latter is right about all of them.
MISSING: Final = {
    "relu": (False, True),
    "neg": (False, True),
    "exp": (False, True),
    "log": (False, True),
    "mul.Tensor": (False, True),
    "sqrt": (True, False),
    "abs": (True, False),
    "tanh": (True, True),
}


def test_missing_kernels_beside_torchgen(tmp_path: Path) -> None:
    """torchgen looks for lines that look like a definition; here sources are parsed."""
    content = {"backend": "XLA", "cpp_namespace": "own", "supported": [*MISSING]}
    model = load(tmp_path, content)
    source = tmp_path / "kernels.cpp"
    source.write_text(FOOLED, "utf-8")
    with pytest.raises(DeclarationError) as ours:
        check_kernels(model, [source])
    with pytest.raises(AssertionError) as theirs:
        run_torchgen(tmp_path, source)
    lines = (tmp_path / "backend.yaml").read_text("utf-8").splitlines()
    told = {
        lines[d.span.line - 1].removeprefix("- ")
        for d in ours.value.diagnostics
        if d.span is not None
    }
    text = str(theirs.value)
    found = {
        name: (f"definition for {name.partition('.')[0]}." in text, name in told)
        for name in MISSING
    }
    assert found == MISSING


# In Python


def test_kernels_in_python(tmp_path: Path) -> None:
    content = like_xla(backend="PrivateUse1")
    (tmp_path / "backend.yaml").write_text(yaml.safe_dump(content), "utf-8")
    declarations = tmp_path / "extension.yaml"
    declarations.write_text(
        "extends: pytorch\ndispatcher: {name: theirs}\n"
        "torch: {package: in_python_alone, kernels: {module: any_kernels}}\n"
        f"operators: [{native_functions()}, backend.yaml]\n",
        "utf-8",
    )
    write(declarations, "torch_library", tmp_path / "in_python_alone")
    (tmp_path / "any_kernels.py").write_text(
        "def __getattr__(name):\n    return lambda *a, **k: None\n", "utf-8"
    )
    found = run("stubs:registered", "in_python_alone", folders=[tmp_path]).value
    (file,) = load_model([declarations]).backend_files
    assert {tuple(one) for one in found} == {
        (k.operator, k.key, "registered") for k in file.kernels
    }


def test_copying_in_python() -> None:
    need_torch()
    assert run("stubs:copied").value == {
        "out": [4.0, 6.0],
        "several": [[2.0, 4.0], [1, 1]],
        "list": [[1.0, 3.0], [2.0, 4.0]],
        "options": ["torch.float64", [1.0, 1.0]],
    }
