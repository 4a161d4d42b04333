"""aten::expand: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::expand": Declared(
        schema="expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)",
        tags=[
            "core",
        ],
        kernels={
            "Functionalize": "functionalization::expand",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrView::expand",
            "Tracer": "TraceType::expand",
            "FuncTorchBatched": "functorch::BatchRulesViews::expand",
            "Batched": "LegacyBatchingRegistrations::expand",
            "Autograd": "VariableType::expand",
            "CompositeExplicitAutograd": "expand",
        },
    ),
}
