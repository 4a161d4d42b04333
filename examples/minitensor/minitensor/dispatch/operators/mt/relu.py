"""mt::relu: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::relu": Declared(
        schema="relu(Tensor self) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:relu",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:relu",
        },
        table={
            "CPU": "minitensor.cpu:relu [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:relu [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:relu [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
