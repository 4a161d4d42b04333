"""aten::linear: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::linear": Declared(
        schema="linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor",
        kernels={
            "Tracer": "TraceType::linear",
            "AutocastCPU": "autocast::linear",
            "AutocastMTIA": "autocast::linear",
            "AutocastMAIA": "autocast::linear",
            "AutocastXPU": "autocast::linear",
            "AutocastMPS": "autocast::linear",
            "AutocastCUDA": "autocast::linear",
            "FuncTorchDynamicLayerFrontMode": "functorch::PyTorchOperatorHacks::linear",
            "MPS": "_mps_linear",
            "NestedTensorCPU": "nested_linear",
            "NestedTensorCUDA": "nested_linear",
            "NestedTensorHPU": "nested_linear",
            "Autograd": "VariableType::linear",
            "CompositeImplicitAutograd": "linear",
            "FuncTorchBatchedDecomposition": "functorch::BatchRulesDecompositions::linear",
        },
    ),
}
