// aten::copy_: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_COPY__H
#define PYTORCH_OPERATORS_ATEN_COPY__H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// copy_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)
struct copy_ : Operator<copy_, Tensor&(Tensor&, const Tensor&, bool)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a!)",
          .is_write = true,
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "src",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "non_blocking",
          .type = "bool",
          .default_text = "False",
          .has_default = true,
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
      .name = "aten::copy_",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "copy_mkldnn_"},
      {DispatchKey::Functionalize, "functionalization::copy_"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrViewManual::copy_"},
      {DispatchKey::Tracer, "TraceTypeManual::copy_"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesBinaryOps::copy_"},
      {DispatchKey::SparseCPU, "copy_sparse_wrapper_"},
      {DispatchKey::SparseCUDA, "copy_sparse_wrapper_"},
      {DispatchKey::SparseMPS, "copy_sparse_wrapper_"},
      {DispatchKey::SparseCsrCPU, "copy_sparse_compressed_"},
      {DispatchKey::SparseCsrCUDA, "copy_sparse_compressed_"},
      {DispatchKey::SparseCsrMeta, "copy_sparse_compressed_"},
      {DispatchKey::NestedTensorCPU, "copy_nested_"},
      {DispatchKey::NestedTensorCUDA, "copy_nested_"},
      {DispatchKey::NestedTensorHPU, "copy_nested_"},
      {DispatchKey::Autograd, "VariableTypeManual::copy_"},
      {DispatchKey::CompositeExplicitAutograd, "copy_"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
