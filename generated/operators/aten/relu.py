"""aten::relu: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::relu": Declared(
        schema="relu(Tensor self) -> Tensor",
        tags=[
            "core",
            "pointwise",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_relu",
            "Tracer": "TraceType::relu",
            "FuncTorchBatched": "functorch::BatchRulesUnaryOps::relu",
            "Batched": "LegacyBatchingRegistrations::relu",
            "CPU": "relu",
            "CUDA": "relu",
            "MPS": "relu_mps",
            "MTIA": "relu_mtia",
            "Meta": "torch._refs.nn.functional:relu",
            "QuantizedCPU": "relu_quantized_cpu",
            "QuantizedCUDA": "relu_quantized_cuda",
            "SparseCPU": "relu_sparse",
            "SparseCUDA": "relu_sparse",
            "SparseMPS": "relu_sparse",
            "SparseCsrCPU": "relu_sparse_csr",
            "SparseCsrCUDA": "relu_sparse_csr",
            "SparseCsrMeta": "relu_sparse_csr",
            "NestedTensorCPU": "NestedTensor_relu",
            "NestedTensorCUDA": "NestedTensor_relu",
            "NestedTensorHPU": "NestedTensor_relu",
            "Autograd": "VariableType::relu",
        },
    ),
}
