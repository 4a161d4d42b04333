"""mt::div: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::div.Tensor": Declared(
        schema="div.Tensor(Tensor self, Tensor other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:div",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:div_tensor",
        },
        table={
            "CPU": "minitensor.cpu:div [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:div_tensor [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:div_tensor [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
    "mt::div.Scalar": Declared(
        schema="div.Scalar(Tensor self, Scalar other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:div",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:div_scalar",
        },
        table={
            "CPU": "minitensor.cpu:div [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:div_scalar [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:div_scalar [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
