// grid::mul: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_OPERATORS_GRID_MUL_H
#define GRIDLIB_OPERATORS_GRID_MUL_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace gridlib::ops::grid {

/// mul.Tensor(Tensor self, Tensor other) -> Tensor
struct mul_Tensor : Operator<mul_Tensor, Tensor(const Tensor&, const Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
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
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "grid::mul",
      .overload = "Tensor",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::CPU, "cpu::mul"},
      {DispatchKey::Meta, "meta::elementwise"},
      {DispatchKey::AnyAutograd, "autograd::mul"},
  });
};

/// mul.Scalar(Tensor self, Scalar other) -> Tensor
struct mul_Scalar : Operator<mul_Scalar, Tensor(const Tensor&, double)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "other",
          .type = "Scalar",
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "grid::mul",
      .overload = "Scalar",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::CPU, "cpu::scale"},
      {DispatchKey::Meta, "meta::scale"},
      {DispatchKey::AnyAutograd, "autograd::scale"},
  });
};

/// mul.out(Tensor self, Tensor other, *, Tensor(a!) out) -> Tensor(a!)
struct mul_out : Operator<mul_out, Tensor&(const Tensor&, const Tensor&, Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "other",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "out",
          .type = "Tensor(a!)",
          .kwarg_only = true,
          .is_write = true,
          .is_alias = true,
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
      .name = "grid::mul",
      .overload = "out",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::CPU, "cpu::mul_out"},
  });
};

}  // namespace gridlib::ops::grid

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
