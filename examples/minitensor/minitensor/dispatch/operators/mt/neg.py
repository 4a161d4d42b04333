"""mt::neg: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::neg": Declared(
        schema="neg(Tensor self) -> Tensor",
        kernels={
            "Composite": "minitensor.composite:neg",
        },
        table={
            "CPU": "minitensor.composite:neg [composite kernel]",
            "Meta": "minitensor.composite:neg [composite kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.composite:neg [composite kernel]",
            "AutogradMeta": "minitensor.composite:neg [composite kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
