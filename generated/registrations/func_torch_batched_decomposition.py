"""Registrations for FuncTorchBatchedDecomposition: fallbacks, and kernels of operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.registration import Fallback, Kernel

FALLBACKS: list[Fallback] = []

KERNELS: list[Kernel] = [
    Kernel(
        "aten::chunk",
        "FuncTorchBatchedDecomposition",
        "functorch::BatchRulesDecompositions::chunk",
    ),
    Kernel(
        "aten::dropout",
        "FuncTorchBatchedDecomposition",
        "functorch::BatchRulesDecompositions::dropout",
    ),
    Kernel(
        "aten::flatten.using_ints",
        "FuncTorchBatchedDecomposition",
        "functorch::BatchRulesDecompositions::flatten_using_ints",
    ),
    Kernel(
        "aten::linear",
        "FuncTorchBatchedDecomposition",
        "functorch::BatchRulesDecompositions::linear",
    ),
    Kernel(
        "aten::matmul",
        "FuncTorchBatchedDecomposition",
        "functorch::BatchRulesDecompositions::matmul",
    ),
    Kernel(
        "aten::reshape",
        "FuncTorchBatchedDecomposition",
        "functorch::BatchRulesDecompositions::reshape",
    ),
]
