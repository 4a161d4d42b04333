"""aten::alias: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::alias": Declared(
        schema="alias(Tensor(a) self) -> Tensor(a)",
        tags=[
            "core",
        ],
        kernels={
            "FuncTorchDynamicLayerBackMode": "functorch::DynamicLayer::alias",
            "Functionalize": "functionalization::alias",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrView::alias",
            "Tracer": "TraceType::alias",
            "FuncTorchBatched": "functorch::BatchRulesUnaryOps::alias",
            "NestedTensorCPU": "alias_nested",
            "NestedTensorCUDA": "alias_nested",
            "NestedTensorHPU": "alias_nested",
            "Autograd": "VariableType::alias",
            "CompositeExplicitAutograd": "alias",
        },
    ),
}
