// aten::mkldnn_linear: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_MKLDNN_LINEAR_H
#define PYTORCH_OPERATORS_ATEN_MKLDNN_LINEAR_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// mkldnn_linear(Tensor self, Tensor weight, Tensor? bias=None) -> Tensor
struct mkldnn_linear  //
    : Operator<mkldnn_linear,
               Tensor(  //
                   const Tensor&,
                   const Tensor&,
                   const std::optional<Tensor>&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "weight",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "bias",
          .type = "Tensor?",
          .default_text = "None",
          .has_default = true,
          .kind = ArgumentKind::kOptionalTensor,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::mkldnn_linear",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_linear"},
      {DispatchKey::Tracer, "TraceType::mkldnn_linear"},
      {DispatchKey::Autograd, "VariableType::mkldnn_linear"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
