"""Meta kernels: what shape a result has, without computing it."""

from collections.abc import Sequence

import numpy as np

from .tensor import Tensor


def _empty(shape: Sequence[int]) -> Tensor:
    """An array of that shape that takes no memory: all its elements are the same one."""
    return Tensor(np.broadcast_to(np.nan, tuple(shape)), "Meta")


def full(size: Sequence[int], value: float, *, device: str = "Meta") -> Tensor:
    return _empty(size)


def elementwise(*operands: Tensor | float) -> Tensor:
    shapes = [operand.shape for operand in operands if isinstance(operand, Tensor)]
    return _empty(np.broadcast_shapes(*shapes))


def inplace(self: Tensor, *others: Tensor) -> Tensor:
    shape = np.broadcast_shapes(self.shape, *(other.shape for other in others))
    if shape != self.shape:
        raise ValueError(f"the operands do not fit into {self.shape}")
    return self


def matmul(self: Tensor, other: Tensor) -> Tensor:
    (rows, inner), (inner_too, columns) = self.shape, other.shape
    if inner != inner_too:
        raise ValueError(f"matmul of {self.shape} and {other.shape}")
    return _empty((rows, columns))


def sum(
    self: Tensor, dim: Sequence[int] | None = None, keepdim: bool = False
) -> Tensor:
    n = len(self.shape)
    summed = range(n) if dim is None else {d % n for d in dim}
    sizes = [1 if d in summed else size for d, size in enumerate(self.shape)]
    return _empty([s for d, s in enumerate(sizes) if keepdim or d not in summed])


def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    shape = list(tensors[0].shape)
    for other in tensors[1:]:
        fitting = [*shape]
        fitting[dim] = other.shape[dim]
        if other.shape != tuple(fitting):
            raise ValueError(f"cat of {tensors[0].shape} and {other.shape}")
        shape[dim] += other.shape[dim]
    return _empty(shape)
