"""Selective builds of PyTorch's own YAML: what torchgen selects, and what it registers."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from codegen import Model
from codegen.pipeline import generate, load_model
from tests.torch.building import need_torch
from tests.torch.test_torchgen_registrations import (
    registered_by_key,
    registered_by_schema,
    torchgen,
    yaml,
)

__all__ = ["torchgen", "yaml"]

pytestmark = pytest.mark.torch

FUNCTIONS: Final = 3101

# What torchgen's tools write has these fields; one of a kind is enough.
WRITTEN: Final[Mapping[str, Mapping[str, Any]]] = {
    "names": {
        "operators": {
            "aten::add": {},
            "aten::relu": {"include_all_overloads": True},
            "aten::empty": {"is_root_operator": False},
            "aten::conv2d": {"is_used_for_training": False},
            "aten::view": {"debug_info": ["a model"]},
        },
        "include_all_non_op_selectives": True,
    },
    "overloads": {
        "include_all_operators": False,
        "operators": {
            "aten::relu": {"include_all_overloads": False},
            "aten::sub_.Tensor": {"include_all_overloads": False},
            # The flag says nothing of a name with an overload.
            "aten::mul.Tensor": {"include_all_overloads": True},
            "aten::mul.out": {"is_used_for_training": False},
            "aten::empty.memory_format": {},
            "aten::__and__.Scalar": {},
            "aten::sum": {"is_used_for_training": False},
            "aten::sum.dim_IntList": {"is_used_for_training": True},
            "aten::mean.dim": {"is_used_for_training": False},
            "aten::mean": {"include_all_overloads": True},
        },
        "kernel_metadata": {"add_kernel": ["Float", "Int"]},
        "custom_classes": ["__torch__.torch.classes.quantized.Conv2d"],
        "build_features": ["a feature"],
    },
    "everything": {
        "include_all_operators": True,
        "operators": {"aten::relu": {"include_all_overloads": False}},
    },
}

Load = Callable[..., Model]


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Load:
    """Loads PyTorch's YAML with a selection, and the files that it names."""
    need_torch()
    package = Path(str(importlib.import_module("torchgen").__file__)).parent
    functions = package / "packaged" / "ATen" / "native" / "native_functions.yaml"

    def load(selection: str, *files: Mapping[str, Any]) -> Model:
        folder = tmp_path_factory.mktemp("selected")
        for number, content in enumerate(files):
            (folder / f"{number}.yaml").write_text(text_of(content), "utf-8")
        file = folder / "full.yaml"
        file.write_text(
            "extends: pytorch\n"
            "dispatcher: {name: full}\n"
            f"operators: {functions}\n"
            + (f"selection: {selection}\n" if selection else ""),
            "utf-8",
        )
        return load_model([file])

    return load


def text_of(file: Mapping[str, Any]) -> str:
    """As YAML, which torchgen's tools write too."""
    return str(importlib.import_module("yaml").safe_dump(dict(file)))


@pytest.fixture(scope="module")
def whole(load: Load) -> Model:
    model = load("")
    assert len(of_pytorch(model)) == FUNCTIONS
    return model


def of_pytorch(model: Model) -> set[str]:
    return {name for name in model.operators if name.startswith("aten::")}


def builder(torchgen: Any, file: Mapping[str, Any]) -> Any:
    return torchgen.SelectiveBuilder.from_yaml_dict(dict(file))


def random_file(whole: Model, seed: int) -> Mapping[str, Any]:
    """Entries of random operators and names, with random fields."""
    choose = random.Random(seed)
    names = sorted(of_pytorch(whole))
    packets = sorted({name.partition(".")[0] for name in names})
    operators: dict[str, dict[str, bool]] = {}
    fields = ("is_root_operator", "is_used_for_training", "include_all_overloads")
    for name in [*choose.sample(names, 60), *choose.sample(packets, 40)]:
        entry = {f: choose.random() < 0.5 for f in fields if choose.random() < 0.7}
        if name not in whole.operators:
            entry["include_all_overloads"] = True  # torchgen would pass over it.
        operators[name] = entry
    return {"operators": operators, "include_all_operators": False}


def check(load: Load, whole: Model, selector: Any, *files: Mapping[str, Any]) -> None:
    """Every function: whether it is there, and whether it is for training."""
    named = [f"{number}.yaml" for number in range(len(files))]
    model = load(f"{{files: {named}, training_keys: [CPU]}}", *files)
    expected = {n for n in whole.operators if selector.is_operator_selected(n)}
    assert set(model.operators) == expected
    asked = 0
    for name in expected:
        if "CPU" in whole.operators[name].kernels:
            trains = "CPU" in model.operators[name].kernels
            assert trains == selector.is_operator_selected_for_training(name), name
            asked += 1
    assert asked


@pytest.mark.parametrize("name", ["names", "overloads", "everything"])
def test_what_torchgen_selects(
    name: str, load: Load, whole: Model, torchgen: Any
) -> None:
    check(load, whole, builder(torchgen, WRITTEN[name]), WRITTEN[name])


@pytest.mark.parametrize("seed", range(4))
def test_random_files(seed: int, load: Load, whole: Model, torchgen: Any) -> None:
    file = random_file(whole, seed)
    check(load, whole, builder(torchgen, file), file)


def test_files_that_torchgen_joins(load: Load, whole: Model, torchgen: Any) -> None:
    selector = importlib.import_module("torchgen.selective_build.selector")
    files = [WRITTEN["names"], WRITTEN["overloads"], random_file(whole, 100)]
    # An entry of the same name in both, each with what the other lacks.
    files += [
        {"operators": {"aten::div": {"is_used_for_training": False}}},
        {"operators": {"aten::div.Tensor": {}, "aten::add": {}}},
    ]
    joined = builder(torchgen, files[0])
    for file in files[1:]:
        joined = selector.combine_selective_builders(joined, builder(torchgen, file))
    check(load, whole, joined, *files)


def test_a_plain_list(load: Load, whole: Model, torchgen: Any) -> None:
    """What `--op-registration-allowlist` of torchgen takes."""
    listed = ["aten::add", "aten::sub.Tensor", "aten::relu", "aten::__and__"]
    selector = torchgen.get_custom_build_selector(listed, None)
    model = load(f"{{operators: {listed}}}")
    assert set(model.operators) == {
        name for name in whole.operators if selector.is_operator_selected(name)
    }


def test_a_namespace(load: Load, whole: Model) -> None:
    assert set(load("{namespaces: [aten]}").operators) == of_pytorch(whole)


@pytest.mark.parametrize("name", ["overloads", "everything", "random"])
def test_registrations(
    name: str, load: Load, whole: Model, torchgen: Any, yaml: Path
) -> None:
    """Those of torchgen with the same file: structured ones, and none that it leaves out."""
    file = random_file(whole, 7) if name == "random" else WRITTEN[name]
    selector = builder(torchgen, file)
    parsed = torchgen.parse_native_yaml(
        str(yaml / "native_functions.yaml"), str(yaml / "tags.yaml")
    )
    theirs = {
        (f"aten::{operator}", key)
        for registered in (registered_by_key, registered_by_schema)
        for key, operator, _ in registered(torchgen, parsed, selector)
    }
    model = load("{files: [0.yaml]}", file)
    # Operators of other namespaces are not in torchgen's file.
    ours = {
        (operator, key)
        for operator in of_pytorch(model)
        for key in model.operators[operator].kernels
    }
    assert ours == theirs
    assert bool({key for _, key in ours} & {"Functionalize"}) == (name == "everything")


# ---- the output


def packets(model: Model) -> set[str]:
    return {name.partition("::")[2].partition(".")[0] for name in model.operators}


def size(files: Mapping[str, str]) -> int:
    return sum(len(text.encode()) for text in files.values())


@pytest.mark.parametrize(
    ("target", "folder", "suffix"),
    [
        ("python", "operators/aten", ".py"),
        ("cpp", "include/full/dispatch/operators/aten", ".h"),
    ],
)
def test_the_output_shrinks(
    target: str, folder: str, suffix: str, load: Load, whole: Model
) -> None:
    """A module a name; what is left of the bytes is support code, keys and sets."""
    names = random.Random(1).sample(sorted(of_pytorch(whole)), 20)
    model = load(f"{{operators: {as_list(names)}}}")
    assert sorted(model.operators) == sorted(names)
    files, all_files = generate(model, target), generate(whole, target)
    modules = {
        path.removeprefix(f"{folder}/").removesuffix(suffix)
        for path in files
        if path.startswith(f"{folder}/") and "__init__" not in path
    }
    assert modules == packets(model)
    assert files.keys() < all_files.keys()
    assert size(of_operators(files)) * 50 < size(of_operators(all_files))
    # No other operator is in an index, a registration or a list of prototypes.
    chosen = packets(model)
    others = sorted(packets(whole) - chosen)
    text = "\n".join(files.values())
    assert [name for name in others if f'"aten::{name}' in text] == [
        # A chosen name that begins like it.
        name
        for name in others
        if any(one.startswith(name) and f'"aten::{one}' in text for one in chosen)
    ]


def of_operators(files: Mapping[str, str]) -> Mapping[str, str]:
    """Without what all dispatchers have: support code and keys."""
    return {path: text for path, text in files.items() if "/aten/" in path}


def as_list(names: Sequence[str]) -> list[str]:
    """Operators without an overload name are written as Python has them."""
    return [name if "." in name else f"{name}.default" for name in names]
