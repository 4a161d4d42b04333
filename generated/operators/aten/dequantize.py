"""aten::dequantize: its overloads, their kernels, and why each slot has which.

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
        table={
            "CPU": "dequantize_cpu_or_cuda [kernel]",
            "CUDA": "dequantize_cpu_or_cuda [kernel]",
            "Meta": "not_implemented [backend fallback]",
            "QuantizedCPU": "dequantize_quantized [kernel]",
            "QuantizedCUDA": "dequantize_quantized [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "FuncTorchDynamicLayerBackMode": "dynamicLayerBackFallback [backend fallback]",
            "Functionalize": "functionalizeFallback [backend fallback]",
            "Conjugate": "conjugateFallback [backend fallback]",
            "Negative": "negationFallback [backend fallback]",
            "ZeroTensor": "zeroTensorFallback [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradOther": "VariableType::dequantize_self [autograd kernel]",
            "AutogradCPU": "VariableType::dequantize_self [autograd kernel]",
            "AutogradCUDA": "VariableType::dequantize_self [autograd kernel]",
            "AutogradHIP": "VariableType::dequantize_self [autograd kernel]",
            "AutogradXLA": "VariableType::dequantize_self [autograd kernel]",
            "AutogradMPS": "VariableType::dequantize_self [autograd kernel]",
            "AutogradIPU": "VariableType::dequantize_self [autograd kernel]",
            "AutogradXPU": "VariableType::dequantize_self [autograd kernel]",
            "AutogradHPU": "VariableType::dequantize_self [autograd kernel]",
            "AutogradVE": "VariableType::dequantize_self [autograd kernel]",
            "AutogradLazy": "VariableType::dequantize_self [autograd kernel]",
            "AutogradMTIA": "VariableType::dequantize_self [autograd kernel]",
            "AutogradMAIA": "VariableType::dequantize_self [autograd kernel]",
            "AutogradPrivateUse1": "VariableType::dequantize_self [autograd kernel]",
            "AutogradPrivateUse2": "VariableType::dequantize_self [autograd kernel]",
            "AutogradPrivateUse3": "VariableType::dequantize_self [autograd kernel]",
            "AutogradMeta": "VariableType::dequantize_self [autograd kernel]",
            "AutogradNestedTensor": "VariableType::dequantize_self [autograd kernel]",
            "Tracer": "TraceType::dequantize_self [kernel]",
            "AutocastCPU": "fallthrough [backend fallback]",
            "AutocastMTIA": "fallthrough [backend fallback]",
            "AutocastMAIA": "fallthrough [backend fallback]",
            "AutocastXPU": "fallthrough [backend fallback]",
            "AutocastMPS": "fallthrough [backend fallback]",
            "AutocastCUDA": "fallthrough [backend fallback]",
            "FuncTorchBatched": "functorchBatchedFallback [backend fallback]",
            "BatchedNestedTensor": "batchedNestedTensorFallback [backend fallback]",
            "FuncTorchVmapMode": "fallthrough [backend fallback]",
            "Batched": "batchedTensorForLoopFallback [backend fallback]",
            "VmapMode": "fallthrough [backend fallback]",
            "FuncTorchGradWrapper": "gradWrapperFallback [backend fallback]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
            "FuncTorchDynamicLayerFrontMode": "dynamicLayerFrontFallback [backend fallback]",
            "PreDispatch": "redispatch [backend fallback]",
            "PythonDispatcher": "python_dispatcher [backend fallback]",
        },
    ),
}
