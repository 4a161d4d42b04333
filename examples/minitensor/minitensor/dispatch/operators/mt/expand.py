"""mt::expand: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::expand": Declared(
        schema="expand(Tensor(a) self, int[] size) -> Tensor(a)",
        kernels={
            "ADInplaceOrView": "minitensor.views:expand",
            "CPU": "minitensor.cpu:expand",
            "Meta": "minitensor.cpu:expand",
            "AnyAutograd": "minitensor.autograd:expand",
        },
        table={
            "CPU": "minitensor.cpu:expand [kernel]",
            "Meta": "minitensor.cpu:expand [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "minitensor.views:expand [kernel]",
            "AutogradCPU": "minitensor.autograd:expand [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:expand [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
