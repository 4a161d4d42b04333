// aten::view_copy: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_VIEW_COPY_H
#define PYTORCH_OPERATORS_ATEN_VIEW_COPY_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// view_copy(Tensor self, SymInt[] size) -> Tensor
struct view_copy
    : Operator<view_copy, Tensor(const Tensor&, std::span<const std::int64_t>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "size",
          .type = "SymInt[]",
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::view_copy",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "view_copy",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::AutogradNestedTensor,
       "VariableType::view_copy_AutogradNestedTensor"},
      {DispatchKey::Tracer, "TraceType::view_copy"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesViews::view_copy"},
      {DispatchKey::Meta, "torch._refs:view_copy"},
      {DispatchKey::Autograd, "VariableType::view_copy"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "view_copy_symint"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
