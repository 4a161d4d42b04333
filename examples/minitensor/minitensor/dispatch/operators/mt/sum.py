"""mt::sum: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::sum": Declared(
        schema="sum(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:sum",
            "Meta": "minitensor.meta:sum",
            "AnyAutograd": "minitensor.autograd:sum",
        },
        table={
            "CPU": "minitensor.cpu:sum [kernel]",
            "Meta": "minitensor.meta:sum [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:sum [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:sum [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
