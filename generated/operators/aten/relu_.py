"""aten::relu_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::relu_": Declared(
        schema="relu_(Tensor(a!) self) -> Tensor(a!)",
        tags=[
            "pointwise",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_relu_",
            "Functionalize": "functionalization::relu_",
            "ADInplaceOrView": "ADInplaceOrView::relu_",
            "Tracer": "TraceType::relu_",
            "FuncTorchBatched": "functorch::BatchRulesUnaryOps::relu_",
            "CPU": "relu_",
            "CUDA": "relu_",
            "MPS": "relu_mps_",
            "MTIA": "relu_mtia_",
            "Meta": "torch._meta_registrations:meta_relu_",
            "QuantizedCPU": "relu_quantized_cpu_",
            "QuantizedCUDA": "relu_quantized_cuda_",
            "SparseCPU": "relu_sparse_",
            "SparseCUDA": "relu_sparse_",
            "SparseMPS": "relu_sparse_",
            "SparseCsrCPU": "relu_sparse_csr_",
            "SparseCsrCUDA": "relu_sparse_csr_",
            "SparseCsrMeta": "relu_sparse_csr_",
            "NestedTensorCPU": "NestedTensor_relu_",
            "NestedTensorCUDA": "NestedTensor_relu_",
            "NestedTensorHPU": "NestedTensor_relu_",
            "Autograd": "VariableType::relu_",
        },
    ),
}
