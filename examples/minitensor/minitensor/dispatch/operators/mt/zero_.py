"""mt::zero_: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::zero_": Declared(
        schema="zero_(Tensor(a!) self) -> Tensor(a!)",
        kernels={
            "CPU": "minitensor.cpu:zero_",
            "Meta": "minitensor.meta:inplace",
            "AnyAutograd": "minitensor.autograd:zero_",
        },
        table={
            "CPU": "minitensor.cpu:zero_ [kernel]",
            "Meta": "minitensor.meta:inplace [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:zero_ [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:zero_ [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
