#include "fuser.h"

#include <torch/csrc/jit/codegen/fuser/executor.h>
#include <torch/csrc/jit/codegen/fuser/kernel_cache.h>
#include <torch/csrc/jit/codegen/fuser/kernel_spec.h>
#include <torch/csrc/jit/runtime/interpreter.h>

#include <stdexcept>
#include <string>

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

namespace {

const torch::jit::fuser::KernelSpec& registered(std::int64_t key) {
  const auto spec = torch::jit::fuser::retrieve(key);
  if (!spec.has_value()) {
    throw std::runtime_error("no fusion group is registered under the key " +
                             std::to_string(key));
  }
  return **spec;
}

}  // namespace

void run_fallback(std::int64_t key, torch::jit::Stack& stack) {
  torch::jit::InterpreterState(registered(key).code()).run(stack);
}

bool run_fusion(std::int64_t key, torch::jit::Stack& stack) {
  // PyTorch's own answer to an unknown key is an assertion that says it is a bug.
  registered(key);
  const bool fused = torch::jit::fuser::runFusion(key, stack);
  if (!fused) run_fallback(key, stack);
  return fused;
}

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen
