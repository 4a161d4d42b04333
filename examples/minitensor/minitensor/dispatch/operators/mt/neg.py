"""mt::neg: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::neg": Declared(
        schema="neg(Tensor self) -> Tensor",
        kernels={
            "Composite": "minitensor.composite:neg",
        },
    ),
}
