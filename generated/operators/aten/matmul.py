"""aten::matmul: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::matmul": Declared(
        schema="matmul(Tensor self, Tensor other) -> Tensor",
        kernels={
            "Tracer": "TraceType::matmul",
            "AutocastCPU": "autocast::matmul",
            "AutocastMTIA": "autocast::matmul",
            "AutocastMAIA": "autocast::matmul",
            "AutocastXPU": "autocast::matmul",
            "AutocastMPS": "autocast::matmul",
            "AutocastCUDA": "autocast::matmul",
            "NestedTensorCPU": "matmul_nested",
            "NestedTensorCUDA": "matmul_nested",
            "NestedTensorHPU": "matmul_nested",
            "Autograd": "VariableType::matmul",
            "CompositeImplicitAutograd": "matmul",
            "FuncTorchBatchedDecomposition": "functorch::BatchRulesDecompositions::matmul",
        },
    ),
}
