"""aten::index: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::index.Tensor": Declared(
        schema="index.Tensor(Tensor self, Tensor?[] indices) -> Tensor",
        tags=[
            "core",
            "dynamic_output_shape",
        ],
        kernels={
            "Tracer": "TraceType::index_Tensor",
            "FuncTorchBatched": "functorch::BatchRulesScatterOps::index_Tensor",
            "CPU": "index_out",
            "CUDA": "index_out",
            "MPS": "index_out",
            "Meta": "torch._meta_registrations:meta_index_Tensor",
            "QuantizedCPU": "quantized_index",
            "Autograd": "VariableType::index_Tensor",
            "CompositeExplicitAutogradNonFunctional": "structured_index",
        },
    ),
    "aten::index.Tensor_out": Declared(
        schema="index.Tensor_out(Tensor self, Tensor?[] indices, *, Tensor(a!) out) -> Tensor(a!)",
        kernels={
            "Functionalize": "functionalization::index_out_Tensor_out",
            "ADInplaceOrView": "ADInplaceOrView::index_out_Tensor_out",
            "Tracer": "TraceType::index_out_Tensor_out",
            "CPU": "index_out",
            "CUDA": "index_out",
            "MPS": "index_out",
            "Meta": "structured_index_out",
            "Autograd": "VariableType::index_out_Tensor_out",
        },
    ),
}
