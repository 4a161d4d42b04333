"""aten::randn_like: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::randn_like": Declared(
        schema="randn_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor",
        tags=[
            "nondeterministic_seeded",
        ],
        kernels={
            "Tracer": "TraceType::randn_like",
            "FuncTorchBatched": "functorch::BatchRulesFactory::randn_like",
            "FuncTorchVmapMode": "functorch::BatchRulesRandomness::randn_like",
            "VmapMode": "VmapModeRegistrations::randn_like",
            "Autograd": "VariableType::randn_like",
            "CompositeImplicitAutogradNestedTensor": "randn_like",
            "CompositeExplicitAutograd": "randn_like",
        },
    ),
}
