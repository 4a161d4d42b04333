// aten::sum: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_SUM_H
#define PYTORCH_OPERATORS_ATEN_SUM_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType?
/// dtype=None) -> Tensor
struct sum_dim_IntList  //
    : Operator<sum_dim_IntList,
               Tensor(  //
                   const Tensor&,
                   std::optional<std::span<const std::int64_t>>,
                   bool,
                   std::optional<std::int64_t>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "dim",
          .type = "int[1]?",
      },
      {
          .name = "keepdim",
          .type = "bool",
          .default_text = "False",
          .has_default = true,
      },
      {
          .name = "dtype",
          .type = "ScalarType?",
          .default_text = "None",
          .has_default = true,
          .kwarg_only = true,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::sum",
      .overload = "dim_IntList",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
      "reduction",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::AutogradNestedTensor,
       "VariableType::sum_dim_IntList_AutogradNestedTensor"},
      {DispatchKey::Tracer, "TraceType::sum_dim_IntList"},
      {DispatchKey::AutocastMTIA, "autocast::sum_dim_IntList"},
      {DispatchKey::AutocastMAIA, "autocast::sum_dim_IntList"},
      {DispatchKey::AutocastXPU, "autocast::sum_dim_IntList"},
      {DispatchKey::AutocastMPS, "autocast::sum_dim_IntList"},
      {DispatchKey::AutocastCUDA, "autocast::sum_dim_IntList"},
      {DispatchKey::FuncTorchBatched,
       "functorch::BatchRulesReduceOps::sum_dim_IntList"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::sum_dim_IntList"},
      {DispatchKey::CPU, "sum_out"},
      {DispatchKey::CUDA, "sum_out"},
      {DispatchKey::MPS, "sum_out"},
      {DispatchKey::Meta, "torch._refs:sum"},
      {DispatchKey::SparseCPU, "sum_sparse_coo"},
      {DispatchKey::SparseCUDA, "sum_sparse_coo"},
      {DispatchKey::SparseMPS, "sum_sparse_coo"},
      {DispatchKey::SparseCsrCPU, "sum_sparse_compressed"},
      {DispatchKey::SparseCsrCUDA, "sum_sparse_compressed"},
      {DispatchKey::SparseCsrMeta, "sum_sparse_compressed"},
      {DispatchKey::NestedTensorCPU, "NestedTensor_sum_dim_CPU"},
      {DispatchKey::Autograd, "VariableType::sum_dim_IntList"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_sum"},
  });
};

/// sum.IntList_out(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType?
/// dtype=None, Tensor(a!) out) -> Tensor(a!)
struct sum_IntList_out  //
    : Operator<sum_IntList_out,
               Tensor&(  //
                   const Tensor&,
                   std::optional<std::span<const std::int64_t>>,
                   bool,
                   std::optional<std::int64_t>,
                   Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "dim",
          .type = "int[1]?",
      },
      {
          .name = "keepdim",
          .type = "bool",
          .default_text = "False",
          .has_default = true,
      },
      {
          .name = "dtype",
          .type = "ScalarType?",
          .default_text = "None",
          .has_default = true,
          .kwarg_only = true,
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
      .name = "aten::sum",
      .overload = "IntList_out",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "reduction",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::sum_out_IntList_out"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::sum_out_IntList_out"},
      {DispatchKey::AutogradNestedTensor,
       "VariableType::sum_out_IntList_out_AutogradNestedTensor"},
      {DispatchKey::Tracer, "TraceType::sum_out_IntList_out"},
      {DispatchKey::CPU, "sum_out"},
      {DispatchKey::CUDA, "sum_out"},
      {DispatchKey::MPS, "sum_out"},
      {DispatchKey::Meta, "torch._refs:sum"},
      {DispatchKey::Autograd, "VariableType::sum_out_IntList_out"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
