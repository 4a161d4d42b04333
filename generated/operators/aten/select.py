"""aten::select: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::select.int": Declared(
        schema="select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)",
        tags=[
            "core",
        ],
        kernels={
            "Functionalize": "functionalization::select_int",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrView::select_int",
            "AutogradNestedTensor": "VariableType::select_int_AutogradNestedTensor",
            "Tracer": "TraceType::select_int",
            "FuncTorchBatched": "functorch::BatchRulesViews::select_int",
            "Batched": "LegacyBatchingRegistrations::select_int",
            "SparseCsrCPU": "select_sparse_csr",
            "SparseCsrCUDA": "select_sparse_csr",
            "SparseCsrMeta": "select_sparse_csr",
            "NestedTensorCPU": "select_nested",
            "NestedTensorCUDA": "select_nested",
            "NestedTensorHPU": "select_nested",
            "Autograd": "VariableType::select_int",
            "CompositeExplicitAutograd": "select_symint",
        },
    ),
}
