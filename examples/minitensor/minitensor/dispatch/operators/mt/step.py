"""mt::step: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::step": Declared(
        schema="step(Tensor self) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:step",
            "Meta": "minitensor.meta:elementwise",
        },
    ),
}
