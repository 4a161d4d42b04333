"""mt::mean: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::mean": Declared(
        schema="mean(Tensor self) -> Tensor",
        kernels={
            "Composite": "minitensor.composite:mean",
        },
    ),
}
