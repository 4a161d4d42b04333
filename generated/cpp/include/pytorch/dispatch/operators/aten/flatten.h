// aten::flatten: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_FLATTEN_H
#define PYTORCH_OPERATORS_ATEN_FLATTEN_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)
struct flatten_using_ints
    : Operator<flatten_using_ints, Tensor(const Tensor&, std::int64_t, std::int64_t)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "start_dim",
          .type = "int",
          .default_text = "0",
          .has_default = true,
      },
      {
          .name = "end_dim",
          .type = "int",
          .default_text = "-1",
          .has_default = true,
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
      .name = "aten::flatten",
      .overload = "using_ints",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::flatten_using_ints"},
      {DispatchKey::Tracer, "TraceType::flatten_using_ints"},
      {DispatchKey::CompositeImplicitAutograd, "flatten"},
      {DispatchKey::FuncTorchBatchedDecomposition,
       "functorch::BatchRulesDecompositions::flatten_using_ints"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
