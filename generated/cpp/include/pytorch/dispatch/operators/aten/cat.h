// aten::cat: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_CAT_H
#define PYTORCH_OPERATORS_ATEN_CAT_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// cat(Tensor[] tensors, int dim=0) -> Tensor
struct cat : Operator<cat, Tensor(std::span<const Tensor>, std::int64_t)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "tensors",
          .type = "Tensor[]",
          .kind = ArgumentKind::kTensorList,
      },
      {
          .name = "dim",
          .type = "int",
          .default_text = "0",
          .has_default = true,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::cat",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::cat"},
      {DispatchKey::AutocastCPU, "autocast::cat"},
      {DispatchKey::FuncTorchBatched, "functorch::LegacyBatchingRegistrations::cat"},
      {DispatchKey::BatchedNestedTensor,
       "functorch::LegacyBatchingRegistrations::nested_cat"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::cat"},
      {DispatchKey::CPU, "cat_out_cpu"},
      {DispatchKey::CUDA, "cat_out_cuda"},
      {DispatchKey::MPS, "cat_out_mps"},
      {DispatchKey::Meta, "torch._refs:cat"},
      {DispatchKey::QuantizedCPU, "cat_quantized_cpu"},
      {DispatchKey::SparseCPU, "cat_sparse"},
      {DispatchKey::SparseCUDA, "cat_sparse"},
      {DispatchKey::SparseMPS, "cat_sparse"},
      {DispatchKey::NestedTensorCPU, "cat_nested"},
      {DispatchKey::NestedTensorCUDA, "cat_nested"},
      {DispatchKey::NestedTensorHPU, "cat_nested"},
      {DispatchKey::Autograd, "VariableType::cat"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_cat"},
  });
};

/// cat.out(Tensor[] tensors, int dim=0, *, Tensor(a!) out) -> Tensor(a!)
struct cat_out
    : Operator<cat_out, Tensor&(std::span<const Tensor>, std::int64_t, Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "tensors",
          .type = "Tensor[]",
          .kind = ArgumentKind::kTensorList,
      },
      {
          .name = "dim",
          .type = "int",
          .default_text = "0",
          .has_default = true,
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
      .name = "aten::cat",
      .overload = "out",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::cat_out_out"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::cat_out_out"},
      {DispatchKey::Tracer, "TraceType::cat_out_out"},
      {DispatchKey::CPU, "cat_out_cpu"},
      {DispatchKey::CUDA, "cat_out_cuda"},
      {DispatchKey::MPS, "cat_out_mps"},
      {DispatchKey::Meta, "torch._refs:cat"},
      {DispatchKey::QuantizedCPU, "cat_out_quantized_cpu"},
      {DispatchKey::Autograd, "VariableType::cat_out_out"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
