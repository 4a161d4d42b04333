// The keyset class, the numbering that it computes with, and the names of keys.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_DISPATCH_DISPATCH_KEY_SET_H
#define PYTORCH_DISPATCH_DISPATCH_KEY_SET_H

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "dispatch_key.h"
#include "runtime/key_functions.h"
#include "runtime/key_names.h"
#include "runtime/key_set.h"
#include "runtime/layout.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch {

/// What all keysets, tables and names of keys follow from.
struct Numbering {
  using Key = DispatchKey;
  using Backend = BackendComponent;
  using NamedKey = dispatch_codegen::Named<Key>;
  using NamedBackend = dispatch_codegen::Named<Backend>;

  static constexpr std::size_t num_backends =
      static_cast<std::size_t>(BackendComponent::EndOfBackendKeys);
  static constexpr std::size_t num_functionality_keys =
      static_cast<std::size_t>(DispatchKey::EndOfFunctionalityKeys) - 1;
  static constexpr std::size_t num_alias_keys =
      static_cast<std::size_t>(DispatchKey::EndOfAliasKeys) -
      static_cast<std::size_t>(DispatchKey::StartOfAliasKeys) + 1;

  static constexpr auto per_backend = std::to_array<Key>({
      DispatchKey::Dense,
      DispatchKey::Quantized,
      DispatchKey::Sparse,
      DispatchKey::SparseCsr,
      DispatchKey::NestedTensor,
      DispatchKey::AutogradFunctionality,
  });
  static constexpr auto in_every_full_after = std::to_array<Key>({
      DispatchKey::PythonDispatcher,
  });

#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS)
  static constexpr bool is_trimmed = true;
  static constexpr auto trimmed_slots = std::to_array<Key>({
      DispatchKey::CPU,
      DispatchKey::QuantizedCPU,
      DispatchKey::SparseCPU,
      DispatchKey::BackendSelect,
      DispatchKey::ADInplaceOrView,
      DispatchKey::AutogradOther,
      DispatchKey::AutogradCPU,
  });
#else
  static constexpr bool is_trimmed = false;
  static constexpr std::array<Key, 0> trimmed_slots{};
#endif

  static constexpr auto backend_names = std::to_array<NamedBackend>({
      {BackendComponent::CPUBit, "CPU"},
      {BackendComponent::CUDABit, "CUDA"},
      {BackendComponent::HIPBit, "HIP"},
      {BackendComponent::XLABit, "XLA"},
      {BackendComponent::MPSBit, "MPS"},
      {BackendComponent::IPUBit, "IPU"},
      {BackendComponent::XPUBit, "XPU"},
      {BackendComponent::HPUBit, "HPU"},
      {BackendComponent::VEBit, "VE"},
      {BackendComponent::LazyBit, "Lazy"},
      {BackendComponent::MTIABit, "MTIA"},
      {BackendComponent::MAIABit, "MAIA"},
      {BackendComponent::PrivateUse1Bit, "PrivateUse1"},
      {BackendComponent::PrivateUse2Bit, "PrivateUse2"},
      {BackendComponent::PrivateUse3Bit, "PrivateUse3"},
      {BackendComponent::MetaBit, "Meta"},
  });
  static constexpr auto key_names = std::to_array<NamedKey>({
      {DispatchKey::Undefined, "Undefined"},
      {DispatchKey::Dense, "Dense"},
      {DispatchKey::FPGA, "FPGA"},
      {DispatchKey::Vulkan, "Vulkan"},
      {DispatchKey::Metal, "Metal"},
      {DispatchKey::Quantized, "Quantized"},
      {DispatchKey::CustomRNGKeyId, "CustomRNGKeyId"},
      {DispatchKey::MkldnnCPU, "MkldnnCPU"},
      {DispatchKey::Sparse, "Sparse"},
      {DispatchKey::SparseCsr, "SparseCsr"},
      {DispatchKey::NestedTensor, "NestedTensor"},
      {DispatchKey::BackendSelect, "BackendSelect"},
      {DispatchKey::Fake, "Fake"},
      {DispatchKey::Python, "Python"},
      {DispatchKey::FuncTorchDynamicLayerBackMode, "FuncTorchDynamicLayerBackMode"},
      {DispatchKey::Functionalize, "Functionalize"},
      {DispatchKey::Conjugate, "Conjugate"},
      {DispatchKey::Negative, "Negative"},
      {DispatchKey::ZeroTensor, "ZeroTensor"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView"},
      {DispatchKey::AutogradOther, "AutogradOther"},
      {DispatchKey::AutogradFunctionality, "AutogradFunctionality"},
      {DispatchKey::AutogradNestedTensor, "AutogradNestedTensor"},
      {DispatchKey::Tracer, "Tracer"},
      {DispatchKey::AutocastCPU, "AutocastCPU"},
      {DispatchKey::AutocastMTIA, "AutocastMTIA"},
      {DispatchKey::AutocastMAIA, "AutocastMAIA"},
      {DispatchKey::AutocastXPU, "AutocastXPU"},
      {DispatchKey::AutocastIPU, "AutocastIPU"},
      {DispatchKey::AutocastHPU, "AutocastHPU"},
      {DispatchKey::AutocastXLA, "AutocastXLA"},
      {DispatchKey::AutocastMPS, "AutocastMPS"},
      {DispatchKey::AutocastCUDA, "AutocastCUDA"},
      {DispatchKey::AutocastPrivateUse1, "AutocastPrivateUse1"},
      {DispatchKey::FuncTorchBatched, "FuncTorchBatched"},
      {DispatchKey::BatchedNestedTensor, "BatchedNestedTensor"},
      {DispatchKey::FuncTorchVmapMode, "FuncTorchVmapMode"},
      {DispatchKey::Batched, "Batched"},
      {DispatchKey::VmapMode, "VmapMode"},
      {DispatchKey::FuncTorchGradWrapper, "FuncTorchGradWrapper"},
      {DispatchKey::DeferredInit, "DeferredInit"},
      {DispatchKey::PythonTLSSnapshot, "PythonTLSSnapshot"},
      {DispatchKey::FuncTorchDynamicLayerFrontMode, "FuncTorchDynamicLayerFrontMode"},
      {DispatchKey::TESTING_ONLY_GenericWrapper, "TESTING_ONLY_GenericWrapper"},
      {DispatchKey::TESTING_ONLY_GenericMode, "TESTING_ONLY_GenericMode"},
      {DispatchKey::PreDispatch, "PreDispatch"},
      {DispatchKey::PythonDispatcher, "PythonDispatcher"},
      {DispatchKey::Autograd, "Autograd"},
      {DispatchKey::CompositeImplicitAutograd, "CompositeImplicitAutograd"},
      {DispatchKey::FuncTorchBatchedDecomposition, "FuncTorchBatchedDecomposition"},
      {DispatchKey::CompositeImplicitAutogradNestedTensor,
       "CompositeImplicitAutogradNestedTensor"},
      {DispatchKey::CompositeExplicitAutograd, "CompositeExplicitAutograd"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional,
       "CompositeExplicitAutogradNonFunctional"},
  });
  // What the names of runtime keys begin with; the backend's name follows.
  static constexpr auto prefixes = std::to_array<NamedKey>({
      {DispatchKey::Dense, ""},
      {DispatchKey::Quantized, "Quantized"},
      {DispatchKey::Sparse, "Sparse"},
      {DispatchKey::SparseCsr, "SparseCsr"},
      {DispatchKey::NestedTensor, "NestedTensor"},
      {DispatchKey::AutogradFunctionality, "Autograd"},
  });
  static constexpr auto other_names = std::to_array<NamedKey>({
      {DispatchKey::Undefined, "CatchAll"},
      {DispatchKey::CompositeExplicitAutograd, "DefaultBackend"},
      {DispatchKey::CPU, "CPUTensorId"},
      {DispatchKey::CUDA, "CUDATensorId"},
      {DispatchKey::AutocastCUDA, "Autocast"},
      {DispatchKey::AutogradPrivateUse1, "PrivateUse1_PreAutograd"},
      {DispatchKey::AutogradPrivateUse2, "PrivateUse2_PreAutograd"},
      {DispatchKey::AutogradPrivateUse3, "PrivateUse3_PreAutograd"},
  });
};

/// A set of dispatch keys.
using DispatchKeySet = dispatch_codegen::KeySet<Numbering>;

/// The union of the bits of keys and backends.
constexpr DispatchKeySet keySet(
    std::initializer_list<dispatch_codegen::Member<Numbering>> members) {
  return dispatch_codegen::key_set<Numbering>(members);
}

/// Whether a kernel for the key fills slots of other keys.
constexpr bool isAliasDispatchKey(DispatchKey key) {
  return DispatchKeySet::Layout::is_alias(key);
}

/// Whether the key has one runtime key for each backend.
constexpr bool isPerBackendFunctionalityKey(DispatchKey key) {
  return DispatchKeySet::Layout::is_per_backend(key);
}

/// The functionality of a runtime key; the undefined key for an alias key.
constexpr DispatchKey toFunctionalityKey(DispatchKey key) {
  return DispatchKeySet::Layout::functionality_of(key);
}

/// The backend of a per-backend runtime key, the invalid one for other keys.
constexpr BackendComponent toBackendComponent(DispatchKey key) {
  return DispatchKeySet::Layout::backend_of(key);
}

/// The runtime key of a per-backend functionality on a backend; the undefined key for a
/// key that is not a per-backend functionality.
constexpr DispatchKey toRuntimePerBackendFunctionalityKey(DispatchKey key,
                                                          BackendComponent backend) {
  return DispatchKeySet::Layout::runtime_key(key, backend);
}

/// The table slot of a key, -1 where there is none.
constexpr int getDispatchTableIndexForDispatchKey(DispatchKey key) {
  return DispatchKeySet(key).getDispatchTableIndexForDispatchKeySet();
}

/// The name of a key, followed by a NUL; a start placeholder stands for no backend.
constexpr std::string_view toString(DispatchKey key) {
  return dispatch_codegen::KeyNames<Numbering>::of(key);
}

/// The name of a backend's bit, followed by a NUL.
constexpr std::string_view toString(BackendComponent backend) {
  return dispatch_codegen::KeyNames<Numbering>::of(backend);
}

/// The runtime keys of a set, lowest priority first.
inline std::string toString(DispatchKeySet keys) {
  return dispatch_codegen::to_string(keys);
}

/// The key of a name, which may be an old one.
///
/// Throws std::invalid_argument if there is none.
constexpr DispatchKey parseDispatchKey(std::string_view name) {
  return dispatch_codegen::KeyNames<Numbering>::parse(name);
}

template <class Stream>
Stream& operator<<(Stream& stream, DispatchKey key) {
  stream << toString(key);
  return stream;
}

template <class Stream>
Stream& operator<<(Stream& stream, BackendComponent backend) {
  stream << toString(backend);
  return stream;
}

template <class Stream>
Stream& operator<<(Stream& stream, DispatchKeySet keys) {
  stream << toString(keys);
  return stream;
}

}  // namespace pytorch::dispatch

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
