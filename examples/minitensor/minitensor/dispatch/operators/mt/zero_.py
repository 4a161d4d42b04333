"""mt::zero_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::zero_": Declared(
        schema="zero_(Tensor(a!) self) -> Tensor(a!)",
        kernels={
            "CPU": "minitensor.cpu:zero_",
            "Meta": "minitensor.meta:inplace",
            "AnyAutograd": "minitensor.autograd:zero_",
        },
    ),
}
