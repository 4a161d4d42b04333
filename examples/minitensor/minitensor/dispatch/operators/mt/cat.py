"""mt::cat: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::cat": Declared(
        schema="cat(Tensor[] tensors, int dim=0) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:cat",
            "Meta": "minitensor.meta:cat",
            "AnyAutograd": "minitensor.autograd:cat",
        },
    ),
}
