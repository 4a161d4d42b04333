// Functions around keys and sets.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_DISPATCH_FUNCTIONS_H
#define PYTORCH_DISPATCH_FUNCTIONS_H

#include "dispatch_key_set.h"
#include "keysets.h"

namespace pytorch::dispatch {

/// What an alias key stands for; for any other key, the key itself.
///
/// Throws std::invalid_argument for the undefined key.
constexpr DispatchKeySet getRuntimeDispatchKeySet(DispatchKey key) {
  switch (key) {
    case DispatchKey::Autograd:
      return autograd_alias_keyset;
    case DispatchKey::CompositeImplicitAutograd:
      return math_dispatch_keyset;
    case DispatchKey::FuncTorchBatchedDecomposition:
      return functorch_batched_ks;
    case DispatchKey::CompositeImplicitAutogradNestedTensor:
      return nested_dispatch_keyset;
    case DispatchKey::CompositeExplicitAutograd:
      return backend_dispatch_keyset;
    case DispatchKey::CompositeExplicitAutogradNonFunctional:
      return non_functional_backend_dispatch_keyset;
    default:
      return dispatch_codegen::runtime_key_set<Numbering>(key);
  }
}

/// Whether an alias key stands for `member`; else whether they are the same.
///
/// Throws std::invalid_argument if `key` is the undefined key.
constexpr bool runtimeDispatchKeySetHas(DispatchKey key, DispatchKey member) {
  const DispatchKeySet keys = getRuntimeDispatchKeySet(key);
  return isAliasDispatchKey(key) ? keys.has(member) : key == member;
}

/// Whether a kernel for `alias` can fill the slot of `key`.
///
/// Throws std::invalid_argument if `alias` is the undefined key, unless `key` is so too.
constexpr bool isIncludedInAlias(DispatchKey key, DispatchKey alias) {
  return key != DispatchKey{} && runtimeDispatchKeySetHas(alias, key);
}

/// The keys that autograd adds to a tensor on this backend.
constexpr DispatchKeySet getAutogradRelatedKeySetFromBackend(BackendComponent backend) {
  switch (backend) {
    case BackendComponent::CPUBit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradCPU,
      });
    case BackendComponent::CUDABit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradCUDA,
      });
    case BackendComponent::XLABit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradXLA,
      });
    case BackendComponent::MPSBit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradMPS,
      });
    case BackendComponent::IPUBit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradIPU,
      });
    case BackendComponent::XPUBit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradXPU,
      });
    case BackendComponent::HPUBit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradHPU,
      });
    case BackendComponent::LazyBit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradLazy,
      });
    case BackendComponent::MTIABit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradMTIA,
      });
    case BackendComponent::MAIABit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradMAIA,
      });
    case BackendComponent::PrivateUse1Bit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradPrivateUse1,
      });
    case BackendComponent::PrivateUse2Bit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradPrivateUse2,
      });
    case BackendComponent::PrivateUse3Bit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradPrivateUse3,
      });
    case BackendComponent::MetaBit:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradMeta,
      });
    default:
      return keySet({
          DispatchKey::ADInplaceOrView,
          DispatchKey::AutogradOther,
      });
  }
}

/// The Autograd key of a backend.
constexpr DispatchKey getAutogradKeyFromBackend(BackendComponent backend) {
  switch (backend) {
    case BackendComponent::CPUBit:
      return DispatchKey::AutogradCPU;
    case BackendComponent::CUDABit:
      return DispatchKey::AutogradCUDA;
    case BackendComponent::XLABit:
      return DispatchKey::AutogradXLA;
    case BackendComponent::MPSBit:
      return DispatchKey::AutogradMPS;
    case BackendComponent::IPUBit:
      return DispatchKey::AutogradIPU;
    case BackendComponent::XPUBit:
      return DispatchKey::AutogradXPU;
    case BackendComponent::HPUBit:
      return DispatchKey::AutogradHPU;
    case BackendComponent::LazyBit:
      return DispatchKey::AutogradLazy;
    case BackendComponent::MTIABit:
      return DispatchKey::AutogradMTIA;
    case BackendComponent::MAIABit:
      return DispatchKey::AutogradMAIA;
    case BackendComponent::PrivateUse1Bit:
      return DispatchKey::AutogradPrivateUse1;
    case BackendComponent::PrivateUse2Bit:
      return DispatchKey::AutogradPrivateUse2;
    case BackendComponent::PrivateUse3Bit:
      return DispatchKey::AutogradPrivateUse3;
    case BackendComponent::MetaBit:
      return DispatchKey::AutogradMeta;
    default:
      return DispatchKey::AutogradOther;
  }
}

/// The Autocast key of a backend, if it has one.
constexpr DispatchKeySet getAutocastRelatedKeySetFromBackend(BackendComponent backend) {
  switch (backend) {
    case BackendComponent::CPUBit:
      return keySet({
          DispatchKey::AutocastCPU,
      });
    case BackendComponent::CUDABit:
      return keySet({
          DispatchKey::AutocastCUDA,
      });
    case BackendComponent::XLABit:
      return keySet({
          DispatchKey::AutocastXLA,
      });
    case BackendComponent::MPSBit:
      return keySet({
          DispatchKey::AutocastMPS,
      });
    case BackendComponent::IPUBit:
      return keySet({
          DispatchKey::AutocastIPU,
      });
    case BackendComponent::XPUBit:
      return keySet({
          DispatchKey::AutocastXPU,
      });
    case BackendComponent::HPUBit:
      return keySet({
          DispatchKey::AutocastHPU,
      });
    case BackendComponent::MTIABit:
      return keySet({
          DispatchKey::AutocastMTIA,
      });
    case BackendComponent::MAIABit:
      return keySet({
          DispatchKey::AutocastMAIA,
      });
    case BackendComponent::PrivateUse1Bit:
      return keySet({
          DispatchKey::AutocastPrivateUse1,
      });
    default:
      return keySet({});
  }
}

/// The backend keys below an Autograd key; empty for any other key.
constexpr DispatchKeySet getBackendKeySetFromAutograd(DispatchKey key) {
  switch (key) {
    case DispatchKey::AutogradOther:
      return keySet({
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
    case DispatchKey::AutogradNestedTensor:
      return keySet({
          DispatchKey::NestedTensor,
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
    case DispatchKey::AutogradCPU:
      return keySet({
          DispatchKey::CPU,
      });
    case DispatchKey::AutogradCUDA:
      return keySet({
          DispatchKey::CUDA,
      });
    case DispatchKey::AutogradXLA:
      return keySet({
          DispatchKey::XLA,
      });
    case DispatchKey::AutogradMPS:
      return keySet({
          DispatchKey::MPS,
      });
    case DispatchKey::AutogradIPU:
      return keySet({
          DispatchKey::IPU,
      });
    case DispatchKey::AutogradXPU:
      return keySet({
          DispatchKey::XPU,
      });
    case DispatchKey::AutogradHPU:
      return keySet({
          DispatchKey::HPU,
      });
    case DispatchKey::AutogradLazy:
      return keySet({
          DispatchKey::Lazy,
      });
    case DispatchKey::AutogradMAIA:
      return keySet({
          DispatchKey::MAIA,
      });
    case DispatchKey::AutogradPrivateUse1:
      return keySet({
          DispatchKey::PrivateUse1,
      });
    case DispatchKey::AutogradPrivateUse2:
      return keySet({
          DispatchKey::PrivateUse2,
      });
    case DispatchKey::AutogradPrivateUse3:
      return keySet({
          DispatchKey::PrivateUse3,
      });
    case DispatchKey::AutogradMeta:
      return keySet({
          DispatchKey::Meta,
      });
    default:
      return keySet({});
  }
}

/// Whether a key belongs to a backend.
constexpr bool isBackendDispatchKey(DispatchKey key) {
  if (isAliasDispatchKey(key) || key == DispatchKey{}) return false;
  switch (key) {
    case DispatchKey::NestedTensor:
      return false;
    default:
      break;
  }
  return backend_dispatch_keyset.has(key);
}

/// The highest key of a set that belongs to a backend.
constexpr DispatchKey highestPriorityBackendTypeId(DispatchKeySet keyset) {
  constexpr DispatchKeySet kept = keySet({
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
  return (keyset & kept).highestPriorityTypeId();
}

/// The key that once was a tensor's only one.
constexpr DispatchKey legacyExtractDispatchKey(DispatchKeySet keyset) {
  constexpr DispatchKeySet kept = keySet({
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
      DispatchKey::FuncTorchDynamicLayerBackMode,
      DispatchKey::Conjugate,
      DispatchKey::Negative,
      DispatchKey::ZeroTensor,
      DispatchKey::Tracer,
      DispatchKey::BatchedNestedTensor,
      DispatchKey::Batched,
      DispatchKey::VmapMode,
      DispatchKey::DeferredInit,
      DispatchKey::FuncTorchDynamicLayerFrontMode,
      DispatchKey::TESTING_ONLY_GenericWrapper,
      DispatchKey::TESTING_ONLY_GenericMode,
      DispatchKey::PreDispatch,
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
  return (keyset & kept).highestPriorityTypeId();
}

}  // namespace pytorch::dispatch

#endif
