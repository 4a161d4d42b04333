// A tensor for dispatchers whose declarations name no type of their own: a counted handle
// to an object that knows its keys.

#ifndef DISPATCH_CODEGEN_BASIC_TENSOR_H
#define DISPATCH_CODEGEN_BASIC_TENSOR_H

#include <atomic>
#include <cstdint>

#include "key_set.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// What every handle points to, the empty ones too. Trivially destroyed, so that there is
/// an object for those for as long as the program runs.
template <class Numbering>
class BasicTensorKeys {
 public:
  constexpr explicit BasicTensorKeys(KeySet<Numbering> keys) : keys_(keys) {}
  BasicTensorKeys(const BasicTensorKeys&) = delete;
  BasicTensorKeys& operator=(const BasicTensorKeys&) = delete;

  KeySet<Numbering> key_set() const { return keys_; }
  /// Not while other threads use the tensor.
  void set_key_set(KeySet<Numbering> keys) { keys_ = keys; }

  void retain() { count_.fetch_add(1, std::memory_order_relaxed); }
  /// Whether that was the last handle.
  bool release() { return count_.fetch_sub(1, std::memory_order_acq_rel) == 1; }

 protected:
  ~BasicTensorKeys() = default;

 private:
  KeySet<Numbering> keys_;
  std::atomic<std::uint32_t> count_{1};
};

/// What a handle that is not empty points to. Derive from it to add content.
template <class Numbering>
class BasicTensorImpl : public BasicTensorKeys<Numbering> {
 public:
  using BasicTensorKeys<Numbering>::BasicTensorKeys;
  virtual ~BasicTensorImpl() = default;
};

namespace detail {

template <class Numbering>
struct UndefinedTensor final : BasicTensorKeys<Numbering> {
  constexpr UndefinedTensor() : BasicTensorKeys<Numbering>(KeySet<Numbering>()) {}
};

}  // namespace detail

/// What empty handles point to, so that asking for keys is not a question first.
template <class Numbering>
inline constinit detail::UndefinedTensor<Numbering> undefined_tensor{};

/// A handle; empty by default, and then without keys.
template <class Numbering>
class BasicTensor {
 public:
  using Impl = BasicTensorImpl<Numbering>;

  BasicTensor() = default;
  explicit BasicTensor(KeySet<Numbering> keys) : keys_(new Impl(keys)) {}
  /// Takes over an object that has one owner: the caller.
  static BasicTensor adopt(Impl* impl) {
    BasicTensor result;
    result.keys_ = impl;
    return result;
  }
  BasicTensor(const BasicTensor& other) : keys_(other.keys_) {
    if (defined()) keys_->retain();
  }
  BasicTensor(BasicTensor&& other) noexcept : keys_(other.keys_) {
    other.keys_ = &undefined_tensor<Numbering>;
  }
  BasicTensor& operator=(BasicTensor other) noexcept {
    Keys* const mine = keys_;
    keys_ = other.keys_;
    other.keys_ = mine;
    return *this;
  }
  ~BasicTensor() {
    if (defined() && keys_->release()) delete static_cast<Impl*>(keys_);
  }

  bool defined() const { return keys_ != &undefined_tensor<Numbering>; }
  /// What was adopted; null if the handle is empty.
  Impl* impl() const { return defined() ? static_cast<Impl*>(keys_) : nullptr; }
  bool is_same(const BasicTensor& other) const { return keys_ == other.keys_; }

  /// The keys of a tensor: what every tensor type of a dispatcher has to have.
  friend KeySet<Numbering> key_set(const BasicTensor& tensor) {
    return tensor.keys_->key_set();
  }

 private:
  using Keys = BasicTensorKeys<Numbering>;

  Keys* keys_ = &undefined_tensor<Numbering>;
};

}  // namespace dispatch_codegen

#endif
