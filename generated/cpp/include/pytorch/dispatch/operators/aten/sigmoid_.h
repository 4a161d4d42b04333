// aten::sigmoid_: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_SIGMOID__H
#define PYTORCH_OPERATORS_ATEN_SIGMOID__H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// sigmoid_(Tensor(a!) self) -> Tensor(a!)
struct sigmoid_ : Operator<sigmoid_, Tensor&(Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a!)",
          .is_write = true,
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor(a!)",
          .is_write = true,
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::sigmoid_",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_sigmoid_"},
      {DispatchKey::Functionalize, "functionalization::sigmoid_"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::sigmoid_"},
      {DispatchKey::Tracer, "TraceType::sigmoid_"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesUnaryOps::sigmoid_"},
      {DispatchKey::CPU, "sigmoid_out"},
      {DispatchKey::CUDA, "sigmoid_out"},
      {DispatchKey::MPS, "sigmoid_out"},
      {DispatchKey::Meta, "torch._refs:sigmoid_"},
      {DispatchKey::Autograd, "VariableType::sigmoid_"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_sigmoid_"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
