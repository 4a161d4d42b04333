"""PyTorch's own YAML, named by declarations: every function and registration of the wheel."""

from __future__ import annotations

import importlib
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from codegen import Model
from codegen.pipeline import load_model
from tests.torch.building import need_torch
from tests.torch.test_torchgen_registrations import NOT_BUILT, Wheel, wheel

__all__ = ["wheel"]

pytestmark = pytest.mark.torch

FUNCTIONS: Final = 3101
REGISTRATIONS: Final = 6292


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    need_torch()
    torchgen = Path(str(importlib.import_module("torchgen").__file__)).parent
    functions = torchgen / "packaged" / "ATen" / "native" / "native_functions.yaml"
    file = tmp_path_factory.mktemp("full") / "full.yaml"
    file.write_text(
        "extends: pytorch\ndispatcher: {name: full}\n" f"operators: {functions}\n",
        "utf-8",
    )
    before = time.perf_counter()
    model = load_model([file])
    print(f"{len(model.operators)} operators in {time.perf_counter() - before:.2f} s")
    return model


def test_every_function(model: Model, wheel: Mapping[str, Wheel]) -> None:
    names = [name for name in model.operators if name.startswith("aten::")]
    assert len(names) == FUNCTIONS
    assert set(names) <= wheel.keys()


def test_registrations(model: Model, wheel: Mapping[str, Wheel]) -> None:
    """Those of the files that torchgen writes, the inactive ones included."""
    ours = {
        (name, key)
        for name, operator in model.operators.items()
        for key in operator.kernels
        if name.startswith("aten::") and key not in NOT_BUILT
    }
    theirs = {(name, key) for name, one in wheel.items() for key in one.generated}
    assert len(theirs) == REGISTRATIONS
    assert ours == theirs
