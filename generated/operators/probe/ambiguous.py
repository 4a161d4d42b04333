"""probe::ambiguous: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "probe::ambiguous": Declared(
        schema="ambiguous(Tensor self) -> Tensor",
        kernels={
            "SparseCPU": "ambiguous_sparse",
            "CompositeImplicitAutograd": "ambiguous",
        },
    ),
}
