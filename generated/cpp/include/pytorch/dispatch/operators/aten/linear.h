// aten::linear: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_LINEAR_H
#define PYTORCH_OPERATORS_ATEN_LINEAR_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor
struct linear  //
    : Operator<linear,
               Tensor(  //
                   const Tensor&,
                   const Tensor&,
                   const std::optional<Tensor>&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "input",
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
      .name = "aten::linear",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::linear"},
      {DispatchKey::AutocastCPU, "autocast::linear"},
      {DispatchKey::AutocastMTIA, "autocast::linear"},
      {DispatchKey::AutocastMAIA, "autocast::linear"},
      {DispatchKey::AutocastXPU, "autocast::linear"},
      {DispatchKey::AutocastMPS, "autocast::linear"},
      {DispatchKey::AutocastCUDA, "autocast::linear"},
      {DispatchKey::FuncTorchDynamicLayerFrontMode,
       "functorch::PyTorchOperatorHacks::linear"},
      {DispatchKey::MPS, "_mps_linear"},
      {DispatchKey::NestedTensorCPU, "nested_linear"},
      {DispatchKey::NestedTensorCUDA, "nested_linear"},
      {DispatchKey::NestedTensorHPU, "nested_linear"},
      {DispatchKey::Autograd, "VariableType::linear"},
      {DispatchKey::CompositeImplicitAutograd, "linear"},
      {DispatchKey::FuncTorchBatchedDecomposition,
       "functorch::BatchRulesDecompositions::linear"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
