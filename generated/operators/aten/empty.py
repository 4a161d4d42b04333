"""aten::empty: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::empty.memory_format": Declared(
        schema="empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        tags=[
            "core",
        ],
        kernels={
            "MkldnnCPU": "empty_mkldnn",
            "BackendSelect": "BackendSelect::empty_memory_format",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "Tracer": "TraceType::empty_memory_format",
            "CPU": "empty_cpu",
            "CUDA": "empty_cuda",
            "MPS": "empty_mps",
            "Meta": "empty_meta_symint",
            "QuantizedCPU": "empty_unknown_quantized",
            "QuantizedCUDA": "empty_unknown_quantized",
            "QuantizedMeta": "empty_unknown_quantized",
            "SparseCPU": "empty_sparse",
            "SparseCUDA": "empty_sparse",
            "SparseMPS": "empty_sparse",
            "SparseMeta": "empty_sparse_symint",
            "SparseCsrCPU": "empty_sparse_compressed",
            "SparseCsrCUDA": "empty_sparse_compressed",
            "SparseCsrMeta": "empty_sparse_compressed_symint",
            "Autograd": "torch::autograd::autogradNotImplementedFallback",
        },
    ),
}
