"""mt::transpose: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::transpose": Declared(
        schema="transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)",
        kernels={
            "ADInplaceOrView": "minitensor.views:transpose",
            "CPU": "minitensor.cpu:transpose",
            "Meta": "minitensor.cpu:transpose",
            "AnyAutograd": "minitensor.autograd:transpose",
        },
        table={
            "CPU": "minitensor.cpu:transpose [kernel]",
            "Meta": "minitensor.cpu:transpose [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "minitensor.views:transpose [kernel]",
            "AutogradCPU": "minitensor.autograd:transpose [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:transpose [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
