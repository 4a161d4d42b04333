"""Registrations for PrivateUse1: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="AutogradPrivateUse1",
        policy="autograd_not_implemented",
        kernel="autograd_not_implemented",
        redispatch_to="after_autograd_keyset",
        overridable=True,
    ),
]

KERNELS: list[Kernel] = []
