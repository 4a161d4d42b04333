"""Registrations for ZeroTensor: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="ZeroTensor",
        policy="kernel",
        kernel="zeroTensorFallback",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::add.Tensor", "ZeroTensor", "add_zerotensor"),
    Kernel("aten::add.Scalar", "ZeroTensor", "fallthrough"),
    Kernel("aten::alias", "ZeroTensor", "fallthrough"),
    Kernel("aten::as_strided", "ZeroTensor", "as_strided_tensorimpl"),
    Kernel("aten::chunk", "ZeroTensor", "fallthrough"),
    Kernel("aten::copy_", "ZeroTensor", "fallthrough"),
    Kernel("aten::detach", "ZeroTensor", "fallthrough"),
    Kernel("aten::empty.memory_format", "ZeroTensor", "fallthrough"),
    Kernel("aten::expand", "ZeroTensor", "fallthrough"),
    Kernel("aten::mul.Tensor", "ZeroTensor", "mul_zerotensor"),
    Kernel("aten::requires_grad_", "ZeroTensor", "fallthrough"),
    Kernel("aten::reshape", "ZeroTensor", "fallthrough"),
    Kernel("aten::resize_", "ZeroTensor", "fallthrough"),
    Kernel("aten::select.int", "ZeroTensor", "fallthrough"),
    Kernel("aten::t", "ZeroTensor", "fallthrough"),
    Kernel("aten::transpose.int", "ZeroTensor", "fallthrough"),
    Kernel("aten::unbind.int", "ZeroTensor", "fallthrough"),
    Kernel("aten::view", "ZeroTensor", "view_symint"),
    Kernel("aten::zeros_like", "ZeroTensor", "fallthrough"),
]
