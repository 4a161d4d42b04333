// aten::matmul: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_MATMUL_H
#define PYTORCH_OPERATORS_ATEN_MATMUL_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// matmul(Tensor self, Tensor other) -> Tensor
struct matmul : Operator<matmul, Tensor(const Tensor&, const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "other",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::matmul",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::matmul"},
      {DispatchKey::AutocastCPU, "autocast::matmul"},
      {DispatchKey::AutocastMTIA, "autocast::matmul"},
      {DispatchKey::AutocastMAIA, "autocast::matmul"},
      {DispatchKey::AutocastXPU, "autocast::matmul"},
      {DispatchKey::AutocastMPS, "autocast::matmul"},
      {DispatchKey::AutocastCUDA, "autocast::matmul"},
      {DispatchKey::NestedTensorCPU, "matmul_nested"},
      {DispatchKey::NestedTensorCUDA, "matmul_nested"},
      {DispatchKey::NestedTensorHPU, "matmul_nested"},
      {DispatchKey::Autograd, "VariableType::matmul"},
      {DispatchKey::CompositeImplicitAutograd, "matmul"},
      {DispatchKey::FuncTorchBatchedDecomposition,
       "functorch::BatchRulesDecompositions::matmul"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
