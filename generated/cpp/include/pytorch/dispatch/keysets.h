// Keyset constants, each as the keys and backends that it is made of.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_DISPATCH_KEYSETS_H
#define PYTORCH_DISPATCH_KEYSETS_H

#include "dispatch_key_set.h"

namespace pytorch::dispatch {

/// AutogradFunctionality | AutogradOther | AutogradNestedTensor
inline constexpr DispatchKeySet autograd_dispatch_keyset = keySet({
    DispatchKey::AutogradOther,
    DispatchKey::AutogradFunctionality,
    DispatchKey::AutogradNestedTensor,
});

/// autograd_dispatch_keyset | ADInplaceOrView
inline constexpr DispatchKeySet autograd_dispatch_keyset_with_ADInplaceOrView = keySet({
    DispatchKey::ADInplaceOrView,
    DispatchKey::AutogradOther,
    DispatchKey::AutogradFunctionality,
    DispatchKey::AutogradNestedTensor,
});

/// Autocast{autocast_backends}
inline constexpr DispatchKeySet autocast_dispatch_keyset = keySet({
    DispatchKey::AutocastCPU,
    DispatchKey::AutocastMTIA,
    DispatchKey::AutocastMAIA,
    DispatchKey::AutocastXPU,
    DispatchKey::AutocastIPU,
    DispatchKey::AutocastHPU,
    DispatchKey::AutocastXLA,
    DispatchKey::AutocastMPS,
    DispatchKey::AutocastCUDA,
    DispatchKey::AutocastPrivateUse1,
});

/// BackendSelect | ADInplaceOrView
inline constexpr DispatchKeySet default_included_set = keySet({
    DispatchKey::BackendSelect,
    DispatchKey::ADInplaceOrView,
});

/// autocast_dispatch_keyset
inline constexpr DispatchKeySet default_excluded_set = keySet({
    DispatchKey::AutocastCPU,
    DispatchKey::AutocastMTIA,
    DispatchKey::AutocastMAIA,
    DispatchKey::AutocastXPU,
    DispatchKey::AutocastIPU,
    DispatchKey::AutocastHPU,
    DispatchKey::AutocastXLA,
    DispatchKey::AutocastMPS,
    DispatchKey::AutocastCUDA,
    DispatchKey::AutocastPrivateUse1,
});

/// Python | PythonTLSSnapshot
inline constexpr DispatchKeySet python_ks = keySet({
    DispatchKey::Python,
    DispatchKey::PythonTLSSnapshot,
});

/// Sparse
inline constexpr DispatchKeySet sparse_ks = keySet({
    DispatchKey::Sparse,
});

/// SparseCsr
inline constexpr DispatchKeySet sparse_csr_ks = keySet({
    DispatchKey::SparseCsr,
});

/// MkldnnCPU
inline constexpr DispatchKeySet mkldnn_ks = keySet({
    DispatchKey::MkldnnCPU,
});

/// ADInplaceOrView
inline constexpr DispatchKeySet inplace_or_view_ks = keySet({
    DispatchKey::ADInplaceOrView,
});

/// FuncTorchBatched | FuncTorchVmapMode | Batched | VmapMode | FuncTorchGradWrapper
inline constexpr DispatchKeySet functorch_transforms_ks = keySet({
    DispatchKey::FuncTorchBatched,
    DispatchKey::FuncTorchVmapMode,
    DispatchKey::Batched,
    DispatchKey::VmapMode,
    DispatchKey::FuncTorchGradWrapper,
});

/// FuncTorchBatched
inline constexpr DispatchKeySet functorch_batched_ks = keySet({
    DispatchKey::FuncTorchBatched,
});

/// (FPGA | Vulkan | Metal | CustomRNGKeyId | MkldnnCPU | Sparse | SparseCsr |
/// Quantized) * backends(all)
inline constexpr DispatchKeySet autogradother_backends = keySet({
    DispatchKey::FPGA,
    DispatchKey::Vulkan,
    DispatchKey::Metal,
    DispatchKey::Quantized,
    DispatchKey::CustomRNGKeyId,
    DispatchKey::MkldnnCPU,
    DispatchKey::Sparse,
    DispatchKey::SparseCsr,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// full_after(AutogradOther)
inline constexpr DispatchKeySet after_autograd_keyset = keySet({
    DispatchKey::Dense,
    DispatchKey::FPGA,
    DispatchKey::Vulkan,
    DispatchKey::Metal,
    DispatchKey::Quantized,
    DispatchKey::CustomRNGKeyId,
    DispatchKey::MkldnnCPU,
    DispatchKey::Sparse,
    DispatchKey::SparseCsr,
    DispatchKey::NestedTensor,
    DispatchKey::BackendSelect,
    DispatchKey::Fake,
    DispatchKey::Python,
    DispatchKey::FuncTorchDynamicLayerBackMode,
    DispatchKey::Functionalize,
    DispatchKey::Conjugate,
    DispatchKey::Negative,
    DispatchKey::ZeroTensor,
    DispatchKey::ADInplaceOrView,
    DispatchKey::PythonDispatcher,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// full_after(ADInplaceOrView)
inline constexpr DispatchKeySet after_ADInplaceOrView_keyset = keySet({
    DispatchKey::Dense,
    DispatchKey::FPGA,
    DispatchKey::Vulkan,
    DispatchKey::Metal,
    DispatchKey::Quantized,
    DispatchKey::CustomRNGKeyId,
    DispatchKey::MkldnnCPU,
    DispatchKey::Sparse,
    DispatchKey::SparseCsr,
    DispatchKey::NestedTensor,
    DispatchKey::BackendSelect,
    DispatchKey::Fake,
    DispatchKey::Python,
    DispatchKey::FuncTorchDynamicLayerBackMode,
    DispatchKey::Functionalize,
    DispatchKey::Conjugate,
    DispatchKey::Negative,
    DispatchKey::ZeroTensor,
    DispatchKey::PythonDispatcher,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// full_after(Functionalize) - ADInplaceOrView
inline constexpr DispatchKeySet after_func_keyset = keySet({
    DispatchKey::Dense,
    DispatchKey::FPGA,
    DispatchKey::Vulkan,
    DispatchKey::Metal,
    DispatchKey::Quantized,
    DispatchKey::CustomRNGKeyId,
    DispatchKey::MkldnnCPU,
    DispatchKey::Sparse,
    DispatchKey::SparseCsr,
    DispatchKey::NestedTensor,
    DispatchKey::BackendSelect,
    DispatchKey::Fake,
    DispatchKey::Python,
    DispatchKey::FuncTorchDynamicLayerBackMode,
    DispatchKey::PythonDispatcher,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// full_after(PreDispatch)
inline constexpr DispatchKeySet after_PreDispatch_keyset = keySet({
    DispatchKey::Dense,
    DispatchKey::FPGA,
    DispatchKey::Vulkan,
    DispatchKey::Metal,
    DispatchKey::Quantized,
    DispatchKey::CustomRNGKeyId,
    DispatchKey::MkldnnCPU,
    DispatchKey::Sparse,
    DispatchKey::SparseCsr,
    DispatchKey::NestedTensor,
    DispatchKey::BackendSelect,
    DispatchKey::Fake,
    DispatchKey::Python,
    DispatchKey::FuncTorchDynamicLayerBackMode,
    DispatchKey::Functionalize,
    DispatchKey::Conjugate,
    DispatchKey::Negative,
    DispatchKey::ZeroTensor,
    DispatchKey::ADInplaceOrView,
    DispatchKey::AutogradOther,
    DispatchKey::AutogradFunctionality,
    DispatchKey::AutogradNestedTensor,
    DispatchKey::Tracer,
    DispatchKey::AutocastCPU,
    DispatchKey::AutocastMTIA,
    DispatchKey::AutocastMAIA,
    DispatchKey::AutocastXPU,
    DispatchKey::AutocastIPU,
    DispatchKey::AutocastHPU,
    DispatchKey::AutocastXLA,
    DispatchKey::AutocastMPS,
    DispatchKey::AutocastCUDA,
    DispatchKey::AutocastPrivateUse1,
    DispatchKey::FuncTorchBatched,
    DispatchKey::BatchedNestedTensor,
    DispatchKey::FuncTorchVmapMode,
    DispatchKey::Batched,
    DispatchKey::VmapMode,
    DispatchKey::FuncTorchGradWrapper,
    DispatchKey::DeferredInit,
    DispatchKey::PythonTLSSnapshot,
    DispatchKey::FuncTorchDynamicLayerFrontMode,
    DispatchKey::TESTING_ONLY_GenericWrapper,
    DispatchKey::TESTING_ONLY_GenericMode,
    DispatchKey::PythonDispatcher,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// full_after(PythonTLSSnapshot)
inline constexpr DispatchKeySet after_PythonTLSSnapshot_keyset = keySet({
    DispatchKey::Dense,
    DispatchKey::FPGA,
    DispatchKey::Vulkan,
    DispatchKey::Metal,
    DispatchKey::Quantized,
    DispatchKey::CustomRNGKeyId,
    DispatchKey::MkldnnCPU,
    DispatchKey::Sparse,
    DispatchKey::SparseCsr,
    DispatchKey::NestedTensor,
    DispatchKey::BackendSelect,
    DispatchKey::Fake,
    DispatchKey::Python,
    DispatchKey::FuncTorchDynamicLayerBackMode,
    DispatchKey::Functionalize,
    DispatchKey::Conjugate,
    DispatchKey::Negative,
    DispatchKey::ZeroTensor,
    DispatchKey::ADInplaceOrView,
    DispatchKey::AutogradOther,
    DispatchKey::AutogradFunctionality,
    DispatchKey::AutogradNestedTensor,
    DispatchKey::Tracer,
    DispatchKey::AutocastCPU,
    DispatchKey::AutocastMTIA,
    DispatchKey::AutocastMAIA,
    DispatchKey::AutocastXPU,
    DispatchKey::AutocastIPU,
    DispatchKey::AutocastHPU,
    DispatchKey::AutocastXLA,
    DispatchKey::AutocastMPS,
    DispatchKey::AutocastCUDA,
    DispatchKey::AutocastPrivateUse1,
    DispatchKey::FuncTorchBatched,
    DispatchKey::BatchedNestedTensor,
    DispatchKey::FuncTorchVmapMode,
    DispatchKey::Batched,
    DispatchKey::VmapMode,
    DispatchKey::FuncTorchGradWrapper,
    DispatchKey::DeferredInit,
    DispatchKey::PythonDispatcher,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// In spite of its name, what is above Python, without the keys in every full_after.
/// full ^ (full_after(Python) | Python)
inline constexpr DispatchKeySet after_Python_keyset = keySet({
    DispatchKey::FuncTorchDynamicLayerBackMode,
    DispatchKey::Functionalize,
    DispatchKey::Conjugate,
    DispatchKey::Negative,
    DispatchKey::ZeroTensor,
    DispatchKey::ADInplaceOrView,
    DispatchKey::AutogradOther,
    DispatchKey::AutogradFunctionality,
    DispatchKey::AutogradNestedTensor,
    DispatchKey::Tracer,
    DispatchKey::AutocastCPU,
    DispatchKey::AutocastMTIA,
    DispatchKey::AutocastMAIA,
    DispatchKey::AutocastXPU,
    DispatchKey::AutocastIPU,
    DispatchKey::AutocastHPU,
    DispatchKey::AutocastXLA,
    DispatchKey::AutocastMPS,
    DispatchKey::AutocastCUDA,
    DispatchKey::AutocastPrivateUse1,
    DispatchKey::FuncTorchBatched,
    DispatchKey::BatchedNestedTensor,
    DispatchKey::FuncTorchVmapMode,
    DispatchKey::Batched,
    DispatchKey::VmapMode,
    DispatchKey::FuncTorchGradWrapper,
    DispatchKey::DeferredInit,
    DispatchKey::PythonTLSSnapshot,
    DispatchKey::FuncTorchDynamicLayerFrontMode,
    DispatchKey::TESTING_ONLY_GenericWrapper,
    DispatchKey::TESTING_ONLY_GenericMode,
    DispatchKey::PreDispatch,
});

/// backends(all)
inline constexpr DispatchKeySet backend_bitset_mask = keySet({
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// (Dense | Quantized | Sparse | SparseCsr) * backends(all)
inline constexpr DispatchKeySet backend_functionality_keys = keySet({
    DispatchKey::Dense,
    DispatchKey::Quantized,
    DispatchKey::Sparse,
    DispatchKey::SparseCsr,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// AutogradCPU
inline constexpr DispatchKeySet autograd_cpu_ks = keySet({
    DispatchKey::AutogradCPU,
});

/// AutogradCUDA
inline constexpr DispatchKeySet autograd_cuda_ks = keySet({
    DispatchKey::AutogradCUDA,
});

/// AutogradXLA
inline constexpr DispatchKeySet autograd_xla_ks = keySet({
    DispatchKey::AutogradXLA,
});

/// AutogradMPS
inline constexpr DispatchKeySet autograd_mps_ks = keySet({
    DispatchKey::AutogradMPS,
});

/// AutogradIPU
inline constexpr DispatchKeySet autograd_ipu_ks = keySet({
    DispatchKey::AutogradIPU,
});

/// AutogradXPU
inline constexpr DispatchKeySet autograd_xpu_ks = keySet({
    DispatchKey::AutogradXPU,
});

/// AutogradHPU
inline constexpr DispatchKeySet autograd_hpu_ks = keySet({
    DispatchKey::AutogradHPU,
});

/// AutogradLazy
inline constexpr DispatchKeySet autograd_lazy_ks = keySet({
    DispatchKey::AutogradLazy,
});

/// AutogradMTIA
inline constexpr DispatchKeySet autograd_mtia_ks = keySet({
    DispatchKey::AutogradMTIA,
});

/// AutogradMAIA
inline constexpr DispatchKeySet autograd_maia_ks = keySet({
    DispatchKey::AutogradMAIA,
});

/// AutogradPrivateUse1
inline constexpr DispatchKeySet autograd_privateuse1_ks = keySet({
    DispatchKey::AutogradPrivateUse1,
});

/// AutogradPrivateUse2
inline constexpr DispatchKeySet autograd_privateuse2_ks = keySet({
    DispatchKey::AutogradPrivateUse2,
});

/// AutogradPrivateUse3
inline constexpr DispatchKeySet autograd_privateuse3_ks = keySet({
    DispatchKey::AutogradPrivateUse3,
});

/// AutogradMeta
inline constexpr DispatchKeySet autograd_meta_ks = keySet({
    DispatchKey::AutogradMeta,
});

/// AutogradOther
inline constexpr DispatchKeySet autograd_other_ks = keySet({
    DispatchKey::AutogradOther,
});

/// AutogradNestedTensor
inline constexpr DispatchKeySet autograd_nested = keySet({
    DispatchKey::AutogradNestedTensor,
});

/// autogradother_backends | Dense
inline constexpr DispatchKeySet backend_dispatch_keyset = keySet({
    DispatchKey::Dense,
    DispatchKey::FPGA,
    DispatchKey::Vulkan,
    DispatchKey::Metal,
    DispatchKey::Quantized,
    DispatchKey::CustomRNGKeyId,
    DispatchKey::MkldnnCPU,
    DispatchKey::Sparse,
    DispatchKey::SparseCsr,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// without_backends(backend_dispatch_keyset - Sparse, functionalizing_backends)
inline constexpr DispatchKeySet non_functional_backend_dispatch_keyset = keySet({
    DispatchKey::Dense,
    DispatchKey::FPGA,
    DispatchKey::Vulkan,
    DispatchKey::Metal,
    DispatchKey::Quantized,
    DispatchKey::CustomRNGKeyId,
    DispatchKey::MkldnnCPU,
    DispatchKey::SparseCsr,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// backend_dispatch_keyset | autograd_dispatch_keyset | NestedTensor
inline constexpr DispatchKeySet math_dispatch_keyset = keySet({
    DispatchKey::Dense,
    DispatchKey::FPGA,
    DispatchKey::Vulkan,
    DispatchKey::Metal,
    DispatchKey::Quantized,
    DispatchKey::CustomRNGKeyId,
    DispatchKey::MkldnnCPU,
    DispatchKey::Sparse,
    DispatchKey::SparseCsr,
    DispatchKey::NestedTensor,
    DispatchKey::AutogradOther,
    DispatchKey::AutogradFunctionality,
    DispatchKey::AutogradNestedTensor,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// (AutogradNestedTensor | NestedTensor) * backends(all)
inline constexpr DispatchKeySet nested_dispatch_keyset = keySet({
    DispatchKey::NestedTensor,
    DispatchKey::AutogradNestedTensor,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

/// autograd_dispatch_keyset * backends(all)
inline constexpr DispatchKeySet autograd_alias_keyset = keySet({
    DispatchKey::AutogradOther,
    DispatchKey::AutogradFunctionality,
    DispatchKey::AutogradNestedTensor,
    BackendComponent::CPUBit,
    BackendComponent::CUDABit,
    BackendComponent::HIPBit,
    BackendComponent::XLABit,
    BackendComponent::MPSBit,
    BackendComponent::IPUBit,
    BackendComponent::XPUBit,
    BackendComponent::HPUBit,
    BackendComponent::VEBit,
    BackendComponent::LazyBit,
    BackendComponent::MTIABit,
    BackendComponent::MAIABit,
    BackendComponent::PrivateUse1Bit,
    BackendComponent::PrivateUse2Bit,
    BackendComponent::PrivateUse3Bit,
    BackendComponent::MetaBit,
});

}  // namespace pytorch::dispatch

#endif
