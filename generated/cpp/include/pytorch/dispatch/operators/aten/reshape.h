// aten::reshape: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_RESHAPE_H
#define PYTORCH_OPERATORS_ATEN_RESHAPE_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a)
struct reshape
    : Operator<reshape, Tensor(const Tensor&, std::span<const std::int64_t>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "shape",
          .type = "SymInt[]",
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
      .name = "aten::reshape",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::reshape"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::Tracer, "TraceType::reshape"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::reshape"},
      {DispatchKey::CompositeImplicitAutograd, "reshape_symint"},
      {DispatchKey::FuncTorchBatchedDecomposition,
       "functorch::BatchRulesDecompositions::reshape"},
      {DispatchKey::CompositeImplicitAutogradNestedTensor, "reshape_nested_symint"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
