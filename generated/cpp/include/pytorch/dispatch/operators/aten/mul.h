// aten::mul: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_MUL_H
#define PYTORCH_OPERATORS_ATEN_MUL_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// mul.Tensor(Tensor self, Tensor other) -> Tensor
struct mul_Tensor : Operator<mul_Tensor, Tensor(const Tensor&, const Tensor&)> {
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
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::mul",
      .overload = "Tensor",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_mul"},
      {DispatchKey::ZeroTensor, "mul_zerotensor"},
      {DispatchKey::Tracer, "TraceType::mul_Tensor"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesBinaryOps::mul_Tensor"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::mul_Tensor"},
      {DispatchKey::CPU, "mul_out"},
      {DispatchKey::CUDA, "mul_out"},
      {DispatchKey::MPS, "mul_out"},
      {DispatchKey::MTIA, "mul_out"},
      {DispatchKey::Meta, "torch._refs:mul"},
      {DispatchKey::SparseCPU, "mul_sparse"},
      {DispatchKey::SparseCUDA, "mul_sparse"},
      {DispatchKey::SparseMPS, "mul_sparse"},
      {DispatchKey::SparseCsrCPU, "mul_sparse_csr"},
      {DispatchKey::SparseCsrCUDA, "mul_sparse_csr"},
      {DispatchKey::SparseCsrMeta, "mul_sparse_csr"},
      {DispatchKey::NestedTensorCPU, "NestedTensor_mul_Tensor"},
      {DispatchKey::NestedTensorCUDA, "NestedTensor_mul_Tensor"},
      {DispatchKey::NestedTensorHPU, "NestedTensor_mul_Tensor"},
      {DispatchKey::Autograd, "VariableType::mul_Tensor"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_mul"},
  });
};

/// mul.out(Tensor self, Tensor other, *, Tensor(a!) out) -> Tensor(a!)
struct mul_out : Operator<mul_out, Tensor&(const Tensor&, const Tensor&, Tensor&)> {
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
      .name = "aten::mul",
      .overload = "out",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_mul_out"},
      {DispatchKey::Functionalize, "functionalization::mul_out_out"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::mul_out_out"},
      {DispatchKey::Tracer, "TraceType::mul_out_out"},
      {DispatchKey::CPU, "mul_out"},
      {DispatchKey::CUDA, "mul_out"},
      {DispatchKey::MPS, "mul_out"},
      {DispatchKey::MTIA, "mul_out"},
      {DispatchKey::Meta, "torch._refs:mul"},
      {DispatchKey::SparseCPU, "mul_out_sparse_cpu"},
      {DispatchKey::SparseCUDA, "mul_out_sparse_cuda"},
      {DispatchKey::SparseMPS, "mul_out_sparse_mps"},
      {DispatchKey::SparseCsrCPU, "mul_out_sparse_csr"},
      {DispatchKey::SparseCsrCUDA, "mul_out_sparse_csr"},
      {DispatchKey::SparseCsrMeta, "mul_out_sparse_csr"},
      {DispatchKey::Autograd, "VariableType::mul_out_out"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
