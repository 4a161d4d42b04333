// What declarations/c10_fallbacks.yaml names, and operators that show what is kept of a
// thread. The same source is linked with PyTorch's own guards too.

#include <ATen/core/PythonFallbackKernel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <torch/library.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace c10_probe {

using at::impl::MaybeSetTLSOnEntryGuard;
using at::impl::RestorePythonTLSSnapshot;
using c10::DispatchKey;

void count(const c10::OperatorHandle& op,
           c10::DispatchKeySet keys,
           torch::jit::Stack* stack);

namespace {

std::int64_t calls = 0;

std::int64_t counted() {
  return calls;
}

std::string keys_of_thread() {
  const c10::impl::LocalDispatchKeySet keys = c10::impl::tls_local_dispatch_key_set();
  return c10::toString(keys.included_) + ' ' + c10::toString(keys.excluded_);
}

bool can_restore() {
  try {
    const RestorePythonTLSSnapshot restored;
    return true;
  } catch (const c10::Error&) {
    return false;
  }
}

std::vector<std::string> restore(const at::Tensor&) {
  if (!can_restore()) return {"nothing is kept"};
  const c10::impl::ExcludeDispatchKeyGuard below(DispatchKey::ADInplaceOrView);
  std::vector<std::string> seen{keys_of_thread()};
  {
    const RestorePythonTLSSnapshot outer;
    seen.push_back(keys_of_thread());
    seen.push_back(can_restore() ? "twice" : "once");
    const c10::impl::ExcludeDispatchKeyGuard between(DispatchKey::Functionalize);
    const MaybeSetTLSOnEntryGuard entry;
    const c10::impl::ExcludeDispatchKeyGuard further(DispatchKey::Conjugate);
    const MaybeSetTLSOnEntryGuard ignored;
    const RestorePythonTLSSnapshot inner;
    seen.push_back(keys_of_thread());
  }
  seen.push_back(keys_of_thread());
  seen.push_back(can_restore() ? "kept" : "lost");
  return seen;
}

// With a tensor that Python has never seen.
at::Tensor twice_from_cpp(const at::Tensor& x, at::IntArrayRef keys) {
  c10::DispatchKeySet set;
  for (const std::int64_t key : keys) {
    set = set | c10::DispatchKeySet(static_cast<DispatchKey>(key));
  }
  c10::Storage storage = x.storage();
  at::Tensor made = at::detail::make_tensor<c10::TensorImpl>(
      std::move(storage), c10::DispatchKeySet(DispatchKey::CPU), x.dtype());
  made.unsafeGetTensorImpl()->set_sizes_contiguous(x.sizes());
  torch::jit::Stack stack{std::move(made)};
  c10::Dispatcher::singleton()
      .findSchemaOrThrow("effects::twice", "")
      .redispatchBoxed(set, &stack);
  return stack.at(0).toTensor();
}

}  // namespace

void count(const c10::OperatorHandle& op,
           c10::DispatchKeySet keys,
           torch::jit::Stack* stack) {
  ++calls;
  op.redispatchBoxed(keys & c10::DispatchKeySet(DispatchKey::CPU), stack);
}

TORCH_LIBRARY(c10_probe, m) {
  m.def("counted() -> int", counted);
  m.def("restore(Tensor x) -> str[]");
  m.impl("restore", DispatchKey::CPU, restore);
  m.def("twice_from_cpp(Tensor x, int[] keys) -> Tensor", twice_from_cpp);
}

}  // namespace c10_probe
