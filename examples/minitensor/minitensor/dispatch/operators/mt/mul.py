"""mt::mul: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::mul.Tensor": Declared(
        schema="mul.Tensor(Tensor self, Tensor other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:mul",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:mul_tensor",
        },
    ),
    "mt::mul.Scalar": Declared(
        schema="mul.Scalar(Tensor self, Scalar other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:mul",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:mul_scalar",
        },
    ),
}
