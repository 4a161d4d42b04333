"""aten::resize_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::resize_": Declared(
        schema="resize_(Tensor(a!) self, SymInt[] size, *, MemoryFormat? memory_format=None) -> Tensor(a!)",
        tags=[
            "core",
            "inplace_view",
        ],
        kernels={
            "Functionalize": "FunctionalizeFallbackKernel::resize_",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrViewManual::resize_",
            "Tracer": "TraceTypeManual::resize_",
            "FuncTorchBatched": "functorch::BatchRulesViews::resize_",
            "CPU": "resize_",
            "CUDA": "resize_cuda_",
            "MPS": "resize_mps_",
            "Meta": "resize__symint",
            "QuantizedCPU": "quantized_resize_cpu_",
            "SparseCsrCPU": "resize_sparse_csr_",
            "SparseCsrCUDA": "resize_sparse_csr_",
            "SparseCsrMeta": "resize_sparse_csr_",
            "Autograd": "VariableTypeManual::resize_",
        },
    ),
}
