// aten::transpose: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_TRANSPOSE_H
#define PYTORCH_OPERATORS_ATEN_TRANSPOSE_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a)
struct transpose_int
    : Operator<transpose_int, Tensor(const Tensor&, std::int64_t, std::int64_t)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "dim0",
          .type = "int",
      },
      {
          .name = "dim1",
          .type = "int",
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::transpose",
      .overload = "int",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::transpose_int"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::transpose_int"},
      {DispatchKey::Tracer, "TraceType::transpose_int"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesViews::transpose_int"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::transpose_int"},
      {DispatchKey::NestedTensorCPU, "transpose_nested"},
      {DispatchKey::NestedTensorCUDA, "transpose_nested"},
      {DispatchKey::NestedTensorHPU, "transpose_nested"},
      {DispatchKey::Autograd, "VariableType::transpose_int"},
      {DispatchKey::CompositeExplicitAutograd, "transpose"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
