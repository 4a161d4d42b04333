"""Registrations for CompositeImplicitAutograd: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = []

KERNELS: list[Kernel] = [
    Kernel("_test::leaky_relu", "CompositeImplicitAutograd", "leaky_relu"),
    Kernel("aten::chunk", "CompositeImplicitAutograd", "chunk"),
    Kernel(
        "aten::cudnn_is_acceptable", "CompositeImplicitAutograd", "cudnn_is_acceptable"
    ),
    Kernel("aten::dropout", "CompositeImplicitAutograd", "dropout"),
    Kernel("aten::flatten.using_ints", "CompositeImplicitAutograd", "flatten"),
    Kernel("aten::is_nonzero", "CompositeImplicitAutograd", "is_nonzero"),
    Kernel("aten::linear", "CompositeImplicitAutograd", "linear"),
    Kernel("aten::matmul", "CompositeImplicitAutograd", "matmul"),
    Kernel(
        "aten::native_channel_shuffle",
        "CompositeImplicitAutograd",
        "math_channel_shuffle",
    ),
    Kernel("aten::requires_grad_", "CompositeImplicitAutograd", "requires_grad_"),
    Kernel("aten::reshape", "CompositeImplicitAutograd", "reshape_symint"),
    Kernel("aten::silu_backward", "CompositeImplicitAutograd", "math_silu_backward"),
    Kernel("probe::ambiguous", "CompositeImplicitAutograd", "ambiguous"),
]
