"""aten::reshape: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::reshape": Declared(
        schema="reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)",
        kernels={
            "Functionalize": "functionalization::reshape",
            "Conjugate": "fallthrough",
            "Negative": "fallthrough",
            "ZeroTensor": "fallthrough",
            "Tracer": "TraceType::reshape",
            "Batched": "LegacyBatchingRegistrations::reshape",
            "CompositeImplicitAutograd": "reshape_symint",
            "FuncTorchBatchedDecomposition": "functorch::BatchRulesDecompositions::reshape",
            "CompositeImplicitAutogradNestedTensor": "reshape_nested_symint",
        },
    ),
}
