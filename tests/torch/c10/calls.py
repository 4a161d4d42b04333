"""Runs PyTorch with what was compiled with generated files, and prints JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

import torch


def call_operator(library: str) -> dict[str, Any]:
    """What the operators of operator.cpp return, and what is registered."""
    torch.ops.load_library(library)
    ops = torch.ops.c10_test
    x = torch.tensor([1.0, -2.0])
    maia = 12
    return {
        "cpu": ops.twice(x).tolist(),
        "with grad": ops.twice(x.clone().requires_grad_()).tolist(),
        "maia": ops.call_on(x, maia, False).tolist(),
        "maia, traced": ops.call_on(x, maia, True).tolist(),
        "keys": [ops.keys_of(x), repr(torch._C._dispatch_keys(x))],
        "raw": [ops.raw_keys_of(x), torch._C._dispatch_keys(x).raw_repr()],
        "dump": torch._C._dispatch_dump("c10_test::twice"),
        "table": torch._C._dispatch_dump_table("c10_test::twice"),
    }


def register(key: str) -> dict[str, Any]:
    """Whether a Python kernel can be registered for a key, and PyTorch works."""
    library = torch.library.Library("c10_names", "DEF")
    library.define("twice(Tensor x) -> Tensor")
    error = None
    try:
        library.impl("twice", lambda x: x + x, key)
    except RuntimeError as raised:
        error = str(raised).partition("\n")[0]
    x = torch.ones(3, requires_grad=True)
    (x * x).sum().backward()
    assert x.grad is not None
    return {
        "error": error,
        "dump": torch._C._dispatch_dump("c10_names::twice"),
        "gradient": x.grad.tolist(),
        "table": torch._C._dispatch_dump_table("aten::add.Tensor"),
        "keys": repr(torch._C._dispatch_keys(x)),
    }


FUNCTIONS: Final[Mapping[str, Callable[[str], dict[str, Any]]]] = {
    "call_operator": call_operator,
    "register": register,
}

if __name__ == "__main__":
    name, argument = sys.argv[1:]
    print(json.dumps(FUNCTIONS[name](argument)))
