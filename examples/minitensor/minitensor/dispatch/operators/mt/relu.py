"""mt::relu: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::relu": Declared(
        schema="relu(Tensor self) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:relu",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:relu",
        },
    ),
}
