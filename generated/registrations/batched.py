"""Registrations for Batched: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="Batched",
        policy="kernel",
        kernel="batchedTensorForLoopFallback",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::add.Tensor", "Batched", "LegacyBatchingRegistrations::add_Tensor"),
    Kernel("aten::add.Scalar", "Batched", "LegacyBatchingRegistrations::add_Scalar"),
    Kernel("aten::as_strided", "Batched", "LegacyBatchingRegistrations::as_strided"),
    Kernel("aten::cat", "Batched", "LegacyBatchingRegistrations::cat"),
    Kernel("aten::chunk", "Batched", "LegacyBatchingRegistrations::chunk"),
    Kernel("aten::expand", "Batched", "LegacyBatchingRegistrations::expand"),
    Kernel("aten::mm", "Batched", "LegacyBatchingRegistrations::mm"),
    Kernel("aten::mul.Tensor", "Batched", "LegacyBatchingRegistrations::mul_Tensor"),
    Kernel("aten::relu", "Batched", "LegacyBatchingRegistrations::relu"),
    Kernel("aten::reshape", "Batched", "LegacyBatchingRegistrations::reshape"),
    Kernel("aten::select.int", "Batched", "LegacyBatchingRegistrations::select_int"),
    Kernel("aten::sigmoid", "Batched", "LegacyBatchingRegistrations::sigmoid"),
    Kernel(
        "aten::slice.Tensor", "Batched", "LegacyBatchingRegistrations::slice_Tensor"
    ),
    Kernel("aten::stack", "Batched", "LegacyBatchingRegistrations::stack"),
    Kernel(
        "aten::sum.dim_IntList",
        "Batched",
        "LegacyBatchingRegistrations::sum_dim_IntList",
    ),
    Kernel("aten::t", "Batched", "LegacyBatchingRegistrations::t"),
    Kernel(
        "aten::transpose.int", "Batched", "LegacyBatchingRegistrations::transpose_int"
    ),
    Kernel("aten::unbind.int", "Batched", "LegacyBatchingRegistrations::unbind_int"),
    Kernel("aten::view", "Batched", "LegacyBatchingRegistrations::view"),
]
