"""aten::random_: its overloads, their kernels, and why each slot has which.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ..._runtime.registration import Declared

OPERATORS: dict[str, Declared] = {
    "aten::random_": Declared(
        schema="random_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)",
        tags=[
            "nondeterministic_seeded",
        ],
        kernels={
            "Functionalize": "functionalization::random_",
            "ADInplaceOrView": "ADInplaceOrView::random_",
            "Tracer": "TraceType::random_",
            "FuncTorchVmapMode": "functorch::BatchRulesRandomness::random_",
            "VmapMode": "VmapModeRegistrations::random_",
            "CPU": "random_",
            "CUDA": "random_",
            "MPS": "random_",
            "Meta": "random_meta_",
            "Autograd": "VariableType::random_",
        },
        table={
            "CPU": "random_ [kernel]",
            "CUDA": "random_ [kernel]",
            "MPS": "random_ [kernel]",
            "Meta": "random_meta_ [kernel]",
            "BackendSelect": "fallthrough [backend fallback]",
            "Python": "python [backend fallback]",
            "FuncTorchDynamicLayerBackMode": "dynamicLayerBackFallback [backend fallback]",
            "Functionalize": "functionalization::random_ [kernel]",
            "Conjugate": "conjugateFallback [backend fallback]",
            "Negative": "negationFallback [backend fallback]",
            "ZeroTensor": "zeroTensorFallback [backend fallback]",
            "ADInplaceOrView": "ADInplaceOrView::random_ [kernel]",
            "AutogradOther": "VariableType::random_ [autograd kernel]",
            "AutogradCPU": "VariableType::random_ [autograd kernel]",
            "AutogradCUDA": "VariableType::random_ [autograd kernel]",
            "AutogradHIP": "VariableType::random_ [autograd kernel]",
            "AutogradXLA": "VariableType::random_ [autograd kernel]",
            "AutogradMPS": "VariableType::random_ [autograd kernel]",
            "AutogradIPU": "VariableType::random_ [autograd kernel]",
            "AutogradXPU": "VariableType::random_ [autograd kernel]",
            "AutogradHPU": "VariableType::random_ [autograd kernel]",
            "AutogradVE": "VariableType::random_ [autograd kernel]",
            "AutogradLazy": "VariableType::random_ [autograd kernel]",
            "AutogradMTIA": "VariableType::random_ [autograd kernel]",
            "AutogradMAIA": "VariableType::random_ [autograd kernel]",
            "AutogradPrivateUse1": "VariableType::random_ [autograd kernel]",
            "AutogradPrivateUse2": "VariableType::random_ [autograd kernel]",
            "AutogradPrivateUse3": "VariableType::random_ [autograd kernel]",
            "AutogradMeta": "VariableType::random_ [autograd kernel]",
            "AutogradNestedTensor": "VariableType::random_ [autograd kernel]",
            "Tracer": "TraceType::random_ [kernel]",
            "AutocastCPU": "fallthrough [backend fallback]",
            "AutocastMTIA": "fallthrough [backend fallback]",
            "AutocastMAIA": "fallthrough [backend fallback]",
            "AutocastXPU": "fallthrough [backend fallback]",
            "AutocastMPS": "fallthrough [backend fallback]",
            "AutocastCUDA": "fallthrough [backend fallback]",
            "FuncTorchBatched": "functorchBatchedFallback [backend fallback]",
            "BatchedNestedTensor": "batchedNestedTensorFallback [backend fallback]",
            "FuncTorchVmapMode": "functorch::BatchRulesRandomness::random_ [kernel]",
            "Batched": "batchedTensorForLoopFallback [backend fallback]",
            "VmapMode": "VmapModeRegistrations::random_ [kernel]",
            "FuncTorchGradWrapper": "gradWrapperFallback [backend fallback]",
            "PythonTLSSnapshot": "python_tls_snapshot [backend fallback]",
            "FuncTorchDynamicLayerFrontMode": "dynamicLayerFrontFallback [backend fallback]",
            "PreDispatch": "redispatch [backend fallback]",
            "PythonDispatcher": "python_dispatcher [backend fallback]",
        },
    ),
}
