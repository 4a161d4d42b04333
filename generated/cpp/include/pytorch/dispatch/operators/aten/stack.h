// aten::stack: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_STACK_H
#define PYTORCH_OPERATORS_ATEN_STACK_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// stack(Tensor[] tensors, int dim=0) -> Tensor
struct stack : Operator<stack, Tensor(std::span<const Tensor>, std::int64_t)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "tensors",
          .type = "Tensor[]",
          .kind = ArgumentKind::kTensorList,
      },
      {
          .name = "dim",
          .type = "int",
          .default_text = "0",
          .has_default = true,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::stack",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::stack"},
      {DispatchKey::AutocastCPU, "autocast::stack"},
      {DispatchKey::FuncTorchBatched, "functorch::LegacyBatchingRegistrations::stack"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::stack"},
      {DispatchKey::Meta, "torch._refs:stack"},
      {DispatchKey::Autograd, "VariableType::stack"},
      {DispatchKey::CompositeExplicitAutograd, "stack"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
