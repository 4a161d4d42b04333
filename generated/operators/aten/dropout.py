"""aten::dropout: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::dropout": Declared(
        schema="dropout(Tensor input, float p, bool train) -> Tensor",
        tags=[
            "nondeterministic_seeded",
            "maybe_aliasing_or_mutating",
        ],
        kernels={
            "Tracer": "TraceType::dropout",
            "FuncTorchVmapMode": "functorch::BatchRulesDecompositions::dropout",
            "FuncTorchDynamicLayerFrontMode": "functorch::PyTorchOperatorHacks::dropout",
            "CompositeImplicitAutograd": "dropout",
            "FuncTorchBatchedDecomposition": "functorch::BatchRulesDecompositions::dropout",
        },
    ),
}
