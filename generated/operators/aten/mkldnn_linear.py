"""aten::mkldnn_linear: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::mkldnn_linear": Declared(
        schema="mkldnn_linear(Tensor self, Tensor weight, Tensor? bias=None) -> Tensor",
        kernels={
            "MkldnnCPU": "mkldnn_linear",
            "Tracer": "TraceType::mkldnn_linear",
            "Autograd": "VariableType::mkldnn_linear",
        },
    ),
}
