"""mt::step: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::step": Declared(
        schema="step(Tensor self) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:step",
            "Meta": "minitensor.meta:elementwise",
        },
        table={
            "CPU": "minitensor.cpu:step [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "autograd_not_implemented [backend fallback]",
            "AutogradMeta": "autograd_not_implemented [backend fallback]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
