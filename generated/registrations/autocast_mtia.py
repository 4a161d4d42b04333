"""Registrations for AutocastMTIA: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutocastMTIA",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::linear", "AutocastMTIA", "autocast::linear"),
    Kernel("aten::matmul", "AutocastMTIA", "autocast::matmul"),
    Kernel("aten::mm", "AutocastMTIA", "autocast::mm"),
    Kernel("aten::sum.dim_IntList", "AutocastMTIA", "autocast::sum_dim_IntList"),
]
