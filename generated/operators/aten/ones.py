"""aten::ones: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::ones": Declared(
        schema="ones(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        kernels={
            "BackendSelect": "BackendSelect::ones",
            "Tracer": "TraceType::ones",
            "Meta": "torch._meta_registrations:meta_ones",
            "Autograd": "torch::autograd::autogradNotImplementedFallback",
            "CompositeExplicitAutograd": "ones",
        },
    ),
}
