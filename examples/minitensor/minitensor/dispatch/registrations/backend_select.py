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
    Kernel("mt::full", "BackendSelect", "minitensor.tensor:select_full"),
]
