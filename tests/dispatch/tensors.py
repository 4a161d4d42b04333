"""What the tests call operators with: a tensor is an object with a raw keyset."""

from __future__ import annotations

from typing import Any

from generated import DispatchKey, DispatchKeySet


class Tensor:
    """A tensor of some keys."""

    def __init__(self, *keys: DispatchKey) -> None:
        self._dispatch_keys = raw(*keys)

    def __repr__(self) -> str:
        return f"Tensor({DispatchKeySet.from_raw_repr(self._dispatch_keys)})"


def raw(*keys: Any) -> int:
    """The integer of a set of keys."""
    return DispatchKeySet(keys).raw_repr()


CPU = Tensor(DispatchKey.CPU)
CUDA = Tensor(DispatchKey.CUDA)
AUTOGRAD_CPU = Tensor(DispatchKey.CPU, DispatchKey.AutogradCPU)
