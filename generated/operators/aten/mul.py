"""aten::mul: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::mul.Tensor": Declared(
        schema="mul.Tensor(Tensor self, Tensor other) -> Tensor",
        tags=[
            "core",
            "pointwise",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_mul",
            "ZeroTensor": "mul_zerotensor",
            "Tracer": "TraceType::mul_Tensor",
            "FuncTorchBatched": "functorch::BatchRulesBinaryOps::mul_Tensor",
            "Batched": "LegacyBatchingRegistrations::mul_Tensor",
            "CPU": "mul_out",
            "CUDA": "mul_out",
            "MPS": "mul_out",
            "MTIA": "mul_out",
            "Meta": "torch._refs:mul",
            "SparseCPU": "mul_sparse",
            "SparseCUDA": "mul_sparse",
            "SparseMPS": "mul_sparse",
            "SparseCsrCPU": "mul_sparse_csr",
            "SparseCsrCUDA": "mul_sparse_csr",
            "SparseCsrMeta": "mul_sparse_csr",
            "NestedTensorCPU": "NestedTensor_mul_Tensor",
            "NestedTensorCUDA": "NestedTensor_mul_Tensor",
            "NestedTensorHPU": "NestedTensor_mul_Tensor",
            "Autograd": "VariableType::mul_Tensor",
            "CompositeExplicitAutogradNonFunctional": "structured_mul",
        },
    ),
    "aten::mul.out": Declared(
        schema="mul.out(Tensor self, Tensor other, *, Tensor(a!) out) -> Tensor(a!)",
        tags=[
            "pointwise",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_mul_out",
            "Functionalize": "functionalization::mul_out_out",
            "ADInplaceOrView": "ADInplaceOrView::mul_out_out",
            "Tracer": "TraceType::mul_out_out",
            "CPU": "mul_out",
            "CUDA": "mul_out",
            "MPS": "mul_out",
            "MTIA": "mul_out",
            "Meta": "torch._refs:mul",
            "SparseCPU": "mul_out_sparse_cpu",
            "SparseCUDA": "mul_out_sparse_cuda",
            "SparseMPS": "mul_out_sparse_mps",
            "SparseCsrCPU": "mul_out_sparse_csr",
            "SparseCsrCUDA": "mul_out_sparse_csr",
            "SparseCsrMeta": "mul_out_sparse_csr",
            "Autograd": "VariableType::mul_out_out",
        },
    ),
}
