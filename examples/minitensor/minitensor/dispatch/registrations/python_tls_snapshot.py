"""Registrations for PythonTLSSnapshot: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="PythonTLSSnapshot",
        policy="python_tls_snapshot",
        kernel="python_tls_snapshot",
        redispatch_to="below_snapshot",
    ),
]

KERNELS: list[Kernel] = []
