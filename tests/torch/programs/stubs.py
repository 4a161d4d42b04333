"""What kernels of a backend file compute, in C++ or in Python, called in PyTorch."""

from __future__ import annotations

import importlib
from typing import Any

import torch

from codegen.runtime.torch_library.copying import Copying


def numbers(x: Any) -> Any:
    return x.detach().to("cpu").tolist()


def calls(package: str) -> dict[str, Any]:
    """Results of kernels, and of those that copy what they compute."""
    extension = importlib.import_module(package)
    x, y = (torch.tensor(v).to("stub") for v in ([1.0, 2.0], [3.0, 4.0]))
    found = {
        "report": [
            [one.name, one.key]
            for one in extension.report
            if one.what == "kernel" and one.outcome == "registered"
        ],
        "failed": [list(one) for one in extension.report if one.outcome == "failed"],
        "add": numbers(torch.add(x, y, alpha=2)),
        "add.out": numbers(torch.add(x, y, out=torch.empty(2, device="stub"))),
        "neg": numbers(-x),
        "sigmoid.out": numbers(torch.sigmoid(x, out=torch.empty(2, device="stub"))),
    }
    z = x.clone()
    z += y
    found["add_"] = numbers(z)
    found["neg_"] = numbers(z.neg_())
    grid = torch.tensor([[1.0, 2.0], [5.0, 4.0]]).to("stub")
    values, indices = torch.max(grid, 1)
    outs = torch.empty(2, device="stub"), torch.empty(
        2, dtype=torch.int64, device="stub"
    )
    torch.max(grid, 1, out=outs)
    found["max"] = [numbers(values), numbers(indices)]
    found["max.out"] = [numbers(out) for out in outs]
    found["repeat"] = numbers(x.repeat(2))
    found["full"] = numbers(torch.full((2,), 1.0, device="stub"))
    found["full.out"] = numbers(
        torch.full((2,), 1.0, out=torch.empty(2, device="stub"))
    )
    parts = [torch.empty(2, device="stub") for _ in range(2)]
    found["unbind"] = [numbers(part) for part in torch.unbind_copy(grid)]
    torch.unbind_copy(grid, out=parts)
    found["unbind.out"] = [numbers(part) for part in parts]
    x.requires_grad_()
    found["mish"] = numbers(torch.nn.functional.mish(x))
    return found


def registered(package: str) -> list[list[str]]:
    """What became of each kernel."""
    extension = importlib.import_module(package)
    return [[one.name, one.key, one.outcome] for one in extension.report]


def add(x: Any, y: Any, *, alpha: Any) -> Any:
    return torch.add(x, y, alpha=alpha)


def put(source: Any, target: Any) -> None:
    target.copy_(source)


def copied() -> dict[str, Any]:
    """What functions of `copying.py` do, with PyTorch's own kernels."""
    library = torch.library.Library("stubs", "DEF")
    library.define("put(Tensor source, Tensor(a!) target) -> ()")
    library.impl("put", put, "CPU")

    def made(operator: str, kernel: str, functional: str) -> Any:
        return Copying(operator, kernel, functional, "stubs::put").make()

    x, grid = torch.tensor([1.0, 2.0]), torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    out, other = torch.empty(2), torch.empty(2, dtype=torch.int64)
    module = "tests.torch.programs.stubs"
    found: dict[str, Any] = {}
    add_out = made("aten::add.out", f"{module}:add", "aten::add.Tensor")
    found["out"] = add_out(x, torch.tensor([3.0, 4.0]), out=out).tolist()
    max_out = made("aten::max.dim_max", "torch:max", "aten::max.dim")
    values = max_out(grid, 1, max=out, max_values=other)
    found["several"] = [value.tolist() for value in values]
    parts = [torch.empty(2), torch.empty(2)]
    unbind = made(
        "aten::unbind_copy.int_out", "torch:unbind_copy", "aten::unbind_copy.int"
    )
    assert unbind(grid, 1, out=parts) is None
    found["list"] = [part.tolist() for part in parts]
    full = made("aten::full.out", "torch:full", "aten::full")
    result = full([2], 1, out=torch.empty(2, dtype=torch.float64))
    found["options"] = [str(result.dtype), result.tolist()]
    return found
