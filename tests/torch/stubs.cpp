// Kernels of declarations/stubs.yaml, each a little off, so that it is seen who computes.

#include "PrivateUse1NativeFunctions.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>

namespace stubs::kernels {

namespace {

// The host's view of a tensor, whose memory is the host's.
at::Tensor host(const at::Tensor& tensor) {
  return at::from_blob(tensor.data_ptr(),
                       tensor.sizes(),
                       tensor.strides(),
                       tensor.options().device(at::kCPU));
}

}  // namespace

at::Tensor StubFunctions::add(const at::Tensor& self,
                              const at::Tensor& other,
                              const at::Scalar& alpha) {
  return at::add(host(self), host(other), alpha).add(1000).to(self.device());
}

at::Tensor StubFunctions::neg(const at::Tensor& self) {
  return host(self).neg().add(100).to(self.device());
}

at::Tensor& StubFunctions::sigmoid_out(const at::Tensor& self, at::Tensor& out) {
  host(out).copy_(host(self).mul(10));
  return out;
}

std::tuple<at::Tensor, at::Tensor> StubFunctions::max(const at::Tensor& self,
                                                      int64_t dim,
                                                      bool keepdim) {
  const auto [values, indices] = host(self).max(dim, keepdim);
  return {values.add(5).to(self.device()), indices.to(self.device())};
}

at::Tensor StubFunctions::repeat_symint(const at::Tensor& self,
                                        c10::SymIntArrayRef repeats) {
  return host(self).repeat_symint(repeats).add(7).to(self.device());
}

at::Tensor StubFunctions::full_symint(c10::SymIntArrayRef size,
                                      const at::Scalar& fill_value,
                                      std::optional<at::ScalarType> dtype,
                                      std::optional<at::Layout> layout,
                                      std::optional<at::Device> device,
                                      std::optional<bool>) {
  return at::full_symint(size, fill_value, dtype, layout, at::kCPU, false)
      .add(3)
      .to(*device);
}

std::vector<at::Tensor> StubFunctions::unbind_copy(const at::Tensor& self,
                                                   int64_t dim) {
  std::vector<at::Tensor> parts;
  for (const at::Tensor& part : host(self).unbind(dim)) {
    parts.push_back(part.add(9).to(self.device()));
  }
  return parts;
}

at::Tensor StubFunctions::mish(const at::Tensor& self) {
  const at::AutoDispatchBelowADInplaceOrView guard;
  return host(self.detach()).mul(3).to(self.device());
}

}  // namespace stubs::kernels
