// aten::_nnz: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN__NNZ_H
#define PYTORCH_OPERATORS_ATEN__NNZ_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// _nnz(Tensor self) -> int
struct _nnz : Operator<_nnz, std::int64_t(const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "int",
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::_nnz",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::_nnz"},
      {DispatchKey::SparseCPU, "_nnz_sparse"},
      {DispatchKey::SparseCUDA, "_nnz_sparse"},
      {DispatchKey::SparseMPS, "_nnz_sparse"},
      {DispatchKey::SparseMeta, "_nnz_sparse"},
      {DispatchKey::SparseCsrCPU, "_nnz_sparse_csr"},
      {DispatchKey::SparseCsrCUDA, "_nnz_sparse_csr"},
      {DispatchKey::SparseCsrMPS, "_nnz_sparse_csr"},
      {DispatchKey::SparseCsrMeta, "_nnz_sparse_csr"},
      {DispatchKey::Autograd, "VariableType::_nnz"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
