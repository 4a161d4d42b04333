"""What acme has in Python: a kernel, and what `acme::scaled_relu` needs beyond kernels."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


def silu(x: Tensor) -> Tensor:
    """The kernel of `aten::silu`, made of two of acme's."""
    return x * torch.sigmoid(x)


def scaled_relu_fake(x: Tensor, scale: float) -> Tensor:
    """A result without values."""
    return torch.empty_like(x)


def scaled_relu_save(ctx: Any, inputs: tuple[Tensor, float], output: Tensor) -> None:
    """Keep what the gradient needs; PyTorch passes all three by these names."""
    _, ctx.scale = inputs
    ctx.save_for_backward(output)


def scaled_relu_backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
    """The gradients of `x` and of `scale`, which has none."""
    (output,) = ctx.saved_tensors
    return gradient * (output != 0) * ctx.scale, None
