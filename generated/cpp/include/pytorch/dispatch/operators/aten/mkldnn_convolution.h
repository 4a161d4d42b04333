// aten::mkldnn_convolution: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_MKLDNN_CONVOLUTION_H
#define PYTORCH_OPERATORS_ATEN_MKLDNN_CONVOLUTION_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// mkldnn_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding,
/// SymInt[] stride, SymInt[] dilation, SymInt groups) -> Tensor
struct mkldnn_convolution  //
    : Operator<mkldnn_convolution,
               Tensor(  //
                   const Tensor&,
                   const Tensor&,
                   const std::optional<Tensor>&,
                   std::span<const std::int64_t>,
                   std::span<const std::int64_t>,
                   std::span<const std::int64_t>,
                   std::int64_t)> {
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
          .kind = ArgumentKind::kOptionalTensor,
      },
      {
          .name = "padding",
          .type = "SymInt[]",
      },
      {
          .name = "stride",
          .type = "SymInt[]",
      },
      {
          .name = "dilation",
          .type = "SymInt[]",
      },
      {
          .name = "groups",
          .type = "SymInt",
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::mkldnn_convolution",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::mkldnn_convolution"},
      {DispatchKey::Autograd, "VariableType::mkldnn_convolution"},
      {DispatchKey::CompositeExplicitAutograd, "mkldnn_convolution"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
