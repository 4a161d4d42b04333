"""mt::add_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::add_": Declared(
        schema="add_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
        kernels={
            "CPU": "minitensor.cpu:add_",
            "Meta": "minitensor.meta:inplace",
            "AnyAutograd": "minitensor.autograd:add_",
        },
    ),
}
