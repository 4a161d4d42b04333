// aten::quantize_per_tensor: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_QUANTIZE_PER_TENSOR_H
#define PYTORCH_OPERATORS_ATEN_QUANTIZE_PER_TENSOR_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// quantize_per_tensor(Tensor self, float scale, int zero_point, ScalarType dtype) ->
/// Tensor
struct quantize_per_tensor  //
    : Operator<quantize_per_tensor,
               Tensor(  //
                   const Tensor&,
                   double,
                   std::int64_t,
                   std::int64_t)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "scale",
          .type = "float",
      },
      {
          .name = "zero_point",
          .type = "int",
      },
      {
          .name = "dtype",
          .type = "ScalarType",
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::quantize_per_tensor",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::quantize_per_tensor"},
      {DispatchKey::CPU, "quantize_per_tensor"},
      {DispatchKey::CUDA, "quantize_per_tensor"},
      {DispatchKey::Meta, "torch._meta_registrations:meta_quantize_per_tensor"},
      {DispatchKey::Autograd, "VariableType::quantize_per_tensor"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
