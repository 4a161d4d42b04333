"""Registrations for PreDispatch: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="PreDispatch",
        policy="redispatch",
        kernel="redispatch",
        redispatch_to="after_PreDispatch_keyset",
    ),
]

KERNELS: list[Kernel] = []
