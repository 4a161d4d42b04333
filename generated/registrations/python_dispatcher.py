"""Registrations for PythonDispatcher: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="PythonDispatcher",
        policy="python_dispatcher",
        kernel="python_dispatcher",
        mode="python_dispatcher",
    ),
]

KERNELS: list[Kernel] = []
