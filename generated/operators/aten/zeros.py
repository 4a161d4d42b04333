"""aten::zeros: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::zeros": Declared(
        schema="zeros(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        kernels={
            "BackendSelect": "BackendSelect::zeros",
            "Tracer": "TraceType::zeros",
            "Meta": "torch._meta_registrations:meta_zeros",
            "Autograd": "torch::autograd::autogradNotImplementedFallback",
            "CompositeExplicitAutograd": "zeros_symint",
        },
    ),
}
