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
        exclude="after_Python_keyset",
        mode="torch_dispatch",
    ),
]

KERNELS: list[Kernel] = []
