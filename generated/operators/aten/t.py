"""aten::t: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::t": Declared(
        schema="t(Tensor(a) self) -> Tensor(a)",
        kernels={
            "Functionalize": "functionalization::t",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrView::t",
            "Tracer": "TraceType::t",
            "FuncTorchBatched": "functorch::BatchRulesViews::t",
            "Batched": "LegacyBatchingRegistrations::t",
            "Autograd": "VariableType::t",
            "CompositeExplicitAutograd": "t",
        },
    ),
}
