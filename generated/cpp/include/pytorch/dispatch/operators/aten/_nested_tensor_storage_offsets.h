// aten::_nested_tensor_storage_offsets: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN__NESTED_TENSOR_STORAGE_OFFSETS_H
#define PYTORCH_OPERATORS_ATEN__NESTED_TENSOR_STORAGE_OFFSETS_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// _nested_tensor_storage_offsets(Tensor self) -> Tensor
struct _nested_tensor_storage_offsets
    : Operator<_nested_tensor_storage_offsets, Tensor(const Tensor&)> {
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
      .name = "aten::_nested_tensor_storage_offsets",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::_nested_tensor_storage_offsets"},
      {DispatchKey::NestedTensorCPU, "_nested_tensor_storage_offsets"},
      {DispatchKey::NestedTensorCUDA, "_nested_tensor_storage_offsets"},
      {DispatchKey::NestedTensorMeta, "_nested_tensor_storage_offsets"},
      {DispatchKey::Autograd, "VariableType::_nested_tensor_storage_offsets"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
