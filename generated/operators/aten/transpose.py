"""aten::transpose: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::transpose.int": Declared(
        schema="transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)",
        kernels={
            "Functionalize": "functionalization::transpose_int",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrView::transpose_int",
            "Tracer": "TraceType::transpose_int",
            "FuncTorchBatched": "functorch::BatchRulesViews::transpose_int",
            "Batched": "LegacyBatchingRegistrations::transpose_int",
            "NestedTensorCPU": "transpose_nested",
            "NestedTensorCUDA": "transpose_nested",
            "NestedTensorHPU": "transpose_nested",
            "Autograd": "VariableType::transpose_int",
            "CompositeExplicitAutograd": "transpose",
        },
    ),
}
