// aten::cudnn_is_acceptable: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_CUDNN_IS_ACCEPTABLE_H
#define PYTORCH_OPERATORS_ATEN_CUDNN_IS_ACCEPTABLE_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// cudnn_is_acceptable(Tensor self) -> bool
struct cudnn_is_acceptable : Operator<cudnn_is_acceptable, bool(const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "bool",
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::cudnn_is_acceptable",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::cudnn_is_acceptable"},
      {DispatchKey::CompositeImplicitAutograd, "cudnn_is_acceptable"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
