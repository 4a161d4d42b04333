"""Registrations for CompositeImplicitAutogradNestedTensor: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = []

KERNELS: list[Kernel] = [
    Kernel("aten::randn_like", "CompositeImplicitAutogradNestedTensor", "randn_like"),
    Kernel(
        "aten::reshape",
        "CompositeImplicitAutogradNestedTensor",
        "reshape_nested_symint",
    ),
    Kernel("aten::zeros_like", "CompositeImplicitAutogradNestedTensor", "zeros_like"),
]
