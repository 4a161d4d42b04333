// aten::cudnn_convolution: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_CUDNN_CONVOLUTION_H
#define PYTORCH_OPERATORS_ATEN_CUDNN_CONVOLUTION_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// cudnn_convolution(Tensor self, Tensor weight, SymInt[] padding, SymInt[] stride,
/// SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic, bool
/// allow_tf32) -> Tensor
struct cudnn_convolution  //
    : Operator<cudnn_convolution,
               Tensor(  //
                   const Tensor&,
                   const Tensor&,
                   std::span<const std::int64_t>,
                   std::span<const std::int64_t>,
                   std::span<const std::int64_t>,
                   std::int64_t,
                   bool,
                   bool,
                   bool)> {
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
      {
          .name = "benchmark",
          .type = "bool",
      },
      {
          .name = "deterministic",
          .type = "bool",
      },
      {
          .name = "allow_tf32",
          .type = "bool",
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::cudnn_convolution",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::cudnn_convolution"},
      {DispatchKey::AutocastCUDA, "autocast::cudnn_convolution"},
      {DispatchKey::CUDA, "cudnn_convolution"},
      {DispatchKey::Autograd, "VariableType::cudnn_convolution"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
