// aten::mm: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_MM_H
#define PYTORCH_OPERATORS_ATEN_MM_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// mm(Tensor self, Tensor mat2) -> Tensor
struct mm : Operator<mm, Tensor(const Tensor&, const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "mat2",
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
      .name = "aten::mm",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Tracer, "TraceType::mm"},
      {DispatchKey::AutocastCPU, "autocast::mm"},
      {DispatchKey::AutocastMTIA, "autocast::mm"},
      {DispatchKey::AutocastMAIA, "autocast::mm"},
      {DispatchKey::AutocastXPU, "autocast::mm"},
      {DispatchKey::AutocastMPS, "autocast::mm"},
      {DispatchKey::AutocastCUDA, "autocast::mm"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesLinearAlgebra::mm"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::mm"},
      {DispatchKey::CPU, "mm_out_cpu"},
      {DispatchKey::CUDA, "mm_out_cuda"},
      {DispatchKey::MPS, "mm_out_mps"},
      {DispatchKey::XPU, "mm_out_xpu"},
      {DispatchKey::MTIA, "mm_out_mtia"},
      {DispatchKey::Meta, "torch._meta_registrations:meta_mm"},
      {DispatchKey::SparseCPU, "_sparse_mm"},
      {DispatchKey::SparseCUDA, "_sparse_mm"},
      {DispatchKey::SparseMPS, "_sparse_mm"},
      {DispatchKey::SparseCsrCPU, "_sparse_csr_mm"},
      {DispatchKey::SparseCsrCUDA, "_sparse_csr_mm"},
      {DispatchKey::SparseCsrMeta, "_sparse_csr_mm"},
      {DispatchKey::Autograd, "VariableType::mm"},
      {DispatchKey::CompositeExplicitAutogradNonFunctional, "structured_mm"},
  });
};

/// mm.out(Tensor self, Tensor mat2, *, Tensor(a!) out) -> Tensor(a!)
struct mm_out : Operator<mm_out, Tensor&(const Tensor&, const Tensor&, Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "mat2",
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
      .name = "aten::mm",
      .overload = "out",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::mm_out_out"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::mm_out_out"},
      {DispatchKey::Tracer, "TraceType::mm_out_out"},
      {DispatchKey::CPU, "mm_out_cpu"},
      {DispatchKey::CUDA, "mm_out_cuda"},
      {DispatchKey::MPS, "mm_out_mps"},
      {DispatchKey::XPU, "mm_out_xpu"},
      {DispatchKey::MTIA, "mm_out_mtia"},
      {DispatchKey::Meta, "torch._meta_registrations:meta_mm"},
      {DispatchKey::SparseCPU, "_sparse_mm_out"},
      {DispatchKey::SparseCUDA, "_sparse_mm_out"},
      {DispatchKey::SparseMPS, "_sparse_mm_out"},
      {DispatchKey::SparseCsrCPU, "_sparse_csr_mm_out"},
      {DispatchKey::SparseCsrCUDA, "_sparse_csr_mm_out"},
      {DispatchKey::SparseCsrMeta, "_sparse_csr_mm_out"},
      {DispatchKey::Autograd, "VariableType::mm_out_out"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
