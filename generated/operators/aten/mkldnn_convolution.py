"""aten::mkldnn_convolution: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::mkldnn_convolution": Declared(
        schema="mkldnn_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups) -> Tensor",
        kernels={
            "Tracer": "TraceType::mkldnn_convolution",
            "Autograd": "VariableType::mkldnn_convolution",
            "CompositeExplicitAutograd": "mkldnn_convolution",
        },
    ),
}
