// Runs fused groups of the TorchScript fuser from an extension.
//
// Of the functions that the fuser's headers declare, a wheel's libtorch_cpu does not
// export two: `torch::jit::overrideMustUseLLVMOnCPU`, and
// `torch::jit::fuser::runFallback`, which runs a group's operators one by one.
// `run_fallback` does that with what is exported.

#ifndef DISPATCH_CODEGEN_TORCH_FUSER_H
#define DISPATCH_CODEGEN_TORCH_FUSER_H

#include <ATen/core/stack.h>

#include <cstdint>

#include "visibility.h"

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

/// Runs the graph that is registered under a key with PyTorch's interpreter: takes its
/// inputs from the stack and puts its outputs there. Throws std::runtime_error for a
/// key that nothing is registered under.
void run_fallback(std::int64_t key, torch::jit::Stack& stack);

/// Runs the graph fused, or with `run_fallback` where it cannot be fused now. True if
/// it was fused.
bool run_fusion(std::int64_t key, torch::jit::Stack& stack);

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen

#endif
