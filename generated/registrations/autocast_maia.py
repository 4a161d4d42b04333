"""Registrations for AutocastMAIA: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutocastMAIA",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::linear", "AutocastMAIA", "autocast::linear"),
    Kernel("aten::matmul", "AutocastMAIA", "autocast::matmul"),
    Kernel("aten::mm", "AutocastMAIA", "autocast::mm"),
    Kernel("aten::sum.dim_IntList", "AutocastMAIA", "autocast::sum_dim_IntList"),
]
