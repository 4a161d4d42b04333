"""Registrations for FuncTorchVmapMode: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = [
    Fallback(
        key="FuncTorchVmapMode",
        policy="fallthrough",
        kernel="fallthrough",
    ),
]

KERNELS: list[Kernel] = [
    Kernel(
        "aten::dropout",
        "FuncTorchVmapMode",
        "functorch::BatchRulesDecompositions::dropout",
    ),
    Kernel(
        "aten::randn", "FuncTorchVmapMode", "functorch::BatchRulesRandomness::randn"
    ),
    Kernel(
        "aten::randn.generator",
        "FuncTorchVmapMode",
        "functorch::BatchRulesRandomness::randn_generator",
    ),
    Kernel(
        "aten::randn_like",
        "FuncTorchVmapMode",
        "functorch::BatchRulesRandomness::randn_like",
    ),
    Kernel(
        "aten::random_", "FuncTorchVmapMode", "functorch::BatchRulesRandomness::random_"
    ),
]
