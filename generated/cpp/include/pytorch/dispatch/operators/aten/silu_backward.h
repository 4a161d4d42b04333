// aten::silu_backward: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_SILU_BACKWARD_H
#define PYTORCH_OPERATORS_ATEN_SILU_BACKWARD_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// silu_backward(Tensor grad_output, Tensor self) -> Tensor
struct silu_backward : Operator<silu_backward, Tensor(const Tensor&, const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "grad_output",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
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
      .name = "aten::silu_backward",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::silu_backward"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesBinaryOps::silu_backward"},
      {DispatchKey::CPU, "silu_backward_out"},
      {DispatchKey::CUDA, "silu_backward_out"},
      {DispatchKey::MPS, "silu_backward_out"},
      {DispatchKey::Meta, "structured_silu_backward"},
      {DispatchKey::NestedTensorCPU, "silu_backward_nested"},
      {DispatchKey::NestedTensorCUDA, "silu_backward_nested"},
      {DispatchKey::NestedTensorHPU, "silu_backward_nested"},
      {DispatchKey::Autograd, "torch::autograd::autogradNotImplementedFallback"},
      {DispatchKey::CompositeImplicitAutograd, "math_silu_backward"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_silu_backward"},
  });
};

/// silu_backward.grad_input(Tensor grad_output, Tensor self, *, Tensor(a!) grad_input)
/// -> Tensor(a!)
struct silu_backward_grad_input  //
    : Operator<silu_backward_grad_input,
               Tensor&(  //
                   const Tensor&,
                   const Tensor&,
                   Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "grad_output",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "grad_input",
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
      .name = "aten::silu_backward",
      .overload = "grad_input",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::silu_backward_out_grad_input"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::silu_backward_out_grad_input"},
      {DispatchKey::Tracer, "TraceType::silu_backward_out_grad_input"},
      {DispatchKey::CPU, "silu_backward_out"},
      {DispatchKey::CUDA, "silu_backward_out"},
      {DispatchKey::MPS, "silu_backward_out"},
      {DispatchKey::Meta, "torch._decomp.decompositions:silu_backward"},
      {DispatchKey::Autograd, "torch::autograd::autogradNotImplementedFallback"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
