"""aten::cudnn_convolution: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::cudnn_convolution": Declared(
        schema="cudnn_convolution(Tensor self, Tensor weight, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic, bool allow_tf32) -> Tensor",
        kernels={
            "Tracer": "TraceType::cudnn_convolution",
            "AutocastCUDA": "autocast::cudnn_convolution",
            "CUDA": "cudnn_convolution",
            "Autograd": "VariableType::cudnn_convolution",
        },
    ),
}
