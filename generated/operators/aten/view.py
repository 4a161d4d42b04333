"""aten::view: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::view": Declared(
        schema="view(Tensor(a) self, SymInt[] size) -> Tensor(a)",
        tags=[
            "core",
        ],
        kernels={
            "MkldnnCPU": "mkldnn_view",
            "Functionalize": "functionalization::view",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "view_symint",
            "ADInplaceOrView": "ADInplaceOrView::view",
            "AutogradNestedTensor": "VariableType::view_AutogradNestedTensor",
            "Tracer": "TraceType::view",
            "FuncTorchBatched": "functorch::BatchRulesViews::view",
            "Batched": "LegacyBatchingRegistrations::view",
            "CPU": "view",
            "CUDA": "view",
            "MPS": "view",
            "MTIA": "view",
            "Meta": "view",
            "QuantizedCPU": "view",
            "QuantizedCUDA": "view",
            "NestedTensorCPU": "view_nested",
            "NestedTensorCUDA": "view_nested",
            "NestedTensorHPU": "view_nested",
            "Autograd": "VariableType::view",
        },
    ),
}
