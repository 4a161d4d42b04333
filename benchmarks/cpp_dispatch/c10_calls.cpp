// The same calls through PyTorch's dispatcher, c10.
//
// C10_SUITE names the suite and its operators, C10_FALLBACK the backend that gets a
// fallback: one for which PyTorch itself has none, and another for each suite.
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/InferenceMode.h>
#include <torch/library.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "calls.h"

#ifndef C10_SUITE
#define C10_SUITE c10
#endif
#ifndef C10_FALLBACK
#define C10_FALLBACK PrivateUse1
#endif

#define C10_STRING_(suite) #suite
#define C10_STRING(suite) C10_STRING_(suite)
#define C10_LIBRARY(suite, library) TORCH_LIBRARY(suite##_calls, library)
#define C10_LIBRARY_OF(suite, library) C10_LIBRARY(suite, library)
#define C10_FALLBACKS(key, library) TORCH_LIBRARY_IMPL(_, key, library)

namespace {

using at::Tensor;
using calls::in_turn;
using calls::repeat;

using Add = std::int64_t(const Tensor&, const Tensor&);

const c10::TypedOperatorHandle<Add>& add() {
  static const auto found =
      c10::Dispatcher::singleton()
          .findSchemaOrThrow(C10_STRING(C10_SUITE) "_calls::add", "")
          .typed<Add>();
  return found;
}

template <int number>
CALLS_OPAQUE std::int64_t kernel(const Tensor&, const Tensor&) {
  return number;
}

std::int64_t autograd_kernel(c10::DispatchKeySet set,
                             const Tensor& a,
                             const Tensor& b) {
  return add().redispatch(set & c10::after_autograd_keyset, a, b);
}

CALLS_OPAQUE void fallback(const c10::OperatorHandle&,
                           c10::DispatchKeySet,
                           torch::jit::Stack* stack) {
  torch::jit::drop(*stack, 2);
  stack->emplace_back(std::int64_t{1});
}

C10_LIBRARY_OF(C10_SUITE, library) {
  library.def("add(Tensor a, Tensor b) -> int");
  library.impl("add", c10::DispatchKey::CPU, TORCH_FN(kernel<0>));
  library.impl("add", c10::DispatchKey::CUDA, TORCH_FN(kernel<1>));
  library.impl("add", c10::DispatchKey::XLA, TORCH_FN(kernel<2>));
  library.impl("add", c10::DispatchKey::HPU, TORCH_FN(kernel<3>));
  library.impl("add", c10::DispatchKey::Autograd, TORCH_FN(autograd_kernel));
}

C10_FALLBACKS(C10_FALLBACK, library) {
  library.fallback(torch::CppFunction::makeFromBoxedFunction<&fallback>());
}

// A tensor without storage; without autograd's keys, unless it is to have them.
Tensor tensor(c10::DispatchKey key, c10::DeviceType device, bool autograd = false) {
  const c10::InferenceMode mode(!autograd);
  return at::detail::make_tensor<c10::TensorImpl>(c10::DispatchKeySet(key),
                                                  caffe2::TypeMeta::Make<float>(),
                                                  c10::Device(device, 0));
}

const Tensor cpu = tensor(c10::DispatchKey::CPU, c10::kCPU);
const Tensor other = tensor(c10::DispatchKey::CPU, c10::kCPU);
const Tensor with_autograd = tensor(c10::DispatchKey::CPU, c10::kCPU, true);
const Tensor without_kernel = tensor(c10::DispatchKey::C10_FALLBACK, c10::kPrivateUse1);
const std::array<Tensor, 4> backends{
    tensor(c10::DispatchKey::CPU, c10::kCPU),
    tensor(c10::DispatchKey::CUDA, c10::kCUDA),
    tensor(c10::DispatchKey::XLA, c10::kXLA),
    tensor(c10::DispatchKey::HPU, c10::kHPU),
};

void call(long n) {
  const auto& op = add();
  repeat(n, [&] { op.call(cpu, other); });
}

void autograd(long n) {
  const auto& op = add();
  repeat(n, [&] { op.call(with_autograd, with_autograd); });
}

void boxed_fallback(long n) {
  const auto& op = add();
  repeat(n, [&] { op.call(without_kernel, without_kernel); });
}

void four_backends(long n) {
  const auto& op = add();
  in_turn(n, backends, [&](const Tensor& each) { op.call(each, each); });
}

constexpr calls::Case kCases[] = {
    {"call", call},
    {"autograd", autograd},
    {"fallback", boxed_fallback},
    {"backends", four_backends},
};

// Without what else an operator keeps beside its kernels.
constexpr std::size_t kTableBytes =
    c10::num_runtime_entries * sizeof(c10::KernelFunction);

}  // namespace

calls::Suite calls::C10_SUITE() {
  return {C10_STRING(C10_SUITE), kCases, kTableBytes};
}
