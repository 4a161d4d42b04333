"""Registrations for FuncTorchDynamicLayerFrontMode: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="FuncTorchDynamicLayerFrontMode",
        policy="kernel",
        kernel="dynamicLayerFrontFallback",
    ),
]

KERNELS: list[Kernel] = [
    Kernel(
        "aten::dropout",
        "FuncTorchDynamicLayerFrontMode",
        "functorch::PyTorchOperatorHacks::dropout",
    ),
    Kernel(
        "aten::linear",
        "FuncTorchDynamicLayerFrontMode",
        "functorch::PyTorchOperatorHacks::linear",
    ),
]
