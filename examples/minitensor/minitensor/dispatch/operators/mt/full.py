"""mt::full: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::full": Declared(
        schema='full(int[] size, Scalar value, *, str device="CPU") -> Tensor',
        kernels={
            "BackendSelect": "minitensor.tensor:select_full",
            "CPU": "minitensor.cpu:full",
            "Meta": "minitensor.meta:full",
        },
    ),
}
