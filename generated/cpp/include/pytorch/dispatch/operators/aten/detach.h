// aten::detach: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_DETACH_H
#define PYTORCH_OPERATORS_ATEN_DETACH_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// detach(Tensor(a) self) -> Tensor(a)
struct detach : Operator<detach, Tensor(const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
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
      .name = "aten::detach",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::detach"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrViewManual::detach"},
      {DispatchKey::Tracer, "TraceTypeManual::detach"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesUnaryOps::detach"},
      {DispatchKey::NestedTensorCPU, "detach"},
      {DispatchKey::NestedTensorCUDA, "detach"},
      {DispatchKey::NestedTensorHPU, "detach"},
      {DispatchKey::Autograd, "VariableTypeManual::detach"},
      {DispatchKey::CompositeExplicitAutograd, "detach"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
