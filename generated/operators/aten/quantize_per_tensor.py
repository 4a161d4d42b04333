"""aten::quantize_per_tensor: its overloads, their kernels, and why each slot has which.

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
        table={
            "CPU": "quantize_per_tensor [kernel]",
            "CUDA": "quantize_per_tensor [kernel]",
            "Meta": "torch._meta_registrations:meta_quantize_per_tensor [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "FuncTorchDynamicLayerBackMode": "dynamicLayerBackFallback [backend fallback]",
            "Functionalize": "functionalizeFallback [backend fallback]",
            "Conjugate": "conjugateFallback [backend fallback]",
            "Negative": "negationFallback [backend fallback]",
            "ZeroTensor": "zeroTensorFallback [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradOther": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradCPU": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradCUDA": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradHIP": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradXLA": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradMPS": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradIPU": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradXPU": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradHPU": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradVE": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradLazy": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradMTIA": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradMAIA": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradPrivateUse1": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradPrivateUse2": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradPrivateUse3": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradMeta": "VariableType::quantize_per_tensor [autograd kernel]",
            "AutogradNestedTensor": "VariableType::quantize_per_tensor [autograd kernel]",
            "Tracer": "TraceType::quantize_per_tensor [kernel]",
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
