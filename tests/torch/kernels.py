"""Kernels and fallbacks in Python, of the declarations beside this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

SEEN: list[tuple[str, str]] = []


def thrice(x: Any) -> Any:
    return x * 3


def see_and_run_on_cpu(op: Any, keys: Any, *args: Any, **kwargs: Any) -> Any:
    """A fallback: notes what it was called with, and goes on."""
    SEEN.append((op.name(), str(keys)))
    return op.redispatch(torch._C.DispatchKeySet("CPU"), *args, **kwargs)


def doubled(x: Any) -> Any:
    return x.detach() * 2


def doubled_fake(x: Any) -> Any:
    return torch.empty_like(x)


def doubled_backward(context: Any, gradient: Any) -> Any:
    return gradient * 2


def kept(x: Any) -> bool:
    """Whether it can go back to the keys of the thread."""
    try:
        with torch._C._RestorePythonTLSSnapshot():
            return True
    except RuntimeError:
        return False


def write(x: Any, ys: Sequence[Any], *, out: Any) -> tuple[Any, Any]:
    x.add_(1)
    out.copy_(x + sum(ys))
    return out, x
