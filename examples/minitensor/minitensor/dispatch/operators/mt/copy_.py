"""mt::copy_: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::copy_": Declared(
        schema="copy_(Tensor(a!) self, Tensor other) -> Tensor(a!)",
        kernels={
            "CPU": "minitensor.cpu:copy_",
            "Meta": "minitensor.meta:inplace",
            "AnyAutograd": "minitensor.autograd:copy_",
        },
        table={
            "CPU": "minitensor.cpu:copy_ [kernel]",
            "Meta": "minitensor.meta:inplace [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:copy_ [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:copy_ [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
