// Structured kernels: an operator's sizes and dtypes from PyTorch, its values from a
// struct of the author's.
//
// The author derives from at::meta::structured_<operator> and writes `impl`. PyTorch's
// `meta` says through the virtual functions overridden here what each output looks like;
// the three classes below answer for the three forms an operator has.

#ifndef DISPATCH_CODEGEN_TORCH_STRUCTURED_H
#define DISPATCH_CODEGEN_TORCH_STRUCTURED_H

#include <ATen/TensorIterator.h>
#include <ATen/TensorMeta.h>
#include <ATen/core/Tensor.h>
#include <c10/core/DeviceGuard.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <tuple>
#include <utility>

#include "visibility.h"

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

/// An optional tensor as `meta` and `impl` take it.
inline at::OptionalTensorRef reference(const std::optional<at::Tensor>& tensor) {
  const bool has_one = tensor.has_value() && tensor->defined();
  return has_one ? at::OptionalTensorRef(*tensor) : at::OptionalTensorRef();
}

namespace detail {

/// What `meta` says of an output.
struct OutputMeta {
  at::IntArrayRef sizes;
  at::IntArrayRef strides;
  const at::TensorOptions& options;
  bool exact_strides;
};

// Not templates, so that they are compiled once and not with each kernel.

/// Guards the device of the outputs, which is one.
class OutputDevice {
 public:
  void guard(c10::Device device);

 private:
  c10::OptionalDeviceGuard guard_;
  std::optional<c10::Device> device_;
};

at::Tensor new_output(const OutputMeta& meta);
/// Check what an output is written into, or change it; the proxy that it needs, if any.
std::optional<at::Tensor> prepare_inplace(const at::Tensor& self,
                                          const OutputMeta& meta);
std::optional<at::Tensor> prepare_out(const at::Tensor& out, const OutputMeta& meta);
void copy_back(at::Tensor& target, std::optional<at::Tensor>& proxy);
void check_index(std::size_t index, std::size_t count);

}  // namespace detail

/// What the three forms share: the device guard and the call of the iterator, if the
/// author's struct is one.
template <std::derived_from<at::impl::MetaBase> Kernel>
class Structured : public Kernel {
 public:
  Structured() = default;
  Structured(const Structured&) = delete;
  Structured& operator=(const Structured&) = delete;
  ~Structured() override = default;

  void set_output_strided(int64_t index,
                          at::IntArrayRef sizes,
                          at::IntArrayRef strides,
                          at::TensorOptions options) final {
    set_output(index, {sizes, strides, options, /*exact_strides=*/true});
  }

  void set_output_raw_strided(int64_t index,
                              at::IntArrayRef sizes,
                              at::IntArrayRef strides,
                              at::TensorOptions options) final {
    set_output(index, {sizes, strides, options, /*exact_strides=*/false});
  }

 protected:
  virtual void set(std::size_t index, const detail::OutputMeta& meta) = 0;

  static std::size_t position(int64_t index) { return static_cast<std::size_t>(index); }

 private:
  void set_output(int64_t index, const detail::OutputMeta& meta) {
    device_.guard(meta.options.device());
    set(position(index), meta);
    // After the output is there: an iterator asks maybe_get_output for it.
    if constexpr (std::derived_from<Kernel, at::TensorIteratorBase>) {
      Kernel::set_output_raw_strided(index, meta.sizes, meta.strides, meta.options);
    }
  }

  detail::OutputDevice device_;
};

/// The form that returns new tensors. `capacity` is how many it can return.
template <class Kernel, std::size_t capacity = 8>
class Functional final : public Structured<Kernel> {
 public:
  const at::Tensor& maybe_get_output(int64_t index) override {
    return outputs_[this->position(index)];
  }

  /// An output that `meta` has described.
  const at::Tensor& output(std::size_t index) { return outputs_[index]; }

  /// The only output. The kernel is used up.
  at::Tensor result() { return std::move(outputs_[0]); }

  /// The first `count` outputs. The kernel is used up.
  template <std::size_t count>
  auto results() {
    static_assert(count <= capacity);
    return [this]<std::size_t... indices>(std::index_sequence<indices...>) {
      return std::make_tuple(std::move(outputs_[indices])...);
    }(std::make_index_sequence<count>());
  }

 private:
  void set(std::size_t index, const detail::OutputMeta& meta) override {
    detail::check_index(index, capacity);
    outputs_[index] = detail::new_output(meta);
  }

  std::array<at::Tensor, capacity> outputs_;
};

/// What the two forms that write into the caller's tensors share. A kernel that needs
/// strides that the caller's tensor does not have writes into a proxy.
template <class Kernel, std::size_t count>
class Writing : public Structured<Kernel> {
 public:
  const at::Tensor& maybe_get_output(int64_t index) final {
    return output(this->position(index));
  }

  /// Where `impl` writes.
  const at::Tensor& output(std::size_t index) const {
    return proxies_[index].has_value() ? *proxies_[index] : targets_[index].get();
  }

  /// Copies proxies into the caller's tensors. Call it after `impl`.
  void finish() {
    for (std::size_t index = 0; index < count; ++index) {
      detail::copy_back(targets_[index].get(), proxies_[index]);
    }
  }

 protected:
  using Targets = std::array<std::reference_wrapper<at::Tensor>, count>;
  /// Checks the caller's tensor against what `meta` says, or changes it.
  using Prepare = std::optional<at::Tensor>(const at::Tensor&,
                                            const detail::OutputMeta&);

  Writing(const Targets& targets, Prepare* prepare)
      : targets_(targets), prepare_(prepare) {}

 private:
  void set(std::size_t index, const detail::OutputMeta& meta) final {
    detail::check_index(index, count);
    proxies_[index] = prepare_(targets_[index].get(), meta);
  }

  Targets targets_;
  Prepare* prepare_;
  std::array<std::optional<at::Tensor>, count> proxies_;
};

/// The form that writes into its first argument.
template <class Kernel>
class Inplace final : public Writing<Kernel, 1> {
 public:
  explicit Inplace(at::Tensor& self)
      : Writing<Kernel, 1>({self}, &detail::prepare_inplace) {}
};

/// The form that writes into tensors that the caller passes for its results.
template <class Kernel, std::size_t count>
class Out final : public Writing<Kernel, count> {
 public:
  explicit Out(const typename Writing<Kernel, count>::Targets& targets)
      : Writing<Kernel, count>(targets, &detail::prepare_out) {}
};

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen

#endif  // DISPATCH_CODEGEN_TORCH_STRUCTURED_H
