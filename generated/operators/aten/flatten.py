"""aten::flatten: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::flatten.using_ints": Declared(
        schema="flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)",
        kernels={
            "Functionalize": "functionalization::flatten_using_ints",
            "Tracer": "TraceType::flatten_using_ints",
            "CompositeImplicitAutograd": "flatten",
            "FuncTorchBatchedDecomposition": "functorch::BatchRulesDecompositions::flatten_using_ints",
        },
    ),
}
