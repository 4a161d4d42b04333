"""aten::detach: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::detach": Declared(
        schema="detach(Tensor(a) self) -> Tensor(a)",
        kernels={
            "Functionalize": "functionalization::detach",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrViewManual::detach",
            "Tracer": "TraceTypeManual::detach",
            "FuncTorchBatched": "functorch::BatchRulesUnaryOps::detach",
            "NestedTensorCPU": "detach",
            "NestedTensorCUDA": "detach",
            "NestedTensorHPU": "detach",
            "Autograd": "VariableTypeManual::detach",
            "CompositeExplicitAutograd": "detach",
        },
    ),
}
