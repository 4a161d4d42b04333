"""Registrations for ADInplaceOrView: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="ADInplaceOrView",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel("mt::expand", "ADInplaceOrView", "minitensor.views:expand"),
    Kernel("mt::narrow", "ADInplaceOrView", "minitensor.views:narrow"),
    Kernel("mt::transpose", "ADInplaceOrView", "minitensor.views:transpose"),
    Kernel("mt::view", "ADInplaceOrView", "minitensor.views:view"),
]
