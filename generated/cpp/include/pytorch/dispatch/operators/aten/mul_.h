// aten::mul_: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_MUL__H
#define PYTORCH_OPERATORS_ATEN_MUL__H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// mul_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)
struct mul__Tensor : Operator<mul__Tensor, Tensor&(Tensor&, const Tensor&)> {
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
      .name = "aten::mul_",
      .overload = "Tensor",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "pointwise",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "mkldnn_mul_"},
      {DispatchKey::Functionalize, "functionalization::mul__Tensor"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::mul__Tensor"},
      {DispatchKey::Tracer, "TraceType::mul__Tensor"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesBinaryOps::mul__Tensor"},
      {DispatchKey::CPU, "mul_out"},
      {DispatchKey::CUDA, "mul_out"},
      {DispatchKey::MPS, "mul_out"},
      {DispatchKey::MTIA, "mul_out"},
      {DispatchKey::Meta, "torch._meta_registrations:meta_binop_inplace"},
      {DispatchKey::SparseCPU, "mul_sparse_"},
      {DispatchKey::SparseCUDA, "mul_sparse_"},
      {DispatchKey::SparseMPS, "mul_sparse_"},
      {DispatchKey::SparseCsrCPU, "mul_sparse_csr_"},
      {DispatchKey::SparseCsrCUDA, "mul_sparse_csr_"},
      {DispatchKey::SparseCsrMeta, "mul_sparse_csr_"},
      {DispatchKey::NestedTensorCPU, "NestedTensor_mul__Tensor"},
      {DispatchKey::NestedTensorCUDA, "NestedTensor_mul__Tensor"},
      {DispatchKey::NestedTensorHPU, "NestedTensor_mul__Tensor"},
      {DispatchKey::Autograd, "VariableType::mul__Tensor"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_mul_"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
