"""Kernels made of other operators: they run on every backend, and need no gradients."""

from math import prod

from .tensor import Tensor, mt


def sub(self: Tensor, other: Tensor | float) -> Tensor:
    return self + -other


def neg(self: Tensor) -> Tensor:
    return self * -1.0


def mean(self: Tensor) -> Tensor:
    total: Tensor = mt.sum(self)
    return total / prod(self.shape)
