// Kernels of declarations/effects.yaml. None calls an operator of PyTorch's, which would
// be dispatched too.

#include <ATen/core/PythonFallbackKernel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/jit/codegen/fuser/kernel_cache.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/ir/irparser.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "prototypes.h"
#include "runtime/fuser.h"

namespace probe {

namespace {

std::int64_t copied = 0;
std::string seen = "nothing";

at::Tensor tensor_of(c10::Storage storage,
                     c10::DispatchKeySet keys,
                     const at::Tensor& like) {
  at::Tensor made =
      at::detail::make_tensor<c10::TensorImpl>(std::move(storage), keys, like.dtype());
  made.unsafeGetTensorImpl()->set_sizes_contiguous(like.sizes());
  return made;
}

const float* data_of(const at::Tensor& x) {
  return static_cast<const float*>(x.unsafeGetTensorImpl()->data());
}

float* writable_data_of(const at::Tensor& x) {
  return static_cast<float*>(x.unsafeGetTensorImpl()->mutable_data());
}

}  // namespace

at::Tensor twice(const at::Tensor& x) {
  c10::Storage storage(c10::Storage::use_byte_size_t(),
                       static_cast<std::int64_t>(x.nbytes()),
                       c10::GetAllocator(c10::kCPU),
                       /*resizable=*/true);
  at::Tensor result = tensor_of(std::move(storage), x.key_set(), x);
  for (std::int64_t i = 0; i < x.numel(); ++i) {
    writable_data_of(result)[i] = 2 * data_of(x)[i];
  }
  return result;
}

at::Tensor& write_ones(at::Tensor& x) {
  for (std::int64_t i = 0; i < x.numel(); ++i) writable_data_of(x)[i] = 1;
  return x;
}

at::Tensor first_of(at::TensorList xs) {
  return xs.at(0);
}

at::Tensor first_present(const c10::List<std::optional<at::Tensor>>& xs) {
  for (const std::optional<at::Tensor> x : xs) {
    if (x.has_value()) return *x;
  }
  TORCH_CHECK(false, "there is none");
}

bool has_snapshot(const at::Tensor&) {
  try {
    const at::impl::RestorePythonTLSSnapshot restore;
    return true;
  } catch (const c10::Error&) {
    return false;
  }
}

at::Tensor copy_back(const at::Tensor& self, const at::Tensor& dst) {
  ++copied;
  std::memmove(writable_data_of(dst), data_of(self), self.nbytes());
  return dst;
}

std::int64_t copies() {
  return std::exchange(copied, 0);
}

void see_and_run_on_cpu(const c10::OperatorHandle& op,
                        c10::DispatchKeySet keys,
                        torch::jit::Stack* stack) {
  seen = c10::toString(op.operator_name()) + ' ' + c10::toString(keys);
  op.redispatchBoxed(c10::DispatchKeySet(c10::DispatchKey::CPU), stack);
}

std::string take_seen() {
  return std::exchange(seen, "nothing");
}

at::Tensor with_keys(const at::Tensor& x, at::IntArrayRef keys) {
  c10::DispatchKeySet set;
  for (const std::int64_t key : keys) {
    set = set | c10::DispatchKeySet(static_cast<c10::DispatchKey>(key));
  }
  return tensor_of(x.storage(), set, x);
}

at::Tensor plain(const at::Tensor& x) {
  return tensor_of(x.storage(), c10::DispatchKeySet(c10::DispatchKey::CPU), x);
}

std::string keys_of(const at::Tensor& x) {
  return c10::toString(x.key_set());
}

// With a tensor that Python has never seen.
at::Tensor call_from_cpp(const at::Tensor& x, at::IntArrayRef keys) {
  const auto op = c10::Dispatcher::singleton().findSchemaOrThrow("effects::twice", "");
  torch::jit::Stack stack{with_keys(x, keys)};
  op.callBoxed(&stack);
  return stack.at(0).toTensor();
}

std::int64_t store(std::string_view graph) {
  auto parsed = std::make_shared<torch::jit::Graph>();
  torch::jit::parseIR(std::string(graph), parsed.get());
  return torch::jit::fuser::store(parsed);
}

std::vector<at::Tensor> run_stored(std::int64_t key, at::TensorList xs, bool fused) {
  torch::jit::Stack stack;
  for (const at::Tensor& x : xs) stack.emplace_back(x);
  if (fused) {
    dispatch_codegen::run_fusion(key, stack);
  } else {
    dispatch_codegen::run_fallback(key, stack);
  }
  std::vector<at::Tensor> results;
  for (const c10::IValue& value : stack) results.push_back(value.toTensor());
  return results;
}

}  // namespace probe
