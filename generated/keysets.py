"""Keyset constants, each as the keys and backends that it is made of.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .dispatch_key import BackendComponent, DispatchKey
from .dispatch_key_set import DispatchKeySet

# AutogradFunctionality | AutogradOther | AutogradNestedTensor
autograd_dispatch_keyset = DispatchKeySet.of(
    DispatchKey.AutogradOther,
    DispatchKey.AutogradFunctionality,
    DispatchKey.AutogradNestedTensor,
)

# autograd_dispatch_keyset | ADInplaceOrView
autograd_dispatch_keyset_with_ADInplaceOrView = DispatchKeySet.of(
    DispatchKey.ADInplaceOrView,
    DispatchKey.AutogradOther,
    DispatchKey.AutogradFunctionality,
    DispatchKey.AutogradNestedTensor,
)

# Autocast{autocast_backends}
autocast_dispatch_keyset = DispatchKeySet.of(
    DispatchKey.AutocastCPU,
    DispatchKey.AutocastMTIA,
    DispatchKey.AutocastMAIA,
    DispatchKey.AutocastXPU,
    DispatchKey.AutocastIPU,
    DispatchKey.AutocastHPU,
    DispatchKey.AutocastXLA,
    DispatchKey.AutocastMPS,
    DispatchKey.AutocastCUDA,
    DispatchKey.AutocastPrivateUse1,
)

# BackendSelect | ADInplaceOrView
default_included_set = DispatchKeySet.of(
    DispatchKey.BackendSelect,
    DispatchKey.ADInplaceOrView,
)

# autocast_dispatch_keyset
default_excluded_set = DispatchKeySet.of(
    DispatchKey.AutocastCPU,
    DispatchKey.AutocastMTIA,
    DispatchKey.AutocastMAIA,
    DispatchKey.AutocastXPU,
    DispatchKey.AutocastIPU,
    DispatchKey.AutocastHPU,
    DispatchKey.AutocastXLA,
    DispatchKey.AutocastMPS,
    DispatchKey.AutocastCUDA,
    DispatchKey.AutocastPrivateUse1,
)

# Python | PythonTLSSnapshot
python_ks = DispatchKeySet.of(
    DispatchKey.Python,
    DispatchKey.PythonTLSSnapshot,
)

# Sparse
sparse_ks = DispatchKeySet.of(
    DispatchKey.Sparse,
)

# SparseCsr
sparse_csr_ks = DispatchKeySet.of(
    DispatchKey.SparseCsr,
)

# MkldnnCPU
mkldnn_ks = DispatchKeySet.of(
    DispatchKey.MkldnnCPU,
)

# ADInplaceOrView
inplace_or_view_ks = DispatchKeySet.of(
    DispatchKey.ADInplaceOrView,
)

# FuncTorchBatched | FuncTorchVmapMode | Batched | VmapMode | FuncTorchGradWrapper
functorch_transforms_ks = DispatchKeySet.of(
    DispatchKey.FuncTorchBatched,
    DispatchKey.FuncTorchVmapMode,
    DispatchKey.Batched,
    DispatchKey.VmapMode,
    DispatchKey.FuncTorchGradWrapper,
)

# FuncTorchBatched
functorch_batched_ks = DispatchKeySet.of(
    DispatchKey.FuncTorchBatched,
)

# (FPGA | Vulkan | Metal | CustomRNGKeyId | MkldnnCPU | Sparse | SparseCsr | Quantized)
# * backends(all)
autogradother_backends = DispatchKeySet.of(
    DispatchKey.FPGA,
    DispatchKey.Vulkan,
    DispatchKey.Metal,
    DispatchKey.Quantized,
    DispatchKey.CustomRNGKeyId,
    DispatchKey.MkldnnCPU,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# full_after(AutogradOther)
after_autograd_keyset = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.FPGA,
    DispatchKey.Vulkan,
    DispatchKey.Metal,
    DispatchKey.Quantized,
    DispatchKey.CustomRNGKeyId,
    DispatchKey.MkldnnCPU,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    DispatchKey.NestedTensor,
    DispatchKey.BackendSelect,
    DispatchKey.Fake,
    DispatchKey.Python,
    DispatchKey.FuncTorchDynamicLayerBackMode,
    DispatchKey.Functionalize,
    DispatchKey.Conjugate,
    DispatchKey.Negative,
    DispatchKey.ZeroTensor,
    DispatchKey.ADInplaceOrView,
    DispatchKey.PythonDispatcher,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# full_after(ADInplaceOrView)
after_ADInplaceOrView_keyset = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.FPGA,
    DispatchKey.Vulkan,
    DispatchKey.Metal,
    DispatchKey.Quantized,
    DispatchKey.CustomRNGKeyId,
    DispatchKey.MkldnnCPU,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    DispatchKey.NestedTensor,
    DispatchKey.BackendSelect,
    DispatchKey.Fake,
    DispatchKey.Python,
    DispatchKey.FuncTorchDynamicLayerBackMode,
    DispatchKey.Functionalize,
    DispatchKey.Conjugate,
    DispatchKey.Negative,
    DispatchKey.ZeroTensor,
    DispatchKey.PythonDispatcher,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# full_after(Functionalize) - ADInplaceOrView
after_func_keyset = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.FPGA,
    DispatchKey.Vulkan,
    DispatchKey.Metal,
    DispatchKey.Quantized,
    DispatchKey.CustomRNGKeyId,
    DispatchKey.MkldnnCPU,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    DispatchKey.NestedTensor,
    DispatchKey.BackendSelect,
    DispatchKey.Fake,
    DispatchKey.Python,
    DispatchKey.FuncTorchDynamicLayerBackMode,
    DispatchKey.PythonDispatcher,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# full_after(PreDispatch)
after_PreDispatch_keyset = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.FPGA,
    DispatchKey.Vulkan,
    DispatchKey.Metal,
    DispatchKey.Quantized,
    DispatchKey.CustomRNGKeyId,
    DispatchKey.MkldnnCPU,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    DispatchKey.NestedTensor,
    DispatchKey.BackendSelect,
    DispatchKey.Fake,
    DispatchKey.Python,
    DispatchKey.FuncTorchDynamicLayerBackMode,
    DispatchKey.Functionalize,
    DispatchKey.Conjugate,
    DispatchKey.Negative,
    DispatchKey.ZeroTensor,
    DispatchKey.ADInplaceOrView,
    DispatchKey.AutogradOther,
    DispatchKey.AutogradFunctionality,
    DispatchKey.AutogradNestedTensor,
    DispatchKey.Tracer,
    DispatchKey.AutocastCPU,
    DispatchKey.AutocastMTIA,
    DispatchKey.AutocastMAIA,
    DispatchKey.AutocastXPU,
    DispatchKey.AutocastIPU,
    DispatchKey.AutocastHPU,
    DispatchKey.AutocastXLA,
    DispatchKey.AutocastMPS,
    DispatchKey.AutocastCUDA,
    DispatchKey.AutocastPrivateUse1,
    DispatchKey.FuncTorchBatched,
    DispatchKey.BatchedNestedTensor,
    DispatchKey.FuncTorchVmapMode,
    DispatchKey.Batched,
    DispatchKey.VmapMode,
    DispatchKey.FuncTorchGradWrapper,
    DispatchKey.DeferredInit,
    DispatchKey.PythonTLSSnapshot,
    DispatchKey.FuncTorchDynamicLayerFrontMode,
    DispatchKey.TESTING_ONLY_GenericWrapper,
    DispatchKey.TESTING_ONLY_GenericMode,
    DispatchKey.PythonDispatcher,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# full_after(PythonTLSSnapshot)
after_PythonTLSSnapshot_keyset = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.FPGA,
    DispatchKey.Vulkan,
    DispatchKey.Metal,
    DispatchKey.Quantized,
    DispatchKey.CustomRNGKeyId,
    DispatchKey.MkldnnCPU,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    DispatchKey.NestedTensor,
    DispatchKey.BackendSelect,
    DispatchKey.Fake,
    DispatchKey.Python,
    DispatchKey.FuncTorchDynamicLayerBackMode,
    DispatchKey.Functionalize,
    DispatchKey.Conjugate,
    DispatchKey.Negative,
    DispatchKey.ZeroTensor,
    DispatchKey.ADInplaceOrView,
    DispatchKey.AutogradOther,
    DispatchKey.AutogradFunctionality,
    DispatchKey.AutogradNestedTensor,
    DispatchKey.Tracer,
    DispatchKey.AutocastCPU,
    DispatchKey.AutocastMTIA,
    DispatchKey.AutocastMAIA,
    DispatchKey.AutocastXPU,
    DispatchKey.AutocastIPU,
    DispatchKey.AutocastHPU,
    DispatchKey.AutocastXLA,
    DispatchKey.AutocastMPS,
    DispatchKey.AutocastCUDA,
    DispatchKey.AutocastPrivateUse1,
    DispatchKey.FuncTorchBatched,
    DispatchKey.BatchedNestedTensor,
    DispatchKey.FuncTorchVmapMode,
    DispatchKey.Batched,
    DispatchKey.VmapMode,
    DispatchKey.FuncTorchGradWrapper,
    DispatchKey.DeferredInit,
    DispatchKey.PythonDispatcher,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# In spite of its name, what is above Python, without the keys in every full_after.
# full ^ (full_after(Python) | Python)
after_Python_keyset = DispatchKeySet.of(
    DispatchKey.FuncTorchDynamicLayerBackMode,
    DispatchKey.Functionalize,
    DispatchKey.Conjugate,
    DispatchKey.Negative,
    DispatchKey.ZeroTensor,
    DispatchKey.ADInplaceOrView,
    DispatchKey.AutogradOther,
    DispatchKey.AutogradFunctionality,
    DispatchKey.AutogradNestedTensor,
    DispatchKey.Tracer,
    DispatchKey.AutocastCPU,
    DispatchKey.AutocastMTIA,
    DispatchKey.AutocastMAIA,
    DispatchKey.AutocastXPU,
    DispatchKey.AutocastIPU,
    DispatchKey.AutocastHPU,
    DispatchKey.AutocastXLA,
    DispatchKey.AutocastMPS,
    DispatchKey.AutocastCUDA,
    DispatchKey.AutocastPrivateUse1,
    DispatchKey.FuncTorchBatched,
    DispatchKey.BatchedNestedTensor,
    DispatchKey.FuncTorchVmapMode,
    DispatchKey.Batched,
    DispatchKey.VmapMode,
    DispatchKey.FuncTorchGradWrapper,
    DispatchKey.DeferredInit,
    DispatchKey.PythonTLSSnapshot,
    DispatchKey.FuncTorchDynamicLayerFrontMode,
    DispatchKey.TESTING_ONLY_GenericWrapper,
    DispatchKey.TESTING_ONLY_GenericMode,
    DispatchKey.PreDispatch,
)

# backends(all)
backend_bitset_mask = DispatchKeySet.of(
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# (Dense | Quantized | Sparse | SparseCsr) * backends(all)
backend_functionality_keys = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.Quantized,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# AutogradCPU
autograd_cpu_ks = DispatchKeySet.of(
    DispatchKey.AutogradCPU,
)

# AutogradCUDA
autograd_cuda_ks = DispatchKeySet.of(
    DispatchKey.AutogradCUDA,
)

# AutogradXLA
autograd_xla_ks = DispatchKeySet.of(
    DispatchKey.AutogradXLA,
)

# AutogradMPS
autograd_mps_ks = DispatchKeySet.of(
    DispatchKey.AutogradMPS,
)

# AutogradIPU
autograd_ipu_ks = DispatchKeySet.of(
    DispatchKey.AutogradIPU,
)

# AutogradXPU
autograd_xpu_ks = DispatchKeySet.of(
    DispatchKey.AutogradXPU,
)

# AutogradHPU
autograd_hpu_ks = DispatchKeySet.of(
    DispatchKey.AutogradHPU,
)

# AutogradLazy
autograd_lazy_ks = DispatchKeySet.of(
    DispatchKey.AutogradLazy,
)

# AutogradMTIA
autograd_mtia_ks = DispatchKeySet.of(
    DispatchKey.AutogradMTIA,
)

# AutogradMAIA
autograd_maia_ks = DispatchKeySet.of(
    DispatchKey.AutogradMAIA,
)

# AutogradPrivateUse1
autograd_privateuse1_ks = DispatchKeySet.of(
    DispatchKey.AutogradPrivateUse1,
)

# AutogradPrivateUse2
autograd_privateuse2_ks = DispatchKeySet.of(
    DispatchKey.AutogradPrivateUse2,
)

# AutogradPrivateUse3
autograd_privateuse3_ks = DispatchKeySet.of(
    DispatchKey.AutogradPrivateUse3,
)

# AutogradMeta
autograd_meta_ks = DispatchKeySet.of(
    DispatchKey.AutogradMeta,
)

# AutogradOther
autograd_other_ks = DispatchKeySet.of(
    DispatchKey.AutogradOther,
)

# AutogradNestedTensor
autograd_nested = DispatchKeySet.of(
    DispatchKey.AutogradNestedTensor,
)

# autogradother_backends | Dense
backend_dispatch_keyset = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.FPGA,
    DispatchKey.Vulkan,
    DispatchKey.Metal,
    DispatchKey.Quantized,
    DispatchKey.CustomRNGKeyId,
    DispatchKey.MkldnnCPU,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# without_backends(backend_dispatch_keyset - Sparse, functionalizing_backends)
non_functional_backend_dispatch_keyset = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.FPGA,
    DispatchKey.Vulkan,
    DispatchKey.Metal,
    DispatchKey.Quantized,
    DispatchKey.CustomRNGKeyId,
    DispatchKey.MkldnnCPU,
    DispatchKey.SparseCsr,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# backend_dispatch_keyset | autograd_dispatch_keyset | NestedTensor
math_dispatch_keyset = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.FPGA,
    DispatchKey.Vulkan,
    DispatchKey.Metal,
    DispatchKey.Quantized,
    DispatchKey.CustomRNGKeyId,
    DispatchKey.MkldnnCPU,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    DispatchKey.NestedTensor,
    DispatchKey.AutogradOther,
    DispatchKey.AutogradFunctionality,
    DispatchKey.AutogradNestedTensor,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# (AutogradNestedTensor | NestedTensor) * backends(all)
nested_dispatch_keyset = DispatchKeySet.of(
    DispatchKey.NestedTensor,
    DispatchKey.AutogradNestedTensor,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)

# autograd_dispatch_keyset * backends(all)
autograd_alias_keyset = DispatchKeySet.of(
    DispatchKey.AutogradOther,
    DispatchKey.AutogradFunctionality,
    DispatchKey.AutogradNestedTensor,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)
