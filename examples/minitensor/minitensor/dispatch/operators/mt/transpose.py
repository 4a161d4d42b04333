"""mt::transpose: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::transpose": Declared(
        schema="transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)",
        kernels={
            "ADInplaceOrView": "minitensor.views:transpose",
            "CPU": "minitensor.cpu:transpose",
            "Meta": "minitensor.cpu:transpose",
            "AnyAutograd": "minitensor.autograd:transpose",
        },
    ),
}
