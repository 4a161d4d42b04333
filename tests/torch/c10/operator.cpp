// An extension of PyTorch that is compiled with generated headers in front of its own.
//
// Kernels say by their results which of them were called: the key's kernel doubles, the
// one above it adds a thousand.

#include <torch/library.h>

#include <cstdint>
#include <string>

namespace {

at::Tensor like(const at::Tensor& x) {
  const auto bytes = static_cast<std::int64_t>(x.nbytes());
  c10::Storage storage(c10::Storage::use_byte_size_t(),
                       bytes,
                       c10::GetAllocator(c10::kCPU),
                       /*resizable=*/true);
  at::Tensor made = at::detail::make_tensor<c10::TensorImpl>(
      std::move(storage), c10::DispatchKeySet(c10::DispatchKey::CPU), x.dtype());
  made.unsafeGetTensorImpl()->set_sizes_contiguous(x.sizes());
  return made;
}

at::Tensor twice(const at::Tensor& x) {
  at::Tensor result = like(x);
  const auto* from = static_cast<const float*>(x.unsafeGetTensorImpl()->data());
  auto* to = static_cast<float*>(result.unsafeGetTensorImpl()->mutable_data());
  for (std::int64_t i = 0; i < x.numel(); ++i) to[i] = 2 * from[i];
  return result;
}

// Of a level above the kernel: goes on below it, and shows that it was called.
at::Tensor twice_traced(c10::DispatchKeySet keys, const at::Tensor& x) {
  using c10::DispatchKey;
  using c10::DispatchKeySet;
  static const auto op = c10::Dispatcher::singleton()
                             .findSchemaOrThrow("c10_test::twice", "")
                             .typed<at::Tensor(const at::Tensor&)>();
  const DispatchKeySet below(DispatchKeySet::FULL_AFTER, DispatchKey::Tracer);
  at::Tensor result = op.redispatch(keys & below, x);
  auto* to = static_cast<float*>(result.unsafeGetTensorImpl()->mutable_data());
  for (std::int64_t i = 0; i < result.numel(); ++i) to[i] += 1000;
  return result;
}

// What the tensor has, in the words of the functions of libc10.
std::string keys_of(const at::Tensor& x) {
  return c10::toString(x.key_set());
}

std::int64_t raw_keys_of(const at::Tensor& x) {
  return static_cast<std::int64_t>(x.key_set().raw_repr());
}

// A call as if a tensor of that backend had come, and `traced`, a level above.
at::Tensor call_on(const at::Tensor& x, std::int64_t backend, bool traced) {
  using namespace c10;
  const auto component = static_cast<BackendComponent>(backend);
  DispatchKeySet keys(
      toRuntimePerBackendFunctionalityKey(DispatchKey::Dense, component));
  keys = keys | getAutogradRelatedKeySetFromBackend(component);
  if (traced) keys = keys.add(DispatchKey::Tracer);
  static const auto op = Dispatcher::singleton()
                             .findSchemaOrThrow("c10_test::twice", "")
                             .typed<at::Tensor(const at::Tensor&)>();
  return op.redispatch(keys, x);
}

at::Tensor thrice_for_maia(const at::Tensor& x) {
  at::Tensor result = twice(x);
  auto* to = static_cast<float*>(result.unsafeGetTensorImpl()->mutable_data());
  for (std::int64_t i = 0; i < result.numel(); ++i) to[i] *= 1.5F;
  return result;
}

}  // namespace

TORCH_LIBRARY(c10_test, m) {
  m.def("twice(Tensor x) -> Tensor");
  m.def("keys_of(Tensor x) -> str", keys_of);
  m.def("raw_keys_of(Tensor x) -> int", raw_keys_of);
  m.def("call_on(Tensor x, int backend, bool traced) -> Tensor", call_on);
}

TORCH_LIBRARY_IMPL(c10_test, CPU, m) {
  m.impl("twice", twice);
}

TORCH_LIBRARY_IMPL(c10_test, Tracer, m) {
  m.impl("twice", twice_traced);
}

// PyTorch's own parser knows none of these two names.
TORCH_LIBRARY_IMPL(c10_test, AutogradMAIA, m) {
  m.impl("twice", thrice_for_maia);
}

TORCH_LIBRARY_IMPL(c10_test, AutocastMTIA, m) {
  m.impl("twice", torch::CppFunction::makeFallthrough());
}

TORCH_LIBRARY_IMPL(c10_test, AutogradCPU, m) {
  m.impl("twice", torch::CppFunction::makeFallthrough());
}

TORCH_LIBRARY_IMPL(c10_test, ADInplaceOrView, m) {
  m.impl("twice", torch::CppFunction::makeFallthrough());
}
