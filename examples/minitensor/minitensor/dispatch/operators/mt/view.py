"""mt::view: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::view": Declared(
        schema="view(Tensor(a) self, int[] size) -> Tensor(a)",
        kernels={
            "ADInplaceOrView": "minitensor.views:view",
            "CPU": "minitensor.cpu:view",
            "Meta": "minitensor.cpu:view",
            "AnyAutograd": "minitensor.autograd:view",
        },
        table={
            "CPU": "minitensor.cpu:view [kernel]",
            "Meta": "minitensor.cpu:view [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "minitensor.views:view [kernel]",
            "AutogradCPU": "minitensor.autograd:view [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:view [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
