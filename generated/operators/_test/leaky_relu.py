"""_test::leaky_relu: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "_test::leaky_relu": Declared(
        schema="leaky_relu(Tensor self, float v=0.01) -> Tensor",
        kernels={
            "CompositeImplicitAutograd": "leaky_relu",
        },
    ),
}
