"""mt::tanh: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::tanh": Declared(
        schema="tanh(Tensor self) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:tanh",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:tanh",
        },
        table={
            "CPU": "minitensor.cpu:tanh [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:tanh [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:tanh [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
