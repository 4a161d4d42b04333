"""aten::requires_grad_: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::requires_grad_": Declared(
        schema="requires_grad_(Tensor(a!) self, bool requires_grad=True) -> Tensor(a!)",
        kernels={
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "Tracer": "fallthrough",
            "CompositeImplicitAutograd": "requires_grad_",
        },
    ),
}
