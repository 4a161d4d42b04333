"""mt::mean: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "mt::mean": Declared(
        schema="mean(Tensor self) -> Tensor",
        kernels={
            "Composite": "minitensor.composite:mean",
        },
        table={
            "CPU": "minitensor.composite:mean [composite kernel]",
            "Meta": "minitensor.composite:mean [composite kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradCPU": "minitensor.composite:mean [composite kernel]",
            "AutogradMeta": "minitensor.composite:mean [composite kernel]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
        },
    ),
}
