"""Registrations for Python: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="Python",
        policy="python",
        kernel="python",
        exclude="above_python",
        mode="python",
    ),
]

KERNELS: list[Kernel] = []
