"""mt::cat: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::cat": Declared(
        schema="cat(Tensor[] tensors, int dim=0) -> Tensor",
        kernels={
            "CPU": "minitensor.cpu:cat",
            "Meta": "minitensor.meta:cat",
            "AnyAutograd": "minitensor.autograd:cat",
        },
        table={
            "CPU": "minitensor.cpu:cat [kernel]",
            "Meta": "minitensor.meta:cat [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.autograd:cat [autograd kernel]",
            "AutogradMeta": "minitensor.autograd:cat [autograd kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
