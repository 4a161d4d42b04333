"""aten::is_nonzero: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::is_nonzero": Declared(
        schema="is_nonzero(Tensor self) -> bool",
        kernels={
            "Tracer": "TraceType::is_nonzero",
            "FuncTorchBatched": "functorch::BatchRulesDynamic::is_nonzero",
            "CompositeImplicitAutograd": "is_nonzero",
        },
    ),
}
