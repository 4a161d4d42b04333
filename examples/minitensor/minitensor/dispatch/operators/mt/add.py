"""mt::add: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::add.Tensor": Declared(
        schema="add.Tensor(Tensor self, Tensor other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:add",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:add_tensor",
        },
        table={
            "CPU": "minitensor.cpu:add [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:add_tensor [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:add_tensor [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
    "mt::add.Scalar": Declared(
        schema="add.Scalar(Tensor self, Scalar other) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:add",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:add_scalar",
        },
        table={
            "CPU": "minitensor.cpu:add [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:add_scalar [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:add_scalar [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
