"""Registrations for AutocastXPU: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutocastXPU",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::linear", "AutocastXPU", "autocast::linear"),
    Kernel("aten::matmul", "AutocastXPU", "autocast::matmul"),
    Kernel("aten::mm", "AutocastXPU", "autocast::mm"),
    Kernel("aten::sum.dim_IntList", "AutocastXPU", "autocast::sum_dim_IntList"),
]
