"""mt::clone: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::clone": Declared(
        schema="clone(Tensor self) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:clone",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:clone",
        },
    ),
}
