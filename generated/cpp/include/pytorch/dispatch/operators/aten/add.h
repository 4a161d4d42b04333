// aten::add: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_ADD_H
#define PYTORCH_OPERATORS_ATEN_ADD_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor
struct add_Tensor : Operator<add_Tensor, Tensor(const Tensor&, const Tensor&, double)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
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
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::add",
      .overload = "Tensor",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_add"},
      {DispatchKey::ZeroTensor, "add_zerotensor"},
      {DispatchKey::Tracer, "TraceType::add_Tensor"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesBinaryOps::add_Tensor"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::add_Tensor"},
      {DispatchKey::CPU, "ufunc_add_CPU"},
      {DispatchKey::CUDA, "ufunc_add_CUDA"},
      {DispatchKey::MPS, "add_out_mps"},
      {DispatchKey::MTIA, "add_out_mtia"},
      {DispatchKey::Meta, "torch._refs:add"},
      {DispatchKey::SparseCPU, "add_sparse"},
      {DispatchKey::SparseCUDA, "add_sparse"},
      {DispatchKey::SparseMPS, "add_sparse"},
      {DispatchKey::SparseMeta, "add_sparse"},
      {DispatchKey::SparseCsrCPU, "add_sparse_csr"},
      {DispatchKey::SparseCsrCUDA, "add_sparse_csr"},
      {DispatchKey::SparseCsrMeta, "add_sparse_csr"},
      {DispatchKey::NestedTensorCPU, "NestedTensor_add_Tensor"},
      {DispatchKey::NestedTensorCUDA, "NestedTensor_add_Tensor"},
      {DispatchKey::NestedTensorHPU, "NestedTensor_add_Tensor"},
      {DispatchKey::Autograd, "VariableType::add_Tensor"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_add"},
  });
};

/// add.out(Tensor self, Tensor other, *, Scalar alpha=1, Tensor(a!) out) -> Tensor(a!)
struct add_out
    : Operator<add_out, Tensor&(const Tensor&, const Tensor&, double, Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
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
      .name = "aten::add",
      .overload = "out",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_add_out"},
      {DispatchKey::Functionalize, "functionalization::add_out_out"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::add_out_out"},
      {DispatchKey::Tracer, "TraceType::add_out_out"},
      {DispatchKey::CPU, "ufunc_add_CPU"},
      {DispatchKey::CUDA, "ufunc_add_CUDA"},
      {DispatchKey::MPS, "add_out_mps"},
      {DispatchKey::MTIA, "add_out_mtia"},
      {DispatchKey::Meta, "torch._refs:add"},
      {DispatchKey::SparseCPU, "add_out_sparse_cpu"},
      {DispatchKey::SparseCUDA, "add_out_sparse_cuda"},
      {DispatchKey::SparseMPS, "add_out_sparse_mps"},
      {DispatchKey::SparseMeta, "add_out_sparse_cpu"},
      {DispatchKey::SparseCsrCPU, "add_out_sparse_compressed_cpu"},
      {DispatchKey::SparseCsrCUDA, "add_out_sparse_compressed_cuda"},
      {DispatchKey::SparseCsrMeta, "add_out_sparse_compressed_cpu"},
      {DispatchKey::Autograd, "VariableType::add_out_out"},
  });
};

/// add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor
struct add_Scalar : Operator<add_Scalar, Tensor(const Tensor&, double, double)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "other",
          .type = "Scalar",
      },
      {
          .name = "alpha",
          .type = "Scalar",
          .default_text = "1",
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
      .name = "aten::add",
      .overload = "Scalar",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::Tracer, "TraceType::add_Scalar"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesBinaryOps::add_Scalar"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::add_Scalar"},
      {DispatchKey::Meta, "torch._meta_registrations:meta_binop_alpha"},
      {DispatchKey::Autograd, "VariableType::add_Scalar"},
      {DispatchKey::CompositeExplicitAutograd, "add"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
