"""aten::cudnn_convolution: its overloads, their kernels, and why each slot has which.

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
        table={
            "CUDA": "cudnn_convolution [kernel]",
            "Meta": "not_implemented [backend fallback]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "FuncTorchDynamicLayerBackMode": "dynamicLayerBackFallback [backend fallback]",
            "Functionalize": "functionalizeFallback [backend fallback]",
            "Conjugate": "conjugateFallback [backend fallback]",
            "Negative": "negationFallback [backend fallback]",
            "ZeroTensor": "zeroTensorFallback [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradOther": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradCPU": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradCUDA": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradHIP": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradXLA": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradMPS": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradIPU": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradXPU": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradHPU": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradVE": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradLazy": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradMTIA": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradMAIA": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradPrivateUse1": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradPrivateUse2": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradPrivateUse3": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradMeta": "VariableType::cudnn_convolution [autograd kernel]",
            "AutogradNestedTensor": "VariableType::cudnn_convolution [autograd kernel]",
            "Tracer": "TraceType::cudnn_convolution [kernel]",
            "AutocastCPU": "fallthrough [backend fallback]",
            "AutocastMTIA": "fallthrough [backend fallback]",
            "AutocastMAIA": "fallthrough [backend fallback]",
            "AutocastXPU": "fallthrough [backend fallback]",
            "AutocastMPS": "fallthrough [backend fallback]",
            "AutocastCUDA": "autocast::cudnn_convolution [kernel]",
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
