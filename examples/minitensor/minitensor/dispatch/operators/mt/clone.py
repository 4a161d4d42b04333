"""mt::clone: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::clone": Declared(
        schema="clone(Tensor self) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:clone",
            "Meta": "minitensor.meta:elementwise",
            "AnyAutograd": "minitensor.autograd:clone",
        },
        table={
            "CPU": "minitensor.cpu:clone [kernel]",
            "Meta": "minitensor.meta:elementwise [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:clone [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:clone [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
