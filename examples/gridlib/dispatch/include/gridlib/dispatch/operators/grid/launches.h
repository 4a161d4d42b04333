// grid::launches: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_OPERATORS_GRID_LAUNCHES_H
#define GRIDLIB_OPERATORS_GRID_LAUNCHES_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace gridlib::ops::grid {

/// launches(Tensor self) -> int
struct launches : Operator<launches, std::int64_t(const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "int",
      },
  });
  static constexpr SchemaView schema{
      .name = "grid::launches",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
};

}  // namespace gridlib::ops::grid

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
