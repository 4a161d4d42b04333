"""mt::copy_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::copy_": Declared(
        schema="copy_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
        kernels={
            "CPU": "minitensor.cpu:copy_",
            "Meta": "minitensor.meta:inplace",
            "AnyAutograd": "minitensor.autograd:copy_",
        },
    ),
}
