"""mt::matmul: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::matmul": Declared(
        schema="matmul(Tensor self, Tensor other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:matmul",
            "Meta": "minitensor.meta:matmul",
            "AnyAutograd": "minitensor.autograd:matmul",
        },
    ),
}
