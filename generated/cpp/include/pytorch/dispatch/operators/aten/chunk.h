// aten::chunk: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_CHUNK_H
#define PYTORCH_OPERATORS_ATEN_CHUNK_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[]
struct chunk
    : Operator<chunk, std::vector<Tensor>(const Tensor&, std::int64_t, std::int64_t)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a -> *)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "chunks",
          .type = "int",
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
          .type = "Tensor(a)[]",
          .is_alias = true,
          .kind = ArgumentKind::kTensorList,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::chunk",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::chunk"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::chunk"},
      {DispatchKey::AutogradNestedTensor, "VariableType::chunk_AutogradNestedTensor"},
      {DispatchKey::Tracer, "TraceType::chunk"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::chunk"},
      {DispatchKey::NestedTensorCPU, "chunk_nested_tensor"},
      {DispatchKey::NestedTensorCUDA, "chunk_nested_tensor"},
      {DispatchKey::NestedTensorHPU, "chunk_nested_tensor"},
      {DispatchKey::Autograd, "VariableType::chunk"},
      {DispatchKey::CompositeImplicitAutograd, "chunk"},
      {DispatchKey::FuncTorchBatchedDecomposition,
       "functorch::BatchRulesDecompositions::chunk"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
