"""aten::randn: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::randn": Declared(
        schema="randn(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        tags=[
            "core",
            "nondeterministic_seeded",
        ],
        kernels={
            "BackendSelect": "BackendSelect::randn",
            "Tracer": "TraceType::randn",
            "FuncTorchVmapMode": "functorch::BatchRulesRandomness::randn",
            "VmapMode": "VmapModeRegistrations::randn",
            "Meta": "torch._refs:randn",
            "Autograd": "torch::autograd::autogradNotImplementedFallback",
            "CompositeExplicitAutograd": "randn",
        },
    ),
    "aten::randn.generator": Declared(
        schema="randn.generator(SymInt[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        tags=[
            "nondeterministic_seeded",
        ],
        kernels={
            "BackendSelect": "BackendSelect::randn_generator",
            "Tracer": "TraceType::randn_generator",
            "FuncTorchVmapMode": "functorch::BatchRulesRandomness::randn_generator",
            "VmapMode": "VmapModeRegistrations::randn_generator",
            "Autograd": "torch::autograd::autogradNotImplementedFallback",
            "CompositeExplicitAutograd": "randn",
        },
    ),
}
