// aten::_foreach_add: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN__FOREACH_ADD_H
#define PYTORCH_OPERATORS_ATEN__FOREACH_ADD_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// _foreach_add.List(Tensor[] self, Tensor[] other, *, Scalar alpha=1) -> Tensor[]
struct _foreach_add_List  //
    : Operator<_foreach_add_List,
               std::vector<Tensor>(  //
                   std::span<const Tensor>,
                   std::span<const Tensor>,
                   double)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor[]",
          .kind = ArgumentKind::kTensorList,
      },
      {
          .name = "other",
          .type = "Tensor[]",
          .kind = ArgumentKind::kTensorList,
      },
      {
          .name = "alpha",
          .type = "Scalar",
          .default_text = "1",
          .has_default = true,
          .kwarg_only = true,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor[]",
          .kind = ArgumentKind::kTensorList,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::_foreach_add",
      .overload = "List",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::_foreach_add_List"},
      {DispatchKey::CUDA, "foreach_tensor_add_list_kernel_cuda"},
      {DispatchKey::MTIA, "foreach_tensor_add_list_kernel_mtia"},
      {DispatchKey::Autograd, "VariableType::_foreach_add_List"},
      {DispatchKey::CompositeExplicitAutograd, "foreach_tensor_add_list_kernel_slow"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
