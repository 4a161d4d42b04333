// aten::dropout: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_DROPOUT_H
#define PYTORCH_OPERATORS_ATEN_DROPOUT_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// dropout(Tensor input, float p, bool train) -> Tensor
struct dropout : Operator<dropout, Tensor(const Tensor&, double, bool)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "input",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "p",
          .type = "float",
      },
      {
          .name = "train",
          .type = "bool",
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::dropout",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "nondeterministic_seeded",
      "maybe_aliasing_or_mutating",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::dropout"},
      {DispatchKey::FuncTorchVmapMode, "functorch::BatchRulesDecompositions::dropout"},
      {DispatchKey::FuncTorchDynamicLayerFrontMode,
       "functorch::PyTorchOperatorHacks::dropout"},
      {DispatchKey::CompositeImplicitAutograd, "dropout"},
      {DispatchKey::FuncTorchBatchedDecomposition,
       "functorch::BatchRulesDecompositions::dropout"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
