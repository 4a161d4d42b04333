"""aten::arange: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::arange": Declared(
        schema="arange(Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor",
        kernels={
            "BackendSelect": "BackendSelect::arange",
            "Tracer": "TraceType::arange",
            "Meta": "torch._decomp.decompositions:arange_default",
            "Autograd": "torch::autograd::autogradNotImplementedFallback",
            "CompositeExplicitAutograd": "arange",
        },
    ),
    "aten::arange.start_out": Declared(
        schema="arange.start_out(Scalar start, Scalar end, Scalar step=1, *, Tensor(a!) out) -> Tensor(a!)",
        kernels={
            "Functionalize": "functionalization::arange_out_start_out",
            "ADInplaceOrView": "ADInplaceOrView::arange_out_start_out",
            "Tracer": "TraceType::arange_out_start_out",
            "CPU": "arange_out",
            "CUDA": "arange_cuda_out",
            "MPS": "arange_mps_out",
            "MTIA": "arange_mtia_out",
            "Meta": "torch._refs:arange",
            "Autograd": "torch::autograd::autogradNotImplementedFallback",
        },
    ),
}
