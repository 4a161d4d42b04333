// aten::_test_autograd_multiple_dispatch: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN__TEST_AUTOGRAD_MULTIPLE_DISPATCH_H
#define PYTORCH_OPERATORS_ATEN__TEST_AUTOGRAD_MULTIPLE_DISPATCH_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// _test_autograd_multiple_dispatch.fullcoverage(Tensor self) -> Tensor
struct _test_autograd_multiple_dispatch_fullcoverage
    : Operator<_test_autograd_multiple_dispatch_fullcoverage, Tensor(const Tensor&)> {
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
      .name = "aten::_test_autograd_multiple_dispatch",
      .overload = "fullcoverage",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      // clang-format off
      {DispatchKey::AutogradNestedTensor, "VariableType::_test_autograd_multiple_dispatch_fullcoverage_AutogradNestedTensor"},
      // clang-format on
      {DispatchKey::Tracer, "TraceType::_test_autograd_multiple_dispatch_fullcoverage"},
      {DispatchKey::NestedTensorCPU, "_test_autograd_multiple_dispatch_fullcoverage"},
      {DispatchKey::NestedTensorCUDA, "_test_autograd_multiple_dispatch_fullcoverage"},
      {DispatchKey::NestedTensorHPU, "_test_autograd_multiple_dispatch_fullcoverage"},
      {DispatchKey::AutogradCUDA,
       "VariableType::_test_autograd_multiple_dispatch_fullcoverage_AutogradCUDA"},
      {DispatchKey::Autograd,
       "VariableType::_test_autograd_multiple_dispatch_fullcoverage"},
      {DispatchKey::CompositeExplicitAutograd,
       "_test_autograd_multiple_dispatch_fullcoverage"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
