// aten::unbind: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_UNBIND_H
#define PYTORCH_OPERATORS_ATEN_UNBIND_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[]
struct unbind_int
    : Operator<unbind_int, std::vector<Tensor>(const Tensor&, std::int64_t)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a -> *)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
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
          .type = "Tensor(a)[]",
          .is_alias = true,
          .kind = ArgumentKind::kTensorList,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::unbind",
      .overload = "int",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::unbind_int"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::unbind_int"},
      {DispatchKey::AutogradNestedTensor,
       "VariableType::unbind_int_AutogradNestedTensor"},
      {DispatchKey::Tracer, "TraceType::unbind_int"},
      {DispatchKey::FuncTorchBatched,
       "functorch::LegacyBatchingRegistrations::unbind_int"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::unbind_int"},
      {DispatchKey::NestedTensorCPU, "NestedTensor_unbind"},
      {DispatchKey::NestedTensorCUDA, "NestedTensor_unbind"},
      {DispatchKey::NestedTensorHPU, "NestedTensor_unbind"},
      {DispatchKey::Autograd, "VariableType::unbind_int"},
      {DispatchKey::CompositeExplicitAutograd, "unbind"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
