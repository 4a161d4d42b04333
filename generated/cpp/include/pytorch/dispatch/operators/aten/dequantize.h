// aten::dequantize: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_DEQUANTIZE_H
#define PYTORCH_OPERATORS_ATEN_DEQUANTIZE_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// dequantize.self(Tensor self) -> Tensor
struct dequantize_self : Operator<dequantize_self, Tensor(const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::dequantize",
      .overload = "self",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::dequantize_self"},
      {DispatchKey::CPU, "dequantize_cpu_or_cuda"},
      {DispatchKey::CUDA, "dequantize_cpu_or_cuda"},
      {DispatchKey::QuantizedCPU, "dequantize_quantized"},
      {DispatchKey::QuantizedCUDA, "dequantize_quantized"},
      {DispatchKey::Autograd, "VariableType::dequantize_self"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
