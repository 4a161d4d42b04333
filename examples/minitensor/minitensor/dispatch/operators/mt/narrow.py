"""mt::narrow: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::narrow": Declared(
        schema="narrow(Tensor(a) self, int dim, int start, int length) -> Tensor(a)",
        kernels={
            "ADInplaceOrView": "minitensor.views:narrow",
            "CPU": "minitensor.cpu:narrow",
            "Meta": "minitensor.cpu:narrow",
            "AnyAutograd": "minitensor.autograd:narrow",
        },
        table={
            "CPU": "minitensor.cpu:narrow [kernel]",
            "Meta": "minitensor.cpu:narrow [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "minitensor.views:narrow [kernel]",
            "AutogradCPU": "minitensor.autograd:narrow [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:narrow [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
