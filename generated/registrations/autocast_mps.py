"""Registrations for AutocastMPS: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutocastMPS",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::linear", "AutocastMPS", "autocast::linear"),
    Kernel("aten::matmul", "AutocastMPS", "autocast::matmul"),
    Kernel("aten::mm", "AutocastMPS", "autocast::mm"),
    Kernel("aten::sum.dim_IntList", "AutocastMPS", "autocast::sum_dim_IntList"),
]
