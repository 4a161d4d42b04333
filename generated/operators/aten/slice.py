"""aten::slice: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::slice.Tensor": Declared(
        schema="slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a)",
        tags=[
            "core",
        ],
        kernels={
            "Functionalize": "functionalization::slice_Tensor",
            "ADInplaceOrView": "ADInplaceOrView::slice_Tensor",
            "Tracer": "TraceType::slice_Tensor",
            "FuncTorchBatched": "functorch::BatchRulesViews::slice_Tensor",
            "Batched": "LegacyBatchingRegistrations::slice_Tensor",
            "Autograd": "VariableType::slice_Tensor",
            "CompositeExplicitAutograd": "slice",
        },
    ),
}
