"""Registrations for BatchedNestedTensor: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="BatchedNestedTensor",
        policy="kernel",
        kernel="batchedNestedTensorFallback",
    ),
]

KERNELS: list[Kernel] = [
    Kernel(
        "aten::cat",
        "BatchedNestedTensor",
        "functorch::LegacyBatchingRegistrations::nested_cat",
    ),
]
