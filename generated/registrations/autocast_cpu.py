"""Registrations for AutocastCPU: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutocastCPU",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::cat", "AutocastCPU", "autocast::cat"),
    Kernel("aten::linear", "AutocastCPU", "autocast::linear"),
    Kernel("aten::matmul", "AutocastCPU", "autocast::matmul"),
    Kernel("aten::mm", "AutocastCPU", "autocast::mm"),
    Kernel("aten::stack", "AutocastCPU", "autocast::stack"),
]
