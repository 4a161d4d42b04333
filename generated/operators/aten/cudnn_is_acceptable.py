"""aten::cudnn_is_acceptable: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::cudnn_is_acceptable": Declared(
        schema="cudnn_is_acceptable(Tensor self) -> bool",
        kernels={
            "Tracer": "TraceType::cudnn_is_acceptable",
            "CompositeImplicitAutograd": "cudnn_is_acceptable",
        },
    ),
}
