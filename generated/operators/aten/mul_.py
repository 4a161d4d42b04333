"""aten::mul_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::mul_.Tensor": Declared(
        schema="mul_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)",
        tags=[
            "pointwise",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_mul_",
            "Functionalize": "functionalization::mul__Tensor",
            "ADInplaceOrView": "ADInplaceOrView::mul__Tensor",
            "Tracer": "TraceType::mul__Tensor",
            "FuncTorchBatched": "functorch::BatchRulesBinaryOps::mul__Tensor",
            "CPU": "mul_out",
            "CUDA": "mul_out",
            "MPS": "mul_out",
            "MTIA": "mul_out",
            "Meta": "torch._meta_registrations:meta_binop_inplace",
            "SparseCPU": "mul_sparse_",
            "SparseCUDA": "mul_sparse_",
            "SparseMPS": "mul_sparse_",
            "SparseCsrCPU": "mul_sparse_csr_",
            "SparseCsrCUDA": "mul_sparse_csr_",
            "SparseCsrMeta": "mul_sparse_csr_",
            "NestedTensorCPU": "NestedTensor_mul__Tensor",
            "NestedTensorCUDA": "NestedTensor_mul__Tensor",
            "NestedTensorHPU": "NestedTensor_mul__Tensor",
            "Autograd": "VariableType::mul__Tensor",
            "CompositeExplicitAutogradNonFunctional": "structured_mul_",
        },
    ),
}
