// What the forms of structured kernels share, whatever the kernel is.

#include "structured.h"

#include <ATen/native/Resize.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_strided.h>
#include <c10/util/Exception.h>

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {
namespace detail {
namespace {

std::optional<at::Tensor> proxy_of(const at::Tensor& target, const OutputMeta& meta) {
  if (!meta.exact_strides || target.strides() == meta.strides) return std::nullopt;
  return at::empty_strided(meta.sizes, meta.strides, meta.options);
}

}  // namespace

void OutputDevice::guard(c10::Device device) {
  if (!device_.has_value()) {
    guard_.reset_device(device);
    device_ = device;
    return;
  }
  TORCH_CHECK(device == *device_,
              "a structured kernel's outputs are on one device, not on ",
              *device_,
              " and ",
              device);
}

void check_index(std::size_t index, std::size_t count) {
  TORCH_INTERNAL_ASSERT(index < count);
}

at::Tensor new_output(const OutputMeta& meta) {
  if (meta.strides.empty()) return at::empty(meta.sizes, meta.options);
  return at::empty_strided(meta.sizes, meta.strides, meta.options);
}

// An iterator has checked this before; other operators have not.
std::optional<at::Tensor> prepare_inplace(const at::Tensor& self,
                                          const OutputMeta& meta) {
  TORCH_CHECK(self.dtype() == meta.options.dtype(),
              "cannot write a result of dtype ",
              meta.options.dtype(),
              " in place into a tensor of dtype ",
              self.dtype());
  TORCH_CHECK(self.device() == meta.options.device(),
              "cannot write a result on device ",
              meta.options.device(),
              " in place into a tensor on device ",
              self.device());
  TORCH_CHECK(self.sizes() == meta.sizes,
              "cannot write a result of size ",
              meta.sizes,
              " in place into a tensor of size ",
              self.sizes());
  return proxy_of(self, meta);
}

// A tensor of the right size keeps its strides: what `meta` says of them is advice.
std::optional<at::Tensor> prepare_out(const at::Tensor& out, const OutputMeta& meta) {
  TORCH_CHECK(out.dtype() == meta.options.dtype(),
              "a result of dtype ",
              meta.options.dtype(),
              " cannot go into an out tensor of dtype ",
              out.dtype());
  TORCH_CHECK(out.device() == meta.options.device(),
              "a result on device ",
              meta.options.device(),
              " cannot go into an out tensor on device ",
              out.device());
  if (at::native::resize_output(out, meta.sizes)) {
    const auto format = meta.options.memory_format_opt();
    if (!meta.strides.empty()) {
      out.as_strided_(meta.sizes, meta.strides);
    } else if (format.has_value()) {
      out.unsafeGetTensorImpl()->empty_tensor_restride(*format);
    }
  }
  return proxy_of(out, meta);
}

void copy_back(at::Tensor& target, std::optional<at::Tensor>& proxy) {
  if (!proxy.has_value()) return;
  target.copy_(*proxy);
  proxy.reset();
}

}  // namespace detail
}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen
