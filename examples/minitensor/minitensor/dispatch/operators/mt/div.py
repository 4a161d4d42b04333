"""mt::div: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::div.Tensor": Declared(
        schema="div.Tensor(Tensor self, Tensor other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:div",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:div_tensor",
        },
    ),
    "mt::div.Scalar": Declared(
        schema="div.Scalar(Tensor self, Scalar other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:div",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:div_scalar",
        },
    ),
}
