"""PyTorch's own YAML, named by declarations: every function and registration of the wheel."""

from __future__ import annotations

import importlib
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from codegen import Model
from codegen.layers import load_layers
from codegen.lint.kernels import unused_kernels
from codegen.lint.shadows import ambiguous_slots, shadowed_kernels
from codegen.pipeline import load_model
from codegen.runtime.python.table import Outcome
from tests.torch.building import need_torch
from tests.torch.test_torchgen_registrations import NOT_BUILT, Wheel, wheel

__all__ = ["wheel"]

pytestmark = pytest.mark.torch

FUNCTIONS: Final = 3101
REGISTRATIONS: Final = 6292


def packaged() -> Path:
    """The folder of the YAML that torchgen comes with."""
    torchgen = Path(str(importlib.import_module("torchgen").__file__)).parent
    return torchgen / "packaged" / "ATen" / "native"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    need_torch()
    folder = packaged()
    file = tmp_path_factory.mktemp("full") / "full.yaml"
    file.write_text(
        "extends: pytorch\ndispatcher: {name: full}\n"
        f"operators: [{folder / 'native_functions.yaml'}, {folder / 'tags.yaml'}]\n",
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


def test_tags(model: Model) -> None:
    """The declared list of PyTorch's tags is that of its file, and torchgen reads no other."""
    (layer,) = load_layers([packaged() / "tags.yaml"])
    tags = {
        str(tag.tag) for document in layer.documents for tag in document.operator_tags
    }
    assert model.torch is not None
    assert tags == set(model.torch.tags)
    gen = importlib.import_module("torchgen.gen")
    assert tags == gen.parse_tags_yaml(str(packaged() / "tags.yaml"))


# What PyTorch's other program, for `derivatives.yaml`, registers Autograd kernels for.
SHADOWED: Final = {
    "aten::_fused_rms_norm",
    "aten::_test_autograd_multiple_dispatch.ntonly",
    "aten::chunk",
    "aten::linear",
    "aten::matmul",
    "aten::matmul.out",
    "aten::max_pool2d",
    "aten::mish_backward",
    "aten::narrow",
    "aten::native_channel_shuffle",
    "aten::silu_backward",
    "aten::value_selecting_reduction_backward",
}


def test_shadows(model: Model, wheel: Mapping[str, Wheel]) -> None:
    """Where a composite kernel is said to be kept out, the wheel keeps it out, too."""
    names = {str(finding.subject) for finding in shadowed_kernels(model)}
    assert names == SHADOWED
    compared = 0
    for name in names:
        kernels = model.operators[name].kernels
        for slot, (_, reason) in wheel[name].table.items():
            steps = list(model.why(kernels, slot))
            kept_out = {
                key
                for step in steps
                if step.outcome is Outcome.YIELDS
                for key in step.because
            }
            if kept_out & wheel[name].generated.keys():
                assert reason in ("autograd kernel", "kernel"), (name, slot)
                compared += 1
    assert compared >= len(names)


def test_no_other_kernel_is_in_vain(model: Model) -> None:
    found = [*unused_kernels(model), *ambiguous_slots(model)]
    assert [(f.code, f.subject) for f in found] == [("DG313", "probe::ambiguous")]
