"""mt::mul: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::mul.Tensor": Declared(
        schema="mul.Tensor(Tensor self, Tensor other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:mul",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:mul_tensor",
        },
        table={
            "CPU": "minitensor.cpu:mul [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:mul_tensor [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:mul_tensor [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
    "mt::mul.Scalar": Declared(
        schema="mul.Scalar(Tensor self, Scalar other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:mul",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:mul_scalar",
        },
        table={
            "CPU": "minitensor.cpu:mul [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:mul_scalar [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:mul_scalar [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
