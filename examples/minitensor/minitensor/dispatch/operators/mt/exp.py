"""mt::exp: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::exp": Declared(
        schema="exp(Tensor self) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:exp",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:exp",
        },
        table={
            "CPU": "minitensor.cpu:exp [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:exp [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:exp [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
