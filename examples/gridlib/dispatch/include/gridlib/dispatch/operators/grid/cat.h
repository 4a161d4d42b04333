// grid::cat: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_OPERATORS_GRID_CAT_H
#define GRIDLIB_OPERATORS_GRID_CAT_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace gridlib::ops::grid {

/// cat(Tensor[] arrays) -> Tensor
struct cat : Operator<cat, Tensor(std::span<const Tensor>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "arrays",
          .type = "Tensor[]",
          .kind = ArgumentKind::kTensorList,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "grid::cat",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::CPU, "cpu::cat"},
      {DispatchKey::Meta, "meta::cat"},
      {DispatchKey::AnyAutograd, "autograd::cat"},
  });
};

}  // namespace gridlib::ops::grid

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
