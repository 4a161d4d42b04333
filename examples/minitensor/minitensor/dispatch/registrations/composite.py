"""Registrations for Composite: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = []

KERNELS: list[Kernel] = [
    Kernel("mt::mean", "Composite", "minitensor.composite:mean"),
    Kernel("mt::neg", "Composite", "minitensor.composite:neg"),
    Kernel("mt::sub.Tensor", "Composite", "minitensor.composite:sub"),
    Kernel("mt::sub.Scalar", "Composite", "minitensor.composite:sub"),
]
