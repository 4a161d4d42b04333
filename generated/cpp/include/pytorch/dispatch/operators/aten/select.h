// aten::select: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_SELECT_H
#define PYTORCH_OPERATORS_ATEN_SELECT_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a)
struct select_int
    : Operator<select_int, Tensor(const Tensor&, std::int64_t, std::int64_t)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "dim",
          .type = "int",
      },
      {
          .name = "index",
          .type = "SymInt",
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::select",
      .overload = "int",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::select_int"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::select_int"},
      {DispatchKey::AutogradNestedTensor,
       "VariableType::select_int_AutogradNestedTensor"},
      {DispatchKey::Tracer, "TraceType::select_int"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesViews::select_int"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::select_int"},
      {DispatchKey::SparseCsrCPU, "select_sparse_csr"},
      {DispatchKey::SparseCsrCUDA, "select_sparse_csr"},
      {DispatchKey::SparseCsrMeta, "select_sparse_csr"},
      {DispatchKey::NestedTensorCPU, "select_nested"},
      {DispatchKey::NestedTensorCUDA, "select_nested"},
      {DispatchKey::NestedTensorHPU, "select_nested"},
      {DispatchKey::Autograd, "VariableType::select_int"},
      {DispatchKey::CompositeExplicitAutograd, "select_symint"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
