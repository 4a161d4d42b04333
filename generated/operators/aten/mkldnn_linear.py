"""aten::mkldnn_linear: its overloads, their kernels, and why each slot has which.

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
        table={
            "Meta": "not_implemented [backend fallback]",
            "MkldnnCPU": "mkldnn_linear [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "FuncTorchDynamicLayerBackMode": "dynamicLayerBackFallback [backend fallback]",
            "Functionalize": "functionalizeFallback [backend fallback]",
            "Conjugate": "conjugateFallback [backend fallback]",
            "Negative": "negationFallback [backend fallback]",
            "ZeroTensor": "zeroTensorFallback [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradOther": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradCPU": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradCUDA": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradHIP": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradXLA": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradMPS": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradIPU": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradXPU": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradHPU": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradVE": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradLazy": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradMTIA": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradMAIA": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradPrivateUse1": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradPrivateUse2": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradPrivateUse3": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradMeta": "VariableType::mkldnn_linear [autograd kernel]",
            "AutogradNestedTensor": "VariableType::mkldnn_linear [autograd kernel]",
            "Tracer": "TraceType::mkldnn_linear [kernel]",
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
