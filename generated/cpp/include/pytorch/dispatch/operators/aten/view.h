// aten::view: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_VIEW_H
#define PYTORCH_OPERATORS_ATEN_VIEW_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// view(Tensor(a) self, SymInt[] size) -> Tensor(a)
struct view : Operator<view, Tensor(const Tensor&, std::span<const std::int64_t>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "size",
          .type = "SymInt[]",
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
      .name = "aten::view",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_view"},
      {DispatchKey::Functionalize, "functionalization::view"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "view_symint"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::view"},
      {DispatchKey::AutogradNestedTensor, "VariableType::view_AutogradNestedTensor"},
      {DispatchKey::Tracer, "TraceType::view"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesViews::view"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::view"},
      {DispatchKey::CPU, "view"},
      {DispatchKey::CUDA, "view"},
      {DispatchKey::MPS, "view"},
      {DispatchKey::MTIA, "view"},
      {DispatchKey::Meta, "view"},
      {DispatchKey::QuantizedCPU, "view"},
      {DispatchKey::QuantizedCUDA, "view"},
      {DispatchKey::NestedTensorCPU, "view_nested"},
      {DispatchKey::NestedTensorCUDA, "view_nested"},
      {DispatchKey::NestedTensorHPU, "view_nested"},
      {DispatchKey::Autograd, "VariableType::view"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
