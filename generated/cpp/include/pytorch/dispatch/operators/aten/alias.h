// aten::alias: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_ALIAS_H
#define PYTORCH_OPERATORS_ATEN_ALIAS_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// alias(Tensor(a) self) -> Tensor(a)
struct alias : Operator<alias, Tensor(const Tensor&)> {
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
      .name = "aten::alias",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::FuncTorchDynamicLayerBackMode, "functorch::DynamicLayer::alias"},
      {DispatchKey::Functionalize, "functionalization::alias"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::alias"},
      {DispatchKey::Tracer, "TraceType::alias"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesUnaryOps::alias"},
      {DispatchKey::NestedTensorCPU, "alias_nested"},
      {DispatchKey::NestedTensorCUDA, "alias_nested"},
      {DispatchKey::NestedTensorHPU, "alias_nested"},
      {DispatchKey::Autograd, "VariableType::alias"},
      {DispatchKey::CompositeExplicitAutograd, "alias"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
