"""mt::sub: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::sub.Tensor": Declared(
        schema="sub.Tensor(Tensor self, Tensor other) -> Tensor",
        kernels={
            "Composite": "minitensor.composite:sub",
        },
    ),
    "mt::sub.Scalar": Declared(
        schema="sub.Scalar(Tensor self, Scalar other) -> Tensor",
        kernels={
            "Composite": "minitensor.composite:sub",
        },
    ),
}
