"""mt::narrow: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::narrow": Declared(
        schema="narrow(Tensor(a) self, int dim, int start, int length) -> Tensor(a)",
        kernels={
            "ADInplaceOrView": "minitensor.views:narrow",
            "CPU": "minitensor.cpu:narrow",
            "Meta": "minitensor.cpu:narrow",
            "AnyAutograd": "minitensor.autograd:narrow",
        },
    ),
}
