// grid::full: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_OPERATORS_GRID_FULL_H
#define GRIDLIB_OPERATORS_GRID_FULL_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace gridlib::ops::grid {

/// full(int rows, int cols, float value, *, Device device) -> Tensor
struct full : Operator<full, Tensor(std::int64_t, std::int64_t, double, Device)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "rows",
          .type = "int",
      },
      {
          .name = "cols",
          .type = "int",
      },
      {
          .name = "value",
          .type = "float",
      },
      {
          .name = "device",
          .type = "Device",
          .kwarg_only = true,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "grid::full",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::BackendSelect, "select::full"},
      {DispatchKey::CPU, "cpu::full"},
      {DispatchKey::Meta, "meta::full"},
  });
};

}  // namespace gridlib::ops::grid

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
