"""mt::sum: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::sum": Declared(
        schema="sum(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:sum",
            "Meta": "minitensor.meta:sum",
            "AnyAutograd": "minitensor.autograd:sum",
        },
    ),
}
