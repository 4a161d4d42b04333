"""aten::dequantize: its overloads, and their kernels.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::dequantize.self": Declared(
        schema="dequantize.self(Tensor self) -> Tensor",
        kernels={
            "Tracer": "TraceType::dequantize_self",
            "CPU": "dequantize_cpu_or_cuda",
            "CUDA": "dequantize_cpu_or_cuda",
            "QuantizedCPU": "dequantize_quantized",
            "QuantizedCUDA": "dequantize_quantized",
            "Autograd": "VariableType::dequantize_self",
        },
    ),
}
