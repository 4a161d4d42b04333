"""aten::unbind: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::unbind.int": Declared(
        schema="unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]",
        kernels={
            "Functionalize": "functionalization::unbind_int",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "ADInplaceOrView": "ADInplaceOrView::unbind_int",
            "AutogradNestedTensor": "VariableType::unbind_int_AutogradNestedTensor",
            "Tracer": "TraceType::unbind_int",
            "FuncTorchBatched": "functorch::LegacyBatchingRegistrations::unbind_int",
            "Batched": "LegacyBatchingRegistrations::unbind_int",
            "NestedTensorCPU": "NestedTensor_unbind",
            "NestedTensorCUDA": "NestedTensor_unbind",
            "NestedTensorHPU": "NestedTensor_unbind",
            "Autograd": "VariableType::unbind_int",
            "CompositeExplicitAutograd": "unbind",
        },
    ),
}
