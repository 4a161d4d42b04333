"""Registrations for Negative: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="Negative",
        policy="kernel",
        kernel="negationFallback",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::alias", "Negative", "fallthrough"),
    Kernel("aten::as_strided", "Negative", "fallthrough"),
    Kernel("aten::chunk", "Negative", "fallthrough"),
    Kernel("aten::copy_", "Negative", "fallthrough"),
    Kernel("aten::detach", "Negative", "fallthrough"),
    Kernel("aten::empty.memory_format", "Negative", "fallthrough"),
    Kernel("aten::expand", "Negative", "fallthrough"),
    Kernel("aten::requires_grad_", "Negative", "fallthrough"),
    Kernel("aten::reshape", "Negative", "fallthrough"),
    Kernel("aten::resize_", "Negative", "fallthrough"),
    Kernel("aten::select.int", "Negative", "fallthrough"),
    Kernel("aten::t", "Negative", "fallthrough"),
    Kernel("aten::transpose.int", "Negative", "fallthrough"),
    Kernel("aten::unbind.int", "Negative", "fallthrough"),
    Kernel("aten::view", "Negative", "fallthrough"),
]
