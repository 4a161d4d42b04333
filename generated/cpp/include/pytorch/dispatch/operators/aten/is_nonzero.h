// aten::is_nonzero: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_IS_NONZERO_H
#define PYTORCH_OPERATORS_ATEN_IS_NONZERO_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// is_nonzero(Tensor self) -> bool
struct is_nonzero : Operator<is_nonzero, bool(const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "bool",
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::is_nonzero",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::is_nonzero"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesDynamic::is_nonzero"},
      {DispatchKey::CompositeImplicitAutograd, "is_nonzero"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
