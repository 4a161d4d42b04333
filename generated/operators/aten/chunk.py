"""aten::chunk: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::chunk": Declared(
        schema="chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]",
        kernels={
            "Functionalize": "functionalization::chunk",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrView::chunk",
            "AutogradNestedTensor": "VariableType::chunk_AutogradNestedTensor",
            "Tracer": "TraceType::chunk",
            "Batched": "LegacyBatchingRegistrations::chunk",
            "NestedTensorCPU": "chunk_nested_tensor",
            "NestedTensorCUDA": "chunk_nested_tensor",
            "NestedTensorHPU": "chunk_nested_tensor",
            "Autograd": "VariableType::chunk",
            "CompositeImplicitAutograd": "chunk",
            "FuncTorchBatchedDecomposition": "functorch::BatchRulesDecompositions::chunk",
        },
    ),
}
