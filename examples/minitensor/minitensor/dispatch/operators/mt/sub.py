"""mt::sub: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::sub.Tensor": Declared(
        schema="sub.Tensor(Tensor self, Tensor other) -> Tensor",
        kernels={
            "Composite": "minitensor.composite:sub",
        },
        table={
            "CPU": "minitensor.composite:sub [composite kernel]",
            "Meta": "minitensor.composite:sub [composite kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.composite:sub [composite kernel]",
            "AutogradMeta": "minitensor.composite:sub [composite kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
    "mt::sub.Scalar": Declared(
        schema="sub.Scalar(Tensor self, Scalar other) -> Tensor",
        kernels={
            "Composite": "minitensor.composite:sub",
        },
        table={
            "CPU": "minitensor.composite:sub [composite kernel]",
            "Meta": "minitensor.composite:sub [composite kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.composite:sub [composite kernel]",
            "AutogradMeta": "minitensor.composite:sub [composite kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
