"""aten::add_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::add_.Tensor": Declared(
        schema="add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)",
        tags=[
            "pointwise",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_add_",
            "Functionalize": "functionalization::add__Tensor",
            "ADInplaceOrView": "ADInplaceOrView::add__Tensor",
            "Tracer": "TraceType::add__Tensor",
            "FuncTorchBatched": "functorch::BatchRulesBinaryOps::add__Tensor",
            "CPU": "ufunc_add_CPU",
            "CUDA": "ufunc_add_CUDA",
            "MPS": "add_out_mps",
            "MTIA": "add_out_mtia",
            "Meta": "torch._meta_registrations:meta_binop_inplace_alpha",
            "SparseCPU": "add_sparse_",
            "SparseCUDA": "add_sparse_",
            "SparseMPS": "add_sparse_",
            "SparseMeta": "add_sparse_",
            "SparseCsrCPU": "add_sparse_csr_",
            "SparseCsrCUDA": "add_sparse_csr_",
            "SparseCsrMeta": "add_sparse_csr_",
            "NestedTensorCPU": "NestedTensor_add__Tensor",
            "NestedTensorCUDA": "NestedTensor_add__Tensor",
            "NestedTensorHPU": "NestedTensor_add__Tensor",
            "Autograd": "VariableType::add__Tensor",
            "CompositeExplicitAutogradNonFunctional": "structured_add_",
        },
    ),
}
