"""aten::cat: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::cat": Declared(
        schema="cat(Tensor[] tensors, int dim=0) -> Tensor",
        tags=[
            "core",
        ],
        kernels={
            "Tracer": "TraceType::cat",
            "AutocastCPU": "autocast::cat",
            "FuncTorchBatched": "functorch::LegacyBatchingRegistrations::cat",
            "BatchedNestedTensor": "functorch::LegacyBatchingRegistrations::nested_cat",
            "Batched": "LegacyBatchingRegistrations::cat",
            "CPU": "cat_out_cpu",
            "CUDA": "cat_out_cuda",
            "MPS": "cat_out_mps",
            "Meta": "torch._refs:cat",
            "QuantizedCPU": "cat_quantized_cpu",
            "SparseCPU": "cat_sparse",
            "SparseCUDA": "cat_sparse",
            "SparseMPS": "cat_sparse",
            "NestedTensorCPU": "cat_nested",
            "NestedTensorCUDA": "cat_nested",
            "NestedTensorHPU": "cat_nested",
            "Autograd": "VariableType::cat",
            "CompositeExplicitAutogradNonFunctional": "structured_cat",
        },
    ),
    "aten::cat.out": Declared(
        schema="cat.out(Tensor[] tensors, int dim=0, *, Tensor(a!) out) -> Tensor(a!)",
        kernels={
            "Functionalize": "functionalization::cat_out_out",
            "ADInplaceOrView": "ADInplaceOrView::cat_out_out",
            "Tracer": "TraceType::cat_out_out",
            "CPU": "cat_out_cpu",
            "CUDA": "cat_out_cuda",
            "MPS": "cat_out_mps",
            "Meta": "torch._refs:cat",
            "QuantizedCPU": "cat_out_quantized_cpu",
            "Autograd": "VariableType::cat_out_out",
        },
    ),
}
