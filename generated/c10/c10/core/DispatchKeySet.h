// Sets of dispatch keys, and named sets.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#pragma once

#include <c10/core/DispatchKey.h>
#include <c10/macros/Export.h>
#include <c10/macros/Macros.h>
#include <c10/util/Exception.h>
#include <c10/util/Metaprogramming.h>
#include <c10/util/TypeList.h>
#include <c10/util/llvmMathExtras.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <ostream>
#include <string>
#include <type_traits>

C10_DIAGNOSTIC_PUSH_AND_IGNORED_IF_DEFINED("-Wswitch-enum")

namespace c10 {

// Where the slots of a functionality begin in the table of an operator, and
// which bits of a set choose among them.
struct FunctionalityOffsetAndMask {
  FunctionalityOffsetAndMask() = default;
  FunctionalityOffsetAndMask(uint16_t first_slot, uint16_t backends)
      : offset(first_slot), mask(backends) {}
  uint16_t offset{};
  // See Note [No More Than 16 Backends]
  uint16_t mask{};
};

static_assert(
    num_runtime_entries < 65536,
    "there are more runtime keys than an offset can tell apart");

C10_API std::array<FunctionalityOffsetAndMask, num_functionality_keys>
initializeFunctionalityOffsetsAndMasks();

C10_ALWAYS_INLINE static const std::
    array<FunctionalityOffsetAndMask, num_functionality_keys>&
    offsetsAndMasks() {
  static const auto offsets_and_masks =
      initializeFunctionalityOffsetsAndMasks();
  return offsets_and_masks;
}

// A set of dispatch keys: a bit for each backend, and above them one for each
// functionality key. A runtime key of one backend is the pair of both bits, so
// that a set that holds two functionalities and two backends holds all four
// pairs. Alias keys and the undefined key have no bits.
class DispatchKeySet final {
 public:
  enum Full { FULL };
  enum FullAfter { FULL_AFTER };
  enum Raw { RAW };

  // Zero, so that thread-local sets need no initialization.
  constexpr DispatchKeySet() = default;

  // Every key.
  constexpr DispatchKeySet(Full /*unused*/)
      : repr_((1ULL << (num_backends + num_functionality_keys - 1)) - 1) {}

  // Every key below the functionality of t, on every backend, and those that
  // are in each such set.
  constexpr DispatchKeySet(FullAfter /*unused*/, DispatchKey t)
      : repr_(
            (1ULL
             << (num_backends + static_cast<uint8_t>(toFunctionalityKey(t)) -
                 1)) -
            1) {
    *this = add(DispatchKey::PythonDispatcher);
  }

  constexpr DispatchKeySet(Raw /*unused*/, uint64_t x) : repr_(x) {}

  constexpr explicit DispatchKeySet(BackendComponent k)
      : repr_(
            k == BackendComponent::InvalidBit
                ? 0
                : 1ULL << (static_cast<uint8_t>(k) - 1)) {}

  constexpr explicit DispatchKeySet(DispatchKey k) {
    const auto functionality_k = toFunctionalityKey(k);
    if (functionality_k != DispatchKey::Undefined) {
      repr_ =
          1ULL << (num_backends + static_cast<uint8_t>(functionality_k) - 1);
      repr_ |= DispatchKeySet(toBackendComponent(k)).repr_;
    }
  }

  explicit constexpr DispatchKeySet(std::initializer_list<DispatchKey> ks)
      : repr_(keys_to_repr(ks)) {}

  explicit constexpr DispatchKeySet(std::initializer_list<BackendComponent> ks)
      : repr_(backend_bits_to_repr(ks)) {}

  constexpr uint64_t keys_to_repr(std::initializer_list<DispatchKey> ks) {
    uint64_t repr = 0;
    for (auto k : ks) {
      repr |= DispatchKeySet(k).repr_;
    }
    return repr;
  }

  constexpr uint64_t backend_bits_to_repr(
      std::initializer_list<BackendComponent> ks) {
    uint64_t repr = 0;
    for (auto k : ks) {
      repr |= DispatchKeySet(k).repr_;
    }
    return repr;
  }

  [[nodiscard]] bool has(DispatchKey t) const {
    TORCH_INTERNAL_ASSERT_DEBUG_ONLY(t != DispatchKey::Undefined);
    return has_all(DispatchKeySet(t));
  }
  [[nodiscard]] constexpr bool has_backend(BackendComponent t) const {
    return has_all(DispatchKeySet(t));
  }
  [[nodiscard]] constexpr bool has_all(DispatchKeySet ks) const {
    return (repr_ & ks.repr_) == ks.repr_;
  }

  // Whether any bit of ks is in the set. It may not hold the bits of both
  // backends and per-backend functionalities: one of the two would do, which is
  // not what is meant.
  [[nodiscard]] bool has_any(DispatchKeySet ks) const {
    TORCH_INTERNAL_ASSERT_DEBUG_ONLY(
        (ks.repr_ & full_backend_mask) == 0 ||
        (ks.repr_ & per_backend_functionalities().repr_) == 0);
    return (repr_ & ks.repr_) != 0;
  }

  [[nodiscard]] bool isSupersetOf(DispatchKeySet ks) const {
    return has_all(ks);
  }

  constexpr DispatchKeySet operator|(DispatchKeySet other) const {
    return DispatchKeySet(repr_ | other.repr_);
  }
  constexpr DispatchKeySet operator&(DispatchKeySet other) const {
    return DispatchKeySet(repr_ & other.repr_);
  }
  constexpr DispatchKeySet operator^(DispatchKeySet other) const {
    return DispatchKeySet(repr_ ^ other.repr_);
  }

  // Only the bits of functionalities can be taken out of a set: taking out that
  // of a backend too would take out all its other runtime keys.
  constexpr DispatchKeySet operator-(DispatchKeySet other) const {
    return DispatchKeySet(repr_ & (full_backend_mask | ~other.repr_));
  }

  constexpr bool operator==(DispatchKeySet other) const {
    return repr_ == other.repr_;
  }
  constexpr bool operator!=(DispatchKeySet other) const {
    return repr_ != other.repr_;
  }

  // Add and remove return another set; this one stays as it is.
  [[nodiscard]] constexpr DispatchKeySet add(DispatchKey t) const {
    return *this | DispatchKeySet(t);
  }
  [[nodiscard]] constexpr DispatchKeySet add(DispatchKeySet ks) const {
    return *this | ks;
  }
  [[nodiscard]] constexpr DispatchKeySet remove(DispatchKey t) const {
    return *this - DispatchKeySet(t);
  }
  constexpr DispatchKeySet remove_backend(BackendComponent b) const {
    return DispatchKeySet(repr_ & ~DispatchKeySet(b).repr_);
  }

  // Whether it is the set of an undefined tensor.
  [[nodiscard]] constexpr bool empty() const {
    return repr_ == 0;
  }
  [[nodiscard]] constexpr uint64_t raw_repr() const {
    return repr_;
  }
  static constexpr DispatchKeySet from_raw_repr(uint64_t x) {
    return DispatchKeySet(RAW, x);
  }

  // The undefined key if it holds no functionality.
  [[nodiscard]] DispatchKey highestFunctionalityKey() const {
    const auto index = indexOfHighestBit();
    return index < num_backends
        ? DispatchKey::Undefined
        : static_cast<DispatchKey>(index - num_backends);
  }

  // InvalidBit if it holds no backend.
  [[nodiscard]] BackendComponent highestBackendKey() const {
    return static_cast<BackendComponent>(
        DispatchKeySet(repr_ & full_backend_mask).indexOfHighestBit());
  }

  // The runtime key that a call with this set reaches first.
  [[nodiscard]] DispatchKey highestPriorityTypeId() const {
    const auto functionality_k = highestFunctionalityKey();
    return isPerBackendFunctionalityKey(functionality_k)
        ? toRuntimePerBackendFunctionalityKey(
              functionality_k, highestBackendKey())
        : functionality_k;
  }

  // Counted from one; zero for the empty set.
  [[nodiscard]] uint8_t indexOfHighestBit() const {
    return static_cast<uint8_t>(64 - llvm::countLeadingZeros(repr_));
  }

  // The slot of highestPriorityTypeId() in the table of an operator; -1 for a
  // key that has none in this build.
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS)
  [[nodiscard]] int getDispatchTableIndexForDispatchKeySet() const {
    constexpr DispatchKey slots[] = {
        DispatchKey::Undefined,
        DispatchKey::CPU,
        DispatchKey::QuantizedCPU,
        DispatchKey::SparseCPU,
        DispatchKey::BackendSelect,
        DispatchKey::ADInplaceOrView,
        DispatchKey::AutogradOther,
        DispatchKey::AutogradCPU,
    };
    const auto k = highestPriorityTypeId();
    for (int slot = 0; slot < static_cast<int>(num_runtime_entries); ++slot) {
      if (slots[slot] == k) {
        return slot;
      }
    }
    return -1;
  }
#else
  [[nodiscard]] int getDispatchTableIndexForDispatchKeySet() const {
    const auto functionality =
        DispatchKeySet(repr_ >> num_backends).indexOfHighestBit();
    const auto row = offsetsAndMasks()[functionality];
    // The first backend has the first slot, and so has a set without a backend.
    const auto backend =
        DispatchKeySet((repr_ & row.mask) >> 1).indexOfHighestBit();
    return row.offset + backend;
  }
#endif

  // Which backend of all is the highest, counted from zero; zero for none too.
  [[nodiscard]] uint64_t getBackendIndex() const {
    return DispatchKeySet((repr_ & full_backend_mask) >> 1).indexOfHighestBit();
  }

 private:
  constexpr DispatchKeySet(uint64_t repr) : repr_(repr) {}

  static constexpr DispatchKeySet per_backend_functionalities() {
    return DispatchKeySet({
        DispatchKey::Dense,
        DispatchKey::Quantized,
        DispatchKey::Sparse,
        DispatchKey::SparseCsr,
        DispatchKey::NestedTensor,
        DispatchKey::AutogradFunctionality,
    });
  }

  uint64_t repr_ = 0;

 public:
  // Visits the runtime keys of a set, lowest functionality first, and those of
  // a per-backend functionality in the order of the backends. It reads the set
  // that begin() was called on, which has to outlive it.
  class iterator {
   public:
    using self_type = iterator;
    using iterator_category = std::input_iterator_tag;
    using value_type = DispatchKey;
    using difference_type = ptrdiff_t;
    using reference = value_type&;
    using pointer = value_type*;
    static constexpr uint8_t end_iter_mask_val =
        num_backends + num_functionality_keys;
    static constexpr uint8_t end_iter_key_val = num_functionality_keys;

    // Bits below next_functionality, and of backends those below next_backend,
    // are done.
    explicit iterator(
        const uint64_t* data_ptr,
        uint8_t next_functionality = num_backends,
        uint8_t next_backend = 0)
        : data_ptr_(data_ptr),
          next_functionality_(next_functionality),
          next_backend_(next_backend) {
      TORCH_INTERNAL_ASSERT(next_functionality_ >= num_backends);
      ++(*this);
    }

    C10_API self_type& operator++();

    self_type operator++(int) {
      self_type previous_iterator = *this;
      ++(*this);
      return previous_iterator;
    }

    bool operator==(const self_type& rhs) const {
      return next_functionality_ == rhs.next_functionality_ &&
          current_dispatchkey_idx_ == rhs.current_dispatchkey_idx_ &&
          next_backend_ == rhs.next_backend_ &&
          current_backendcomponent_idx_ == rhs.current_backendcomponent_idx_;
    }
    bool operator!=(const self_type& rhs) const {
      return !(*this == rhs);
    }

    DispatchKey operator*() const {
      const auto functionality_k =
          static_cast<DispatchKey>(current_dispatchkey_idx_);
      return isPerBackendFunctionalityKey(functionality_k)
          ? toRuntimePerBackendFunctionalityKey(
                functionality_k,
                static_cast<BackendComponent>(current_backendcomponent_idx_))
          : functionality_k;
    }

   private:
    const uint64_t* data_ptr_;
    uint8_t next_functionality_;
    uint8_t next_backend_;
    uint8_t current_dispatchkey_idx_{end_iter_key_val};
    uint8_t current_backendcomponent_idx_{end_iter_key_val};
  };

  iterator begin() const {
    return iterator(&repr_);
  }
  iterator end() const {
    return iterator(&repr_, iterator::end_iter_mask_val);
  }
};

C10_API std::string toString(DispatchKeySet ts);
C10_API std::ostream& operator<<(std::ostream& os, DispatchKeySet ts);

inline int getDispatchTableIndexForDispatchKey(DispatchKey k) {
  return DispatchKeySet(k).getDispatchTableIndexForDispatchKeySet();
}

constexpr DispatchKeySet autograd_dispatch_keyset = DispatchKeySet({
    DispatchKey::AutogradFunctionality,
    DispatchKey::AutogradOther,
    DispatchKey::AutogradNestedTensor,
});

constexpr DispatchKeySet autograd_dispatch_keyset_with_ADInplaceOrView =
    autograd_dispatch_keyset | DispatchKeySet(DispatchKey::ADInplaceOrView);

constexpr DispatchKeySet autocast_dispatch_keyset = DispatchKeySet({
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

constexpr DispatchKeySet default_included_set = DispatchKeySet({
    DispatchKey::BackendSelect,
    DispatchKey::ADInplaceOrView,
});

constexpr DispatchKeySet default_excluded_set = autocast_dispatch_keyset;

constexpr DispatchKeySet python_ks = DispatchKeySet({
    DispatchKey::Python,
    DispatchKey::PythonTLSSnapshot,
});

constexpr DispatchKeySet sparse_ks = DispatchKeySet(DispatchKey::Sparse);

constexpr DispatchKeySet sparse_csr_ks = DispatchKeySet(DispatchKey::SparseCsr);

constexpr DispatchKeySet mkldnn_ks = DispatchKeySet(DispatchKey::MkldnnCPU);

constexpr DispatchKeySet inplace_or_view_ks =
    DispatchKeySet(DispatchKey::ADInplaceOrView);

constexpr DispatchKeySet functorch_transforms_ks = DispatchKeySet({
    DispatchKey::FuncTorchBatched,
    DispatchKey::FuncTorchVmapMode,
    DispatchKey::Batched,
    DispatchKey::VmapMode,
    DispatchKey::FuncTorchGradWrapper,
});

constexpr DispatchKeySet functorch_batched_ks =
    DispatchKeySet(DispatchKey::FuncTorchBatched);

constexpr DispatchKeySet autogradother_backends =
    DispatchKeySet(DispatchKeySet::RAW, full_backend_mask) |
    DispatchKeySet({
        DispatchKey::FPGA,
        DispatchKey::Vulkan,
        DispatchKey::Metal,
        DispatchKey::CustomRNGKeyId,
        DispatchKey::MkldnnCPU,
        DispatchKey::Sparse,
        DispatchKey::SparseCsr,
        DispatchKey::Quantized,
    });

constexpr DispatchKeySet after_autograd_keyset =
    DispatchKeySet(DispatchKeySet::FULL_AFTER, DispatchKey::AutogradOther);

constexpr DispatchKeySet after_ADInplaceOrView_keyset =
    DispatchKeySet(DispatchKeySet::FULL_AFTER, DispatchKey::ADInplaceOrView);

constexpr DispatchKeySet after_func_keyset =
    DispatchKeySet(DispatchKeySet::FULL_AFTER, DispatchKey::Functionalize) -
    DispatchKeySet(DispatchKey::ADInplaceOrView);

constexpr DispatchKeySet after_PreDispatch_keyset =
    DispatchKeySet(DispatchKeySet::FULL_AFTER, DispatchKey::PreDispatch);

constexpr DispatchKeySet after_PythonTLSSnapshot_keyset =
    DispatchKeySet(DispatchKeySet::FULL_AFTER, DispatchKey::PythonTLSSnapshot);

// In spite of its name, what is above Python, without the keys in every
// full_after.
constexpr DispatchKeySet after_Python_keyset =
    DispatchKeySet(DispatchKeySet::FULL) ^
    (DispatchKeySet(DispatchKeySet::FULL_AFTER, DispatchKey::Python) |
     DispatchKeySet(DispatchKey::Python));

constexpr DispatchKeySet backend_bitset_mask =
    DispatchKeySet(DispatchKeySet::RAW, full_backend_mask);

constexpr DispatchKeySet backend_functionality_keys =
    DispatchKeySet(DispatchKeySet::RAW, full_backend_mask) |
    DispatchKeySet({
        DispatchKey::Dense,
        DispatchKey::Quantized,
        DispatchKey::Sparse,
        DispatchKey::SparseCsr,
    });

constexpr DispatchKeySet autograd_cpu_ks =
    DispatchKeySet(DispatchKey::AutogradCPU);

constexpr DispatchKeySet autograd_cuda_ks =
    DispatchKeySet(DispatchKey::AutogradCUDA);

constexpr DispatchKeySet autograd_xla_ks =
    DispatchKeySet(DispatchKey::AutogradXLA);

constexpr DispatchKeySet autograd_mps_ks =
    DispatchKeySet(DispatchKey::AutogradMPS);

constexpr DispatchKeySet autograd_ipu_ks =
    DispatchKeySet(DispatchKey::AutogradIPU);

constexpr DispatchKeySet autograd_xpu_ks =
    DispatchKeySet(DispatchKey::AutogradXPU);

constexpr DispatchKeySet autograd_hpu_ks =
    DispatchKeySet(DispatchKey::AutogradHPU);

constexpr DispatchKeySet autograd_lazy_ks =
    DispatchKeySet(DispatchKey::AutogradLazy);

constexpr DispatchKeySet autograd_mtia_ks =
    DispatchKeySet(DispatchKey::AutogradMTIA);

constexpr DispatchKeySet autograd_maia_ks =
    DispatchKeySet(DispatchKey::AutogradMAIA);

constexpr DispatchKeySet autograd_privateuse1_ks =
    DispatchKeySet(DispatchKey::AutogradPrivateUse1);

constexpr DispatchKeySet autograd_privateuse2_ks =
    DispatchKeySet(DispatchKey::AutogradPrivateUse2);

constexpr DispatchKeySet autograd_privateuse3_ks =
    DispatchKeySet(DispatchKey::AutogradPrivateUse3);

constexpr DispatchKeySet autograd_meta_ks =
    DispatchKeySet(DispatchKey::AutogradMeta);

constexpr DispatchKeySet autograd_other_ks =
    DispatchKeySet(DispatchKey::AutogradOther);

constexpr DispatchKeySet autograd_nested =
    DispatchKeySet(DispatchKey::AutogradNestedTensor);

constexpr DispatchKeySet backend_dispatch_keyset =
    autogradother_backends | DispatchKeySet(DispatchKey::Dense);

constexpr DispatchKeySet non_functional_backend_dispatch_keyset =
    (backend_dispatch_keyset - DispatchKeySet(DispatchKey::Sparse))
        .remove_backend(BackendComponent::XLABit)
        .remove_backend(BackendComponent::LazyBit);

constexpr DispatchKeySet math_dispatch_keyset = backend_dispatch_keyset |
    autograd_dispatch_keyset | DispatchKeySet(DispatchKey::NestedTensor);

constexpr DispatchKeySet nested_dispatch_keyset =
    DispatchKeySet(DispatchKeySet::RAW, full_backend_mask) |
    DispatchKeySet({
        DispatchKey::AutogradNestedTensor,
        DispatchKey::NestedTensor,
    });

constexpr DispatchKeySet autograd_alias_keyset = autograd_dispatch_keyset |
    DispatchKeySet(DispatchKeySet::RAW, full_backend_mask);

struct OpTableOffsetAndMask {
  uint16_t offset;
  // See Note [No More Than 16 Backends]
  uint16_t backend_mask;
};

// The runtime keys whose slots a kernel for an alias key can fill; of any other
// key, the key itself.
C10_API DispatchKeySet getRuntimeDispatchKeySet(DispatchKey t);

// Whether k is one of getRuntimeDispatchKeySet(t).
C10_API bool runtimeDispatchKeySetHas(DispatchKey t, DispatchKey k);

// The same for a k that may be the undefined key; no alias key stands for it.
C10_API bool isIncludedInAlias(DispatchKey k, DispatchKey alias);

// Whether a key belongs to a backend.
C10_API bool isBackendDispatchKey(DispatchKey t);

// The backend keys below an Autograd key; empty for any other key.
C10_API DispatchKeySet getBackendKeySetFromAutograd(DispatchKey t);

// The keys that autograd adds to a tensor on this backend.
inline DispatchKeySet getAutogradRelatedKeySetFromBackend(BackendComponent t) {
  switch (t) {
    case BackendComponent::CPUBit:
      return inplace_or_view_ks | autograd_cpu_ks;
    case BackendComponent::CUDABit:
      return inplace_or_view_ks | autograd_cuda_ks;
    case BackendComponent::XLABit:
      return inplace_or_view_ks | autograd_xla_ks;
    case BackendComponent::MPSBit:
      return inplace_or_view_ks | autograd_mps_ks;
    case BackendComponent::IPUBit:
      return inplace_or_view_ks | autograd_ipu_ks;
    case BackendComponent::XPUBit:
      return inplace_or_view_ks | autograd_xpu_ks;
    case BackendComponent::HPUBit:
      return inplace_or_view_ks | autograd_hpu_ks;
    case BackendComponent::LazyBit:
      return inplace_or_view_ks | autograd_lazy_ks;
    case BackendComponent::MTIABit:
      return inplace_or_view_ks | autograd_mtia_ks;
    case BackendComponent::MAIABit:
      return inplace_or_view_ks | autograd_maia_ks;
    case BackendComponent::PrivateUse1Bit:
      return inplace_or_view_ks | autograd_privateuse1_ks;
    case BackendComponent::PrivateUse2Bit:
      return inplace_or_view_ks | autograd_privateuse2_ks;
    case BackendComponent::PrivateUse3Bit:
      return inplace_or_view_ks | autograd_privateuse3_ks;
    case BackendComponent::MetaBit:
      return inplace_or_view_ks | autograd_meta_ks;
    default:
      return inplace_or_view_ks | autograd_other_ks;
  }
}

// The Autocast key of a backend, if it has one.
inline DispatchKeySet getAutocastRelatedKeySetFromBackend(BackendComponent t) {
  switch (t) {
    case BackendComponent::CPUBit:
      return DispatchKeySet(DispatchKey::AutocastCPU);
    case BackendComponent::CUDABit:
      return DispatchKeySet(DispatchKey::AutocastCUDA);
    case BackendComponent::XLABit:
      return DispatchKeySet(DispatchKey::AutocastXLA);
    case BackendComponent::MPSBit:
      return DispatchKeySet(DispatchKey::AutocastMPS);
    case BackendComponent::IPUBit:
      return DispatchKeySet(DispatchKey::AutocastIPU);
    case BackendComponent::XPUBit:
      return DispatchKeySet(DispatchKey::AutocastXPU);
    case BackendComponent::HPUBit:
      return DispatchKeySet(DispatchKey::AutocastHPU);
    case BackendComponent::MTIABit:
      return DispatchKeySet(DispatchKey::AutocastMTIA);
    case BackendComponent::MAIABit:
      return DispatchKeySet(DispatchKey::AutocastMAIA);
    case BackendComponent::PrivateUse1Bit:
      return DispatchKeySet(DispatchKey::AutocastPrivateUse1);
    default:
      return DispatchKeySet();
  }
}

// The highest key of a set that belongs to a backend.
inline DispatchKey highestPriorityBackendTypeId(DispatchKeySet ks) {
  const DispatchKeySet kept = ks & backend_functionality_keys;
  return kept.highestPriorityTypeId();
}

// The key that once was a tensor's only one.
inline DispatchKey legacyExtractDispatchKey(DispatchKeySet ks) {
  const DispatchKeySet kept = ks -
      autograd_dispatch_keyset_with_ADInplaceOrView - autocast_dispatch_keyset -
      DispatchKeySet({
          DispatchKey::Functionalize,
          DispatchKey::PythonTLSSnapshot,
          DispatchKey::FuncTorchGradWrapper,
          DispatchKey::FuncTorchVmapMode,
          DispatchKey::FuncTorchBatched,
          DispatchKey::Python,
      });
  return kept.highestPriorityTypeId();
}

template <class T>
using is_not_DispatchKeySet = std::negation<std::is_same<DispatchKeySet, T>>;

// A function type without its first parameter, if that is a DispatchKeySet:
// operator schemas do not have it.
template <class FuncType>
using remove_DispatchKeySet_arg_from_func = guts::make_function_traits_t<
    typename guts::infer_function_traits_t<FuncType>::return_type,
    std::conditional_t<
        std::is_same_v<
            DispatchKeySet,
            guts::typelist::head_with_default_t<
                void,
                typename guts::infer_function_traits_t<
                    FuncType>::parameter_types>>,
        guts::typelist::drop_if_nonempty_t<
            typename guts::infer_function_traits_t<FuncType>::parameter_types,
            1>,
        typename guts::infer_function_traits_t<FuncType>::parameter_types>>;

} // namespace c10

C10_DIAGNOSTIC_POP()
