// Graphs of calls by key: run one by one, or by what a compiler made of them.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_FUSER_H
#define GRIDLIB_DISPATCH_FUSER_H

#include <cstdint>
#include <utility>

#include "dispatcher.h"
#include "runtime/fuser.h"

namespace gridlib {

using CannotFuse = dispatch_codegen::CannotFuse;
using UnknownFusionError = dispatch_codegen::UnknownFusionError;
using Graph = dispatch_codegen::Graph<Traits>;
using GraphBuilder = dispatch_codegen::GraphBuilder<Traits>;
using FusedKernel = dispatch_codegen::FusedKernel<Traits>;
using Compiler = dispatch_codegen::Compiler<Traits>;
using KernelSpec = dispatch_codegen::KernelSpec<Traits>;
using Fuser = dispatch_codegen::Fuser<Traits>;

/// Keeps a graph; returns its key, the same for graphs that say the same.
inline std::int64_t registerFusion(Graph graph) {
  return Fuser::singleton().register_fusion(std::move(graph));
}

/// What is kept under a key. Throws UnknownFusionError.
inline KernelSpec& retrieve(std::int64_t key) {
  return Fuser::singleton().retrieve(key);
}

/// Runs a graph by a compiled kernel. False, with the stack as it was, where it cannot be
/// fused now.
inline bool runFusion(std::int64_t key, Stack& stack) {
  return Fuser::singleton().run_fusion(key, &stack);
}

/// Makes the calls of a graph one by one: takes the inputs from the end of the stack and
/// leaves the outputs there.
inline void runFallback(std::int64_t key, Stack& stack) {
  Fuser::singleton().run_fallback(key, &stack);
}

}  // namespace gridlib

#endif
