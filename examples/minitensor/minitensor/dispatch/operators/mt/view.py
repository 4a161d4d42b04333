"""mt::view: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::view": Declared(
        schema="view(Tensor(a) self, int[] size) -> Tensor(a)",
        kernels={
            "ADInplaceOrView": "minitensor.views:view",
            "CPU": "minitensor.cpu:view",
            "Meta": "minitensor.cpu:view",
            "AnyAutograd": "minitensor.autograd:view",
        },
    ),
}
