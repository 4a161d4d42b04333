"""mt::full: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::full": Declared(
        schema='full(int[] size, Scalar value, *, str device="CPU") -> Tensor',
        kernels={
            "BackendSelect": "minitensor.tensor:select_full",
            "CPU": "minitensor.cpu:full",
            "Meta": "minitensor.meta:full",
        },
        table={
            "CPU": "minitensor.cpu:full [kernel]",
            "Meta": "minitensor.meta:full [kernel]",
            "BackendSelect": "minitensor.tensor:select_full [kernel]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "autograd_not_implemented [backend fallback]",
            "AutogradMeta": "autograd_not_implemented [backend fallback]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
