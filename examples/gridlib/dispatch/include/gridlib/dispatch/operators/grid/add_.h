// grid::add_: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_OPERATORS_GRID_ADD__H
#define GRIDLIB_OPERATORS_GRID_ADD__H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace gridlib::ops::grid {

/// add_(Tensor(a!) self, Tensor other) -> Tensor(a!)
struct add_ : Operator<add_, Tensor&(Tensor&, const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a!)",
          .is_write = true,
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "other",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
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
      .name = "grid::add_",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::CPU, "cpu::add_"},
  });
};

}  // namespace gridlib::ops::grid

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
