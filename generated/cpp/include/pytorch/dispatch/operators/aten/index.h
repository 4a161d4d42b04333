// aten::index: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_INDEX_H
#define PYTORCH_OPERATORS_ATEN_INDEX_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// index.Tensor(Tensor self, Tensor?[] indices) -> Tensor
struct index_Tensor  //
    : Operator<index_Tensor,
               Tensor(  //
                   const Tensor&,
                   std::span<const std::optional<Tensor>>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "indices",
          .type = "Tensor?[]",
          .kind = ArgumentKind::kOptionalTensorList,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::index",
      .overload = "Tensor",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
      "dynamic_output_shape",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::index_Tensor"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesScatterOps::index_Tensor"},
      {DispatchKey::CPU, "index_out"},
      {DispatchKey::CUDA, "index_out"},
      {DispatchKey::MPS, "index_out"},
      {DispatchKey::Meta, "torch._meta_registrations:meta_index_Tensor"},
      {DispatchKey::QuantizedCPU, "quantized_index"},
      {DispatchKey::Autograd, "VariableType::index_Tensor"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_index"},
  });
};

/// index.Tensor_out(Tensor self, Tensor?[] indices, *, Tensor(a!) out) -> Tensor(a!)
struct index_Tensor_out  //
    : Operator<index_Tensor_out,
               Tensor&(  //
                   const Tensor&,
                   std::span<const std::optional<Tensor>>,
                   Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "indices",
          .type = "Tensor?[]",
          .kind = ArgumentKind::kOptionalTensorList,
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
      .name = "aten::index",
      .overload = "Tensor_out",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::index_out_Tensor_out"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::index_out_Tensor_out"},
      {DispatchKey::Tracer, "TraceType::index_out_Tensor_out"},
      {DispatchKey::CPU, "index_out"},
      {DispatchKey::CUDA, "index_out"},
      {DispatchKey::MPS, "index_out"},
      {DispatchKey::Meta, "structured_index_out"},
      {DispatchKey::Autograd, "VariableType::index_out_Tensor_out"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
