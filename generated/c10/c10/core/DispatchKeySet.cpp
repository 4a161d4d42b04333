// What alias keys stand for, and other functions of keys.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#include <c10/core/DispatchKeySet.h>

#include <sstream>

namespace c10 {

bool isBackendDispatchKey(DispatchKey t) {
  constexpr DispatchKeySet keys = backend_dispatch_keyset;
  if (t == DispatchKey::NestedTensor) {
    return false;
  }
  return t != DispatchKey::Undefined && !isAliasDispatchKey(t) && keys.has(t);
}

DispatchKeySet getRuntimeDispatchKeySet(DispatchKey t) {
  TORCH_INTERNAL_ASSERT(t != DispatchKey::Undefined);
  switch (t) {
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
      return DispatchKeySet(t);
  }
}

bool runtimeDispatchKeySetHas(DispatchKey t, DispatchKey k) {
  TORCH_INTERNAL_ASSERT(t != DispatchKey::Undefined);
  return isAliasDispatchKey(t) ? getRuntimeDispatchKeySet(t).has(k) : t == k;
}

bool isIncludedInAlias(DispatchKey k, DispatchKey alias) {
  return k != DispatchKey::Undefined && runtimeDispatchKeySetHas(alias, k);
}

DispatchKeySet getBackendKeySetFromAutograd(DispatchKey t) {
  switch (t) {
    case DispatchKey::AutogradOther:
      return autogradother_backends;
    case DispatchKey::AutogradNestedTensor:
      return DispatchKeySet(DispatchKey::NestedTensor) |
          DispatchKeySet(DispatchKeySet::RAW, full_backend_mask);
    case DispatchKey::AutogradCPU:
      return DispatchKeySet(DispatchKey::CPU);
    case DispatchKey::AutogradCUDA:
      return DispatchKeySet(DispatchKey::CUDA);
    case DispatchKey::AutogradXLA:
      return DispatchKeySet(DispatchKey::XLA);
    case DispatchKey::AutogradMPS:
      return DispatchKeySet(DispatchKey::MPS);
    case DispatchKey::AutogradIPU:
      return DispatchKeySet(DispatchKey::IPU);
    case DispatchKey::AutogradXPU:
      return DispatchKeySet(DispatchKey::XPU);
    case DispatchKey::AutogradHPU:
      return DispatchKeySet(DispatchKey::HPU);
    case DispatchKey::AutogradLazy:
      return DispatchKeySet(DispatchKey::Lazy);
    case DispatchKey::AutogradMAIA:
      return DispatchKeySet(DispatchKey::MAIA);
    case DispatchKey::AutogradPrivateUse1:
      return DispatchKeySet(DispatchKey::PrivateUse1);
    case DispatchKey::AutogradPrivateUse2:
      return DispatchKeySet(DispatchKey::PrivateUse2);
    case DispatchKey::AutogradPrivateUse3:
      return DispatchKeySet(DispatchKey::PrivateUse3);
    case DispatchKey::AutogradMeta:
      return DispatchKeySet(DispatchKey::Meta);
    default:
      return DispatchKeySet();
  }
}

std::string toString(DispatchKeySet ts) {
  std::ostringstream os;
  os << ts;
  return os.str();
}

std::ostream& operator<<(std::ostream& os, DispatchKeySet ts) {
  os << "DispatchKeySet(";
  const char* separator = "";
  for (const auto k : ts) {
    os << separator << k;
    separator = ", ";
  }
  return os << ")";
}

DispatchKeySet::iterator& DispatchKeySet::iterator::operator++() {
  TORCH_INTERNAL_ASSERT(next_functionality_ <= end_iter_mask_val);
  TORCH_INTERNAL_ASSERT(next_backend_ <= num_backends);
  const uint64_t backends = *data_ptr_ & full_backend_mask;
  for (uint8_t bit = next_functionality_; bit < end_iter_mask_val - 1; ++bit) {
    if ((*data_ptr_ >> bit & 1) == 0) {
      continue;
    }
    const auto key_idx = static_cast<uint8_t>(bit + 1 - num_backends);
    if (!isPerBackendFunctionalityKey(static_cast<DispatchKey>(key_idx))) {
      current_dispatchkey_idx_ = key_idx;
      next_functionality_ = static_cast<uint8_t>(bit + 1);
      return *this;
    }
    const uint64_t left = backends >> next_backend_ << next_backend_;
    if (left != 0) {
      const auto backend = static_cast<uint8_t>(llvm::findFirstSet(left));
      const bool is_last = (left & (left - 1)) == 0;
      current_dispatchkey_idx_ = key_idx;
      current_backendcomponent_idx_ = static_cast<uint8_t>(backend + 1);
      next_functionality_ = static_cast<uint8_t>(is_last ? bit + 1 : bit);
      next_backend_ = static_cast<uint8_t>(is_last ? 0 : backend + 1);
      return *this;
    }
  }
  next_functionality_ = end_iter_mask_val;
  next_backend_ = 0;
  current_dispatchkey_idx_ = end_iter_key_val;
  current_backendcomponent_idx_ = end_iter_key_val;
  return *this;
}

std::array<FunctionalityOffsetAndMask, num_functionality_keys>
initializeFunctionalityOffsetsAndMasks() {
  std::array<FunctionalityOffsetAndMask, num_functionality_keys> rows;
  uint16_t offset = 1;
  for (uint8_t value = 1; value < num_functionality_keys; ++value) {
    const bool is_per_backend =
        isPerBackendFunctionalityKey(static_cast<DispatchKey>(value));
    rows[value] = {offset, is_per_backend ? full_backend_mask : uint16_t{0}};
    const int slots = is_per_backend ? num_backends : 1;
    offset = static_cast<uint16_t>(offset + slots);
  }
  return rows;
}

} // namespace c10
