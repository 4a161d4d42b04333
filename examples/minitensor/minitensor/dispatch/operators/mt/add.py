"""mt::add: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::add.Tensor": Declared(
        schema="add.Tensor(Tensor self, Tensor other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:add",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:add_tensor",
        },
    ),
    "mt::add.Scalar": Declared(
        schema="add.Scalar(Tensor self, Scalar other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:add",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:add_scalar",
        },
    ),
}
