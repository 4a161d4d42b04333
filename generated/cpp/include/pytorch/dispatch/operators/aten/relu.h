// aten::relu: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_RELU_H
#define PYTORCH_OPERATORS_ATEN_RELU_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// relu(Tensor self) -> Tensor
struct relu : Operator<relu, Tensor(const Tensor&)> {
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
      .name = "aten::relu",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_relu"},
      {DispatchKey::Tracer, "TraceType::relu"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesUnaryOps::relu"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::relu"},
      {DispatchKey::CPU, "relu"},
      {DispatchKey::CUDA, "relu"},
      {DispatchKey::MPS, "relu_mps"},
      {DispatchKey::MTIA, "relu_mtia"},
      {DispatchKey::Meta, "torch._refs.nn.functional:relu"},
      {DispatchKey::QuantizedCPU, "relu_quantized_cpu"},
      {DispatchKey::QuantizedCUDA, "relu_quantized_cuda"},
      {DispatchKey::SparseCPU, "relu_sparse"},
      {DispatchKey::SparseCUDA, "relu_sparse"},
      {DispatchKey::SparseMPS, "relu_sparse"},
      {DispatchKey::SparseCsrCPU, "relu_sparse_csr"},
      {DispatchKey::SparseCsrCUDA, "relu_sparse_csr"},
      {DispatchKey::SparseCsrMeta, "relu_sparse_csr"},
      {DispatchKey::NestedTensorCPU, "NestedTensor_relu"},
      {DispatchKey::NestedTensorCUDA, "NestedTensor_relu"},
      {DispatchKey::NestedTensorHPU, "NestedTensor_relu"},
      {DispatchKey::Autograd, "VariableType::relu"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
