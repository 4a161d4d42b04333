// Dispatch keys and backend components.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#pragma once

#include <c10/core/DeviceType.h>
#include <c10/macros/Export.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>

namespace c10 {

// Every backend, lowest bit of a DispatchKeySet first.
#define C10_FORALL_BACKEND_COMPONENTS(_, extra) \
  _(CPU, extra)                                 \
  _(CUDA, extra)                                \
  _(HIP, extra)                                 \
  _(XLA, extra)                                 \
  _(MPS, extra)                                 \
  _(IPU, extra)                                 \
  _(XPU, extra)                                 \
  _(HPU, extra)                                 \
  _(VE, extra)                                  \
  _(Lazy, extra)                                \
  _(MTIA, extra)                                \
  _(MAIA, extra)                                \
  _(PrivateUse1, extra)                         \
  _(PrivateUse2, extra)                         \
  _(PrivateUse3, extra)                         \
  _(Meta, extra)

// Every functionality that each backend has a runtime key of, in the order of
// the enum, with what the names of these keys begin with.
#define C10_FORALL_FUNCTIONALITY_KEYS(_) \
  _(Dense, )                             \
  _(Quantized, Quantized)                \
  _(Sparse, Sparse)                      \
  _(SparseCsr, SparseCsr)                \
  _(NestedTensor, NestedTensor)          \
  _(AutogradFunctionality, Autograd)

// A backend: component `b` is bit `b - 1` of a DispatchKeySet. Of several in a
// set, the highest one counts.
enum class BackendComponent : uint8_t {
  InvalidBit = 0,
#define DEFINE_BACKEND_COMPONENT(n, _) n##Bit,
  C10_FORALL_BACKEND_COMPONENTS(DEFINE_BACKEND_COMPONENT, unused)
#undef DEFINE_BACKEND_COMPONENT

  // The last one.
  EndOfBackendKeys = MetaBit,
};

// A level that a call is dispatched to.
//
// Functionality keys, below EndOfFunctionalityKeys, have a bit each in a
// DispatchKeySet, above those of backends. Of several in a set, the highest one
// is called first.
//
// Runtime keys have a slot each in the table of every operator. They are the
// functionality keys that are the same for all backends, and, for each of
// C10_FORALL_FUNCTIONALITY_KEYS, one key for every backend.
//
// A kernel for an alias key fills the slots of several runtime keys. Alias keys
// have neither bit nor slot. Those that come later take precedence.
enum class DispatchKey : uint16_t {
  Undefined = 0,

  // Functionality keys, lowest priority first.
  Dense,
  FPGA,
  Vulkan,
  Metal,
  Quantized,
  CustomRNGKeyId,
  MkldnnCPU,
  Sparse,
  SparseCsr,
  NestedTensor,
  BackendSelect,
  Fake,
  Python,
  FuncTorchDynamicLayerBackMode,
  Functionalize,
  Conjugate,
  Negative,
  ZeroTensor,
  ADInplaceOrView,
  AutogradOther,
  AutogradFunctionality,
  AutogradNestedTensor,
  Tracer,
  AutocastCPU,
  AutocastMTIA,
  AutocastMAIA,
  AutocastXPU,
  AutocastIPU,
  AutocastHPU,
  AutocastXLA,
  AutocastMPS,
  AutocastCUDA,
  AutocastPrivateUse1,
  FuncTorchBatched,
  BatchedNestedTensor,
  FuncTorchVmapMode,
  Batched,
  VmapMode,
  FuncTorchGradWrapper,
  DeferredInit,
  PythonTLSSnapshot,
  FuncTorchDynamicLayerFrontMode,
  TESTING_ONLY_GenericWrapper,
  TESTING_ONLY_GenericMode,
  PreDispatch,
  PythonDispatcher,
  EndOfFunctionalityKeys,

// Runtime keys of one backend each, in the order of the backends.
#define DEFINE_PER_BACKEND_KEY(n, prefix) prefix##n,
#define DEFINE_PER_BACKEND_KEYS(fullname, prefix)                   \
  StartOf##fullname##Backends,                                      \
      C10_FORALL_BACKEND_COMPONENTS(DEFINE_PER_BACKEND_KEY, prefix) \
          EndOf##fullname##Backends = prefix##Meta,
  C10_FORALL_FUNCTIONALITY_KEYS(DEFINE_PER_BACKEND_KEYS)
#undef DEFINE_PER_BACKEND_KEYS
#undef DEFINE_PER_BACKEND_KEY

  // The last one of the last functionality.
  EndOfRuntimeBackendKeys = EndOfAutogradFunctionalityBackends,

  // Alias keys, lowest precedence first.
  Autograd,
  CompositeImplicitAutograd,
  FuncTorchBatchedDecomposition,
  CompositeImplicitAutogradNestedTensor,
  CompositeExplicitAutograd,
  CompositeExplicitAutogradNonFunctional,
  StartOfAliasKeys = Autograd,
  EndOfAliasKeys = CompositeExplicitAutogradNonFunctional,

  // Old names.
  CatchAll = Undefined,
  DefaultBackend = CompositeExplicitAutograd,
  CPUTensorId = CPU,
  CUDATensorId = CUDA,
  Autocast = AutocastCUDA,
  PrivateUse1_PreAutograd = AutogradPrivateUse1,
  PrivateUse2_PreAutograd = AutogradPrivateUse2,
  PrivateUse3_PreAutograd = AutogradPrivateUse3,
};

constexpr uint8_t num_backends =
    static_cast<uint8_t>(BackendComponent::EndOfBackendKeys);

// The undefined key is one of them, although it has no bit.
constexpr uint8_t num_functionality_keys =
    static_cast<uint8_t>(DispatchKey::EndOfFunctionalityKeys);

// Note [No More Than 16 Backends]
// Masks of backends are 16 bits wide, here and where this note is named.
static_assert(num_backends <= 16, "there are more backends than bits for them");
static_assert(
    num_backends + num_functionality_keys - 1 <= 64,
    "there are more backends and functionality keys than bits in a DispatchKeySet");

// See Note [No More Than 16 Backends]
constexpr uint16_t full_backend_mask =
    static_cast<uint16_t>((1U << num_backends) - 1);

// Whether a kernel for this key fills the slots of others.
constexpr bool isAliasDispatchKey(DispatchKey k) {
  return k >= DispatchKey::StartOfAliasKeys && k <= DispatchKey::EndOfAliasKeys;
}

// Whether every backend has a runtime key of this functionality.
constexpr bool isPerBackendFunctionalityKey(DispatchKey k) {
#define IS_FUNCTIONALITY(fullname, prefix) || k == DispatchKey::fullname
  return false C10_FORALL_FUNCTIONALITY_KEYS(IS_FUNCTIONALITY);
#undef IS_FUNCTIONALITY
}

constexpr uint8_t numPerBackendFunctionalityKeys() {
  uint8_t count = 0;
  for (uint8_t k = 0; k < num_functionality_keys; ++k) {
    if (isPerBackendFunctionalityKey(static_cast<DispatchKey>(k))) {
      ++count;
    }
  }
  return count;
}

// How many slots the table of an operator has.
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS)
constexpr uint16_t num_runtime_entries = 8;
#else
constexpr uint16_t num_runtime_entries = num_functionality_keys +
    numPerBackendFunctionalityKeys() * (num_backends - 1);
#endif

C10_API const char* toString(DispatchKey t);
C10_API const char* toString(BackendComponent t);
C10_API std::ostream& operator<<(std::ostream& os, DispatchKey t);
C10_API std::ostream& operator<<(std::ostream& os, BackendComponent t);

// The key of a name; c10::Error for any other text. Names of placeholders,
// which toString gives too, are no keys.
C10_API DispatchKey parseDispatchKey(const std::string& k);

// The Autograd key of a backend.
C10_API DispatchKey getAutogradKeyFromBackend(BackendComponent t);

// The backend that a device of this type is on; InvalidBit if it is on none.
BackendComponent toBackendComponent(DeviceType device_type);

// The backend of a runtime key; InvalidBit for other keys.
constexpr BackendComponent toBackendComponent(DispatchKey k) {
#define RETURN_BACKEND(fullname, prefix)                                  \
  if (k >= DispatchKey::StartOf##fullname##Backends &&                    \
      k <= DispatchKey::EndOf##fullname##Backends) {                      \
    return static_cast<BackendComponent>(                                 \
        static_cast<uint16_t>(k) -                                        \
        static_cast<uint16_t>(DispatchKey::StartOf##fullname##Backends)); \
  }
  C10_FORALL_FUNCTIONALITY_KEYS(RETURN_BACKEND)
#undef RETURN_BACKEND
  return BackendComponent::InvalidBit;
}

// The functionality of a runtime key; a functionality key itself; the undefined
// key for alias keys.
constexpr DispatchKey toFunctionalityKey(DispatchKey k) {
  if (k <= DispatchKey::EndOfFunctionalityKeys) {
    return k;
  }
#define RETURN_FUNCTIONALITY(fullname, prefix)       \
  if (k <= DispatchKey::EndOf##fullname##Backends) { \
    return DispatchKey::fullname;                    \
  }
  C10_FORALL_FUNCTIONALITY_KEYS(RETURN_FUNCTIONALITY)
#undef RETURN_FUNCTIONALITY
  return DispatchKey::Undefined;
}

// The runtime key of a functionality on a backend; the undefined key if the
// functionality is the same for all backends.
constexpr DispatchKey toRuntimePerBackendFunctionalityKey(
    DispatchKey functionality_k,
    BackendComponent backend_k) {
#define RETURN_RUNTIME_KEY(fullname, prefix)                              \
  if (functionality_k == DispatchKey::fullname) {                         \
    return static_cast<DispatchKey>(                                      \
        static_cast<uint16_t>(DispatchKey::StartOf##fullname##Backends) + \
        static_cast<uint16_t>(backend_k));                                \
  }
  C10_FORALL_FUNCTIONALITY_KEYS(RETURN_RUNTIME_KEY)
#undef RETURN_RUNTIME_KEY
  return DispatchKey::Undefined;
}

constexpr DispatchKey kAutograd = DispatchKey::Autograd;

} // namespace c10

namespace torch {
// NOLINTNEXTLINE(misc-unused-using-decls)
using c10::kAutograd;
} // namespace torch

template <>
struct std::hash<c10::DispatchKey> {
  size_t operator()(c10::DispatchKey k) const noexcept {
    return static_cast<size_t>(k);
  }
};
