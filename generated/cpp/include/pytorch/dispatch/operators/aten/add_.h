// aten::add_: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_ADD__H
#define PYTORCH_OPERATORS_ATEN_ADD__H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)
struct add__Tensor : Operator<add__Tensor, Tensor&(Tensor&, const Tensor&, double)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a!)",
          .is_write = true,
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "other",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "alpha",
          .type = "Scalar",
          .default_text = "1",
          .has_default = true,
          .kwarg_only = true,
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
      .name = "aten::add_",
      .overload = "Tensor",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_add_"},
      {DispatchKey::Functionalize, "functionalization::add__Tensor"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::add__Tensor"},
      {DispatchKey::Tracer, "TraceType::add__Tensor"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesBinaryOps::add__Tensor"},
      {DispatchKey::CPU, "ufunc_add_CPU"},
      {DispatchKey::CUDA, "ufunc_add_CUDA"},
      {DispatchKey::MPS, "add_out_mps"},
      {DispatchKey::MTIA, "add_out_mtia"},
      {DispatchKey::Meta, "torch._meta_registrations:meta_binop_inplace_alpha"},
      {DispatchKey::SparseCPU, "add_sparse_"},
      {DispatchKey::SparseCUDA, "add_sparse_"},
      {DispatchKey::SparseMPS, "add_sparse_"},
      {DispatchKey::SparseMeta, "add_sparse_"},
      {DispatchKey::SparseCsrCPU, "add_sparse_csr_"},
      {DispatchKey::SparseCsrCUDA, "add_sparse_csr_"},
      {DispatchKey::SparseCsrMeta, "add_sparse_csr_"},
      {DispatchKey::NestedTensorCPU, "NestedTensor_add__Tensor"},
      {DispatchKey::NestedTensorCUDA, "NestedTensor_add__Tensor"},
      {DispatchKey::NestedTensorHPU, "NestedTensor_add__Tensor"},
      {DispatchKey::Autograd, "VariableType::add__Tensor"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_add_"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
