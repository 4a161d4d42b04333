"""aten::sum: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::sum.dim_IntList": Declared(
        schema="sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor",
        tags=[
            "core",
            "reduction",
        ],
        kernels={
            "AutogradNestedTensor": "VariableType::sum_dim_IntList_AutogradNestedTensor",
            "Tracer": "TraceType::sum_dim_IntList",
            "AutocastMTIA": "autocast::sum_dim_IntList",
            "AutocastMAIA": "autocast::sum_dim_IntList",
            "AutocastXPU": "autocast::sum_dim_IntList",
            "AutocastMPS": "autocast::sum_dim_IntList",
            "AutocastCUDA": "autocast::sum_dim_IntList",
            "FuncTorchBatched": "functorch::BatchRulesReduceOps::sum_dim_IntList",
            "Batched": "LegacyBatchingRegistrations::sum_dim_IntList",
            "CPU": "sum_out",
            "CUDA": "sum_out",
            "MPS": "sum_out",
            "Meta": "torch._refs:sum",
            "SparseCPU": "sum_sparse_coo",
            "SparseCUDA": "sum_sparse_coo",
            "SparseMPS": "sum_sparse_coo",
            "SparseCsrCPU": "sum_sparse_compressed",
            "SparseCsrCUDA": "sum_sparse_compressed",
            "SparseCsrMeta": "sum_sparse_compressed",
            "NestedTensorCPU": "NestedTensor_sum_dim_CPU",
            "Autograd": "VariableType::sum_dim_IntList",
            "CompositeExplicitAutogradNonFunctional": "structured_sum",
        },
    ),
    "aten::sum.IntList_out": Declared(
        schema="sum.IntList_out(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None, Tensor(a!) out) -> Tensor(a!)",
        tags=[
            "reduction",
        ],
        kernels={
            "Functionalize": "functionalization::sum_out_IntList_out",
            "ADInplaceOrView": "ADInplaceOrView::sum_out_IntList_out",
            "AutogradNestedTensor": "VariableType::sum_out_IntList_out_AutogradNestedTensor",
            "Tracer": "TraceType::sum_out_IntList_out",
            "CPU": "sum_out",
            "CUDA": "sum_out",
            "MPS": "sum_out",
            "Meta": "torch._refs:sum",
            "Autograd": "VariableType::sum_out_IntList_out",
        },
    ),
}
