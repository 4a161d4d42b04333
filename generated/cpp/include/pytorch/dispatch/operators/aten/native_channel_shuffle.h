// aten::native_channel_shuffle: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_NATIVE_CHANNEL_SHUFFLE_H
#define PYTORCH_OPERATORS_ATEN_NATIVE_CHANNEL_SHUFFLE_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// native_channel_shuffle(Tensor self, SymInt groups) -> Tensor
struct native_channel_shuffle
    : Operator<native_channel_shuffle, Tensor(const Tensor&, std::int64_t)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "groups",
          .type = "SymInt",
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::native_channel_shuffle",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::native_channel_shuffle"},
      {DispatchKey::CPU, "channel_shuffle_cpu"},
      {DispatchKey::Autograd, "torch::autograd::autogradNotImplementedFallback"},
      {DispatchKey::CompositeImplicitAutograd, "math_channel_shuffle"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
