"""Asks PyTorch, as it is or with generated sources in it, what its lists leave out."""

from __future__ import annotations

import json
import sys
from typing import Any

import torch


def parsed(names: list[str]) -> list[str]:
    """The names that the string parser knows."""
    return [n for n in names if torch._C._parse_dispatch_key(n) is not None]


def accepted(names: list[str]) -> list[str]:
    """The keys that a library can register kernels for."""
    found = []
    for name in names:
        try:
            torch.library.Library("aten", "IMPL", name)
        except RuntimeError:
            continue
        found.append(name)
    return found


def reached(backends: list[str]) -> dict[str, str]:
    """By backend: why its Autograd slot holds what it does.

    The operator has a kernel for autograd and all backends at once, and one for this
    backend, which the former would hide.
    """
    reasons = {}
    for backend in backends:
        library = torch.library.Library(f"gaps_{backend}", "DEF")
        library.define("f(Tensor x) -> Tensor")
        library.impl("f", lambda x: x, "CompositeImplicitAutograd")
        library.impl("f", lambda x: x, backend)
        table = torch._C._dispatch_dump_table(f"gaps_{backend}::f")
        rows = dict(line.split(": ", 1) for line in table.splitlines())
        row = rows.get(f"Autograd{backend}", "")
        reasons[backend] = row.rpartition("[")[2].rstrip("]")
    return reasons


def main(asked: dict[str, Any]) -> dict[str, Any]:
    if asked["library"]:
        torch.ops.load_library(asked["library"])
    return {
        "parsed": parsed(asked["keys"]),
        "accepted": accepted(asked["accepted"]),
        "reached": reached(asked["backends"]),
        "fallbacks": [
            name
            for name in asked["fallbacks"]
            if torch._C._dispatch_has_backend_fallback(
                getattr(torch._C.DispatchKey, name)
            )
        ],
    }


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
