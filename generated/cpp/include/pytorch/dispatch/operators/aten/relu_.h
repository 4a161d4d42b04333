// aten::relu_: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_RELU__H
#define PYTORCH_OPERATORS_ATEN_RELU__H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// relu_(Tensor(a!) self) -> Tensor(a!)
struct relu_ : Operator<relu_, Tensor&(Tensor&)> {
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
      .name = "aten::relu_",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_relu_"},
      {DispatchKey::Functionalize, "functionalization::relu_"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::relu_"},
      {DispatchKey::Tracer, "TraceType::relu_"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesUnaryOps::relu_"},
      {DispatchKey::CPU, "relu_"},
      {DispatchKey::CUDA, "relu_"},
      {DispatchKey::MPS, "relu_mps_"},
      {DispatchKey::MTIA, "relu_mtia_"},
      {DispatchKey::Meta, "torch._meta_registrations:meta_relu_"},
      {DispatchKey::QuantizedCPU, "relu_quantized_cpu_"},
      {DispatchKey::QuantizedCUDA, "relu_quantized_cuda_"},
      {DispatchKey::SparseCPU, "relu_sparse_"},
      {DispatchKey::SparseCUDA, "relu_sparse_"},
      {DispatchKey::SparseMPS, "relu_sparse_"},
      {DispatchKey::SparseCsrCPU, "relu_sparse_csr_"},
      {DispatchKey::SparseCsrCUDA, "relu_sparse_csr_"},
      {DispatchKey::SparseCsrMeta, "relu_sparse_csr_"},
      {DispatchKey::NestedTensorCPU, "NestedTensor_relu_"},
      {DispatchKey::NestedTensorCUDA, "NestedTensor_relu_"},
      {DispatchKey::NestedTensorHPU, "NestedTensor_relu_"},
      {DispatchKey::Autograd, "VariableType::relu_"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
