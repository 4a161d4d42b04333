"""aten::add: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::add.Tensor": Declared(
        schema="add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor",
        tags=[
            "core",
            "pointwise",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_add",
            "ZeroTensor": "add_zerotensor",
            "Tracer": "TraceType::add_Tensor",
            "FuncTorchBatched": "functorch::BatchRulesBinaryOps::add_Tensor",
            "Batched": "LegacyBatchingRegistrations::add_Tensor",
            "CPU": "ufunc_add_CPU",
            "CUDA": "ufunc_add_CUDA",
            "MPS": "add_out_mps",
            "MTIA": "add_out_mtia",
            "Meta": "torch._refs:add",
            "SparseCPU": "add_sparse",
            "SparseCUDA": "add_sparse",
            "SparseMPS": "add_sparse",
            "SparseMeta": "add_sparse",
            "SparseCsrCPU": "add_sparse_csr",
            "SparseCsrCUDA": "add_sparse_csr",
            "SparseCsrMeta": "add_sparse_csr",
            "NestedTensorCPU": "NestedTensor_add_Tensor",
            "NestedTensorCUDA": "NestedTensor_add_Tensor",
            "NestedTensorHPU": "NestedTensor_add_Tensor",
            "Autograd": "VariableType::add_Tensor",
            "CompositeExplicitAutogradNonFunctional": "structured_add",
        },
    ),
    "aten::add.out": Declared(
        schema="add.out(Tensor self, Tensor other, *, Scalar alpha=1, Tensor(a!) out) -> Tensor(a!)",
        tags=[
            "pointwise",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_add_out",
            "Functionalize": "functionalization::add_out_out",
            "ADInplaceOrView": "ADInplaceOrView::add_out_out",
            "Tracer": "TraceType::add_out_out",
            "CPU": "ufunc_add_CPU",
            "CUDA": "ufunc_add_CUDA",
            "MPS": "add_out_mps",
            "MTIA": "add_out_mtia",
            "Meta": "torch._refs:add",
            "SparseCPU": "add_out_sparse_cpu",
            "SparseCUDA": "add_out_sparse_cuda",
            "SparseMPS": "add_out_sparse_mps",
            "SparseMeta": "add_out_sparse_cpu",
            "SparseCsrCPU": "add_out_sparse_compressed_cpu",
            "SparseCsrCUDA": "add_out_sparse_compressed_cuda",
            "SparseCsrMeta": "add_out_sparse_compressed_cpu",
            "Autograd": "VariableType::add_out_out",
        },
    ),
    "aten::add.Scalar": Declared(
        schema="add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor",
        tags=[
            "core",
            "pointwise",
        ],
        kernels={
            "ZeroTensor": "fallthrough",
            "Tracer": "TraceType::add_Scalar",
            "FuncTorchBatched": "functorch::BatchRulesBinaryOps::add_Scalar",
            "Batched": "LegacyBatchingRegistrations::add_Scalar",
            "Meta": "torch._meta_registrations:meta_binop_alpha",
            "Autograd": "VariableType::add_Scalar",
            "CompositeExplicitAutograd": "add",
        },
    ),
}
