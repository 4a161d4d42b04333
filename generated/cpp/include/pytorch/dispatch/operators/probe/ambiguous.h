// probe::ambiguous: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_PROBE_AMBIGUOUS_H
#define PYTORCH_OPERATORS_PROBE_AMBIGUOUS_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::probe {

/// ambiguous(Tensor self) -> Tensor
struct ambiguous : Operator<ambiguous, Tensor(const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
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
      .name = "probe::ambiguous",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::SparseCPU, "ambiguous_sparse"},
      {DispatchKey::CompositeImplicitAutograd, "ambiguous"},
  });
};

}  // namespace pytorch::dispatch::ops::probe

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
