"""aten::zeros_like: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::zeros_like": Declared(
        schema="zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        kernels={
            "ZeroTensor": "fallthrough",
            "Tracer": "TraceType::zeros_like",
            "FuncTorchBatched": "functorch::BatchRulesFactory::zeros_like",
            "Meta": "torch._meta_registrations:zeros_like",
            "Autograd": "VariableType::zeros_like",
            "CompositeImplicitAutogradNestedTensor": "zeros_like",
            "CompositeExplicitAutograd": "zeros_like",
        },
    ),
}
