// aten::sigmoid: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_SIGMOID_H
#define PYTORCH_OPERATORS_ATEN_SIGMOID_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// sigmoid(Tensor self) -> Tensor
struct sigmoid : Operator<sigmoid, Tensor(const Tensor&)> {
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
      .name = "aten::sigmoid",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_sigmoid"},
      {DispatchKey::Tracer, "TraceType::sigmoid"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesUnaryOps::sigmoid"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::sigmoid"},
      {DispatchKey::CPU, "sigmoid_out"},
      {DispatchKey::CUDA, "sigmoid_out"},
      {DispatchKey::MPS, "sigmoid_out"},
      {DispatchKey::Meta, "torch._meta_registrations:sigmoid"},
      {DispatchKey::QuantizedCPU, "sigmoid_quantized_cpu"},
      {DispatchKey::Autograd, "VariableType::sigmoid"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_sigmoid"},
  });
};

/// sigmoid.out(Tensor self, *, Tensor(a!) out) -> Tensor(a!)
struct sigmoid_out : Operator<sigmoid_out, Tensor&(const Tensor&, Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "out",
          .type = "Tensor(a!)",
          .kwarg_only = true,
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
      .name = "aten::sigmoid",
      .overload = "out",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::sigmoid_out_out"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::sigmoid_out_out"},
      {DispatchKey::Tracer, "TraceType::sigmoid_out_out"},
      {DispatchKey::CPU, "sigmoid_out"},
      {DispatchKey::CUDA, "sigmoid_out"},
      {DispatchKey::MPS, "sigmoid_out"},
      {DispatchKey::Meta, "torch._meta_registrations:sigmoid"},
      {DispatchKey::Autograd, "VariableType::sigmoid_out_out"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
