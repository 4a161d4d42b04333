"""mt::expand: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::expand": Declared(
        schema="expand(Tensor(a) self, int[] size) -> Tensor(a)",
        kernels={
            "ADInplaceOrView": "minitensor.views:expand",
            "CPU": "minitensor.cpu:expand",
            "Meta": "minitensor.cpu:expand",
            "AnyAutograd": "minitensor.autograd:expand",
        },
    ),
}
