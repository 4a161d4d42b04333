"""Registrations for AutocastCUDA: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutocastCUDA",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::cudnn_convolution", "AutocastCUDA", "autocast::cudnn_convolution"),
    Kernel("aten::linear", "AutocastCUDA", "autocast::linear"),
    Kernel("aten::matmul", "AutocastCUDA", "autocast::matmul"),
    Kernel("aten::mm", "AutocastCUDA", "autocast::mm"),
    Kernel("aten::sum.dim_IntList", "AutocastCUDA", "autocast::sum_dim_IntList"),
]
