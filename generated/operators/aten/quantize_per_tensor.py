"""aten::quantize_per_tensor: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::quantize_per_tensor": Declared(
        schema="quantize_per_tensor(Tensor self, float scale, int zero_point, ScalarType dtype) -> Tensor",
        kernels={
            "Tracer": "TraceType::quantize_per_tensor",
            "CPU": "quantize_per_tensor",
            "CUDA": "quantize_per_tensor",
            "Meta": "torch._meta_registrations:meta_quantize_per_tensor",
            "Autograd": "VariableType::quantize_per_tensor",
        },
    ),
}
