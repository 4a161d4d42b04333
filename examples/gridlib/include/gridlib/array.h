// The library's own array type: a grid of numbers on a backend.
//
// All that the dispatcher asks of it is `key_set`: the keys of an array.

#ifndef GRIDLIB_ARRAY_H
#define GRIDLIB_ARRAY_H

#include <atomic>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "gridlib/dispatch/functions.h"
#include "gridlib/dispatch/keysets.h"

namespace gridlib {

/// Throws std::invalid_argument unless a condition holds.
inline void expect(bool holds, const char* condition) {
  if (!holds) throw std::invalid_argument(condition);
}

/// A counted handle, as small as a pointer; copies are the same array.
class Array {
 public:
  /// No array: it has no keys.
  Array() = default;
  /// All numbers are 0; on Meta there are none.
  Array(BackendComponent backend, std::size_t rows, std::size_t cols);
  Array(const Array& other);
  Array(Array&& other) noexcept : body_(std::exchange(other.body_, nullptr)) {}
  Array& operator=(Array other) noexcept;
  ~Array();

  bool defined() const { return body_ != nullptr; }
  bool is_same(const Array& other) const { return body_ == other.body_; }

  BackendComponent backend() const { return key_set(*this).highestBackendKey(); }
  std::size_t rows() const;
  std::size_t cols() const;
  std::size_t size() const { return rows() * cols(); }
  bool is_like(const Array& other) const;
  /// For messages: `3x4 on CPU`.
  std::string text() const;

  /// The numbers, row by row. Throws std::invalid_argument if they are not on the CPU.
  std::span<double> values() const;
  double& at(std::size_t row, std::size_t col) const;
  /// The same for whoever may touch the memory of a backend, whichever it is.
  std::span<double> memory() const;
  /// A copy on a backend.
  Array to(BackendComponent backend) const;

  // For autograd.

  bool requires_grad() const;
  const Array& set_requires_grad(bool requires_grad = true) const;
  /// What `backward` found; not defined before that.
  const Array& grad() const;
  void set_grad(Array grad) const;

  /// The keys of an array: what a call dispatches by.
  friend DispatchKeySet key_set(const Array& array);

 private:
  struct Body;

  Body* body_ = nullptr;
};

static_assert(sizeof(Array) == sizeof(void*));

struct Array::Body {
  DispatchKeySet keys;
  std::size_t rows;
  std::size_t cols;
  std::vector<double> memory;
  bool requires_grad = false;
  Array grad = {};
  std::atomic<std::size_t> handles = 1;
};

inline Array::Array(BackendComponent backend, std::size_t rows, std::size_t cols)
    : body_(new Body{arrayKeys(backend), rows, cols, {}}) {
  if (with_memory.has_backend(backend)) body_->memory.resize(rows * cols);
}
inline Array::Array(const Array& other) : body_(other.body_) {
  if (body_ != nullptr) body_->handles.fetch_add(1, std::memory_order_relaxed);
}
inline Array& Array::operator=(Array other) noexcept {
  std::swap(body_, other.body_);
  return *this;
}
inline Array::~Array() {
  if (body_ != nullptr && body_->handles.fetch_sub(1) == 1) delete body_;
}

inline DispatchKeySet key_set(const Array& array) {
  return array.body_ == nullptr ? DispatchKeySet() : array.body_->keys;
}

inline std::size_t Array::rows() const {
  return body_->rows;
}
inline std::size_t Array::cols() const {
  return body_->cols;
}
inline bool Array::is_like(const Array& other) const {
  return rows() == other.rows() && cols() == other.cols();
}
inline std::string Array::text() const {
  std::string name(toString(backend()));
  name.resize(name.find("Bit"));
  return std::to_string(rows()) + "x" + std::to_string(cols()) + " on " + name;
}

inline std::span<double> Array::memory() const {
  return body_->memory;
}
inline std::span<double> Array::values() const {
  expect(backend() == BackendComponent::CPUBit, "the numbers are not on the CPU");
  return memory();
}
inline double& Array::at(std::size_t row, std::size_t col) const {
  return values()[row * cols() + col];
}
inline Array Array::to(BackendComponent backend) const {
  Array copy(backend, rows(), cols());
  if (with_memory.has_backend(backend)) copy.body_->memory = body_->memory;
  return copy;
}

inline bool Array::requires_grad() const {
  return body_->requires_grad;
}
inline const Array& Array::set_requires_grad(bool requires_grad) const {
  body_->requires_grad = requires_grad;
  return *this;
}
inline const Array& Array::grad() const {
  return body_->grad;
}
inline void Array::set_grad(Array grad) const {
  body_->grad = std::move(grad);
}

}  // namespace gridlib

#endif
