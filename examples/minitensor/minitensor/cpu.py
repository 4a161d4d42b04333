"""CPU kernels: NumPy. declarations/operators.yaml says which kernel is which operator's."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .tensor import Tensor


def _kernel(function: Callable[..., Any]) -> Callable[..., Tensor]:
    """A kernel of a function of arrays and numbers."""

    def kernel(*args: Tensor | float) -> Tensor:
        result = function(*(x.data if isinstance(x, Tensor) else x for x in args))
        return Tensor(np.asarray(result), "CPU")

    return kernel


add = _kernel(np.add)
mul = _kernel(np.multiply)
div = _kernel(np.divide)
exp = _kernel(np.exp)
tanh = _kernel(np.tanh)
relu = _kernel(lambda x: np.where(x > 0, x, 0.0))
step = _kernel(lambda x: np.where(x > 0, 1.0, 0.0))
clone = _kernel(lambda x: x.copy())
matmul = _kernel(np.matmul)


def full(size: Sequence[int], value: float, *, device: str = "CPU") -> Tensor:
    return Tensor(np.full(tuple(size), value, np.float64), "CPU")


def sum(
    self: Tensor, dim: Sequence[int] | None = None, keepdim: bool = False
) -> Tensor:
    axis = None if dim is None else tuple(dim)
    return Tensor(np.asarray(self.data.sum(axis, keepdims=keepdim)), "CPU")


def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    return Tensor(np.concatenate([tensor.data for tensor in tensors], dim), "CPU")


# Views are NumPy's own. They serve each backend whose data is an array.


def view(self: Tensor, size: Sequence[int]) -> Tensor:
    try:
        array = self.data.reshape(tuple(size), copy=False)
    except ValueError:
        problem = f"{self.shape} has no view of shape {tuple(size)}; clone it first"
        raise ValueError(problem) from None
    return Tensor(array, self.device)


def expand(self: Tensor, size: Sequence[int]) -> Tensor:
    return Tensor(np.broadcast_to(self.data, tuple(size)), self.device)


def transpose(self: Tensor, dim0: int, dim1: int) -> Tensor:
    return Tensor(self.data.swapaxes(dim0, dim1), self.device)


def narrow(self: Tensor, dim: int, start: int, length: int) -> Tensor:
    index = (slice(None),) * (dim % self.data.ndim)
    return Tensor(self.data[(*index, slice(start, start + length))], self.device)


# In place


def add_(self: Tensor, other: Tensor) -> Tensor:
    self.data += other.data
    return self


def copy_(self: Tensor, other: Tensor) -> Tensor:
    self.data[...] = other.data
    return self


def zero_(self: Tensor) -> Tensor:
    self.data[...] = 0.0
    return self
