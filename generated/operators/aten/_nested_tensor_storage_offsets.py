"""aten::_nested_tensor_storage_offsets: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::_nested_tensor_storage_offsets": Declared(
        schema="_nested_tensor_storage_offsets(Tensor self) -> Tensor",
        kernels={
            "Tracer": "TraceType::_nested_tensor_storage_offsets",
            "NestedTensorCPU": "_nested_tensor_storage_offsets",
            "NestedTensorCUDA": "_nested_tensor_storage_offsets",
            "NestedTensorMeta": "_nested_tensor_storage_offsets",
            "Autograd": "VariableType::_nested_tensor_storage_offsets",
        },
        table={
            "Meta": "not_implemented [backend fallback]",
            "NestedTensorCPU": "_nested_tensor_storage_offsets [kernel]",
            "NestedTensorCUDA": "_nested_tensor_storage_offsets [kernel]",
            "NestedTensorMeta": "_nested_tensor_storage_offsets [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "FuncTorchDynamicLayerBackMode": "dynamicLayerBackFallback [backend fallback]",
            "Functionalize": "functionalizeFallback [backend fallback]",
            "Conjugate": "conjugateFallback [backend fallback]",
            "Negative": "negationFallback [backend fallback]",
            "ZeroTensor": "zeroTensorFallback [backend fallback]",
            "ADInplaceOrView": "fallthrough [backend fallback]",
            "AutogradOther": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradCPU": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradCUDA": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradHIP": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradXLA": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradMPS": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradIPU": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradXPU": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradHPU": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradVE": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradLazy": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradMTIA": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradMAIA": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradPrivateUse1": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradPrivateUse2": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradPrivateUse3": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradMeta": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "AutogradNestedTensor": "VariableType::_nested_tensor_storage_offsets [autograd kernel]",
            "Tracer": "TraceType::_nested_tensor_storage_offsets [kernel]",
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
