"""mt::matmul: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::matmul": Declared(
        schema="matmul(Tensor self, Tensor other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:matmul",
            "Meta": "minitensor.meta:matmul",
            "AnyAutograd": "minitensor.autograd:matmul",
        },
        table={
            "CPU": "minitensor.cpu:matmul [kernel]",
            "Meta": "minitensor.meta:matmul [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:matmul [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:matmul [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
