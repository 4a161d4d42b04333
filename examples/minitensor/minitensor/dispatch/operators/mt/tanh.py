"""mt::tanh: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::tanh": Declared(
        schema="tanh(Tensor self) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:tanh",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:tanh",
        },
    ),
}
