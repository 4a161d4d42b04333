"""Registrations for BackendSelect: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="BackendSelect",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("aten::arange", "BackendSelect", "BackendSelect::arange"),
    Kernel(
        "aten::empty.memory_format",
        "BackendSelect",
        "BackendSelect::empty_memory_format",
    ),
    Kernel("aten::ones", "BackendSelect", "BackendSelect::ones"),
    Kernel("aten::randn", "BackendSelect", "BackendSelect::randn"),
    Kernel("aten::randn.generator", "BackendSelect", "BackendSelect::randn_generator"),
    Kernel("aten::zeros", "BackendSelect", "BackendSelect::zeros"),
]
