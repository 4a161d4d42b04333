// aten::_foreach_add_: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN__FOREACH_ADD__H
#define PYTORCH_OPERATORS_ATEN__FOREACH_ADD__H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// _foreach_add_.List(Tensor(a!)[] self, Tensor[] other, *, Scalar alpha=1) -> ()
struct _foreach_add__List  //
    : Operator<_foreach_add__List,
               void(  //
                   std::span<const Tensor>,
                   std::span<const Tensor>,
                   double)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a!)[]",
          .is_write = true,
          .is_alias = true,
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
  static constexpr std::array<Return, 0> returns{};
  static constexpr SchemaView schema{
      .name = "aten::_foreach_add_",
      .overload = "List",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::_foreach_add__List"},
      {DispatchKey::Tracer, "TraceType::_foreach_add__List"},
      {DispatchKey::CUDA, "foreach_tensor_add_list_kernel_cuda_"},
      {DispatchKey::MTIA, "foreach_tensor_add_list_kernel_mtia_"},
      {DispatchKey::Autograd, "VariableType::_foreach_add__List"},
      {DispatchKey::CompositeExplicitAutograd, "foreach_tensor_add_list_kernel_slow_"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
