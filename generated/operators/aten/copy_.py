"""aten::copy_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::copy_": Declared(
        schema="copy_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)",
        kernels={
            "MkldnnCPU": "copy_mkldnn_",
            "Functionalize": "functionalization::copy_",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrViewManual::copy_",
            "Tracer": "TraceTypeManual::copy_",
            "FuncTorchBatched": "functorch::BatchRulesBinaryOps::copy_",
            "SparseCPU": "copy_sparse_wrapper_",
            "SparseCUDA": "copy_sparse_wrapper_",
            "SparseMPS": "copy_sparse_wrapper_",
            "SparseCsrCPU": "copy_sparse_compressed_",
            "SparseCsrCUDA": "copy_sparse_compressed_",
            "SparseCsrMeta": "copy_sparse_compressed_",
            "NestedTensorCPU": "copy_nested_",
            "NestedTensorCUDA": "copy_nested_",
            "NestedTensorHPU": "copy_nested_",
            "Autograd": "VariableTypeManual::copy_",
            "CompositeExplicitAutograd": "copy_",
        },
    ),
}
