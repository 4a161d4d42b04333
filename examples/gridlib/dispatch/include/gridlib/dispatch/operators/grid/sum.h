// grid::sum: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_OPERATORS_GRID_SUM_H
#define GRIDLIB_OPERATORS_GRID_SUM_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace gridlib::ops::grid {

/// sum(Tensor self) -> Tensor
struct sum : Operator<sum, Tensor(const Tensor&)> {
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
      .name = "grid::sum",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::CPU, "cpu::sum"},
      {DispatchKey::Meta, "meta::sum"},
      {DispatchKey::AnyAutograd, "autograd::sum"},
  });
};

}  // namespace gridlib::ops::grid

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
