// _test::leaky_relu: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS__TEST_LEAKY_RELU_H
#define PYTORCH_OPERATORS__TEST_LEAKY_RELU_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::_test {

/// leaky_relu(Tensor self, float v=0.01) -> Tensor
struct leaky_relu : Operator<leaky_relu, Tensor(const Tensor&, double)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "v",
          .type = "float",
          .default_text = "0.01",
          .has_default = true,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "_test::leaky_relu",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::CompositeImplicitAutograd, "leaky_relu"},
  });
};

}  // namespace pytorch::dispatch::ops::_test

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
