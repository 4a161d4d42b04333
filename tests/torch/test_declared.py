"""What the declarations say of PyTorch for extensions is what the installed one has."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

import codegen
from codegen.model_torch import TorchOptions

VERSION: Final = "2.13.0"
ROOT: Final = Path(__file__).parents[2]

PROGRAM: Final = """
import json
import torch

tags = list(torch.Tag.__members__)
names = torch._C._dispatch_get_all_op_names()
print(json.dumps([tags, sorted({name.partition("::")[0] for name in names}), names]))
"""

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def installed() -> Any:
    try:
        found = importlib.metadata.version("torch").partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"PyTorch {VERSION} is not installed: pip install torch=={VERSION}")
    if found != VERSION:
        pytest.skip(f"PyTorch {VERSION} is needed, {found} is installed")
    # In a process of its own: other tests' modules have registered more.
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def declared() -> TorchOptions:
    torch = codegen.load(ROOT / "declarations").torch
    assert torch is not None
    return torch


def test_release(declared: TorchOptions) -> None:
    assert VERSION.startswith(f"{declared.version}.")


def test_tags(installed: Any, declared: TorchOptions) -> None:
    tags, _, _ = installed
    assert sorted(declared.tags) == sorted(tags)


def test_namespaces(installed: Any, declared: TorchOptions) -> None:
    _, namespaces, _ = installed
    assert sorted(declared.namespaces) == namespaces


def test_operators_of_a_device(installed: Any) -> None:
    """Those that a device in the host's memory has kernels for."""
    _, _, names = installed
    model = codegen.load(
        ROOT / "tests" / "torch" / "declarations" / "device.yaml",
    )
    assert model.torch is not None
    assert model.torch.device is not None
    kernels = model.torch.device.host_kernels
    assert kernels
    assert {name for of_key in kernels.values() for name in of_key} <= set(names)
