// aten::resize_: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_RESIZE__H
#define PYTORCH_OPERATORS_ATEN_RESIZE__H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// resize_(Tensor(a!) self, SymInt[] size, *, MemoryFormat? memory_format=None) ->
/// Tensor(a!)
struct resize_  //
    : Operator<resize_,
               Tensor&(  //
                   Tensor&,
                   std::span<const std::int64_t>,
                   std::optional<std::int64_t>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a!)",
          .is_write = true,
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "size",
          .type = "SymInt[]",
      },
      {
          .name = "memory_format",
          .type = "MemoryFormat?",
          .default_text = "None",
          .has_default = true,
          .kwarg_only = true,
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
      .name = "aten::resize_",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
      "inplace_view",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "FunctionalizeFallbackKernel::resize_"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrViewManual::resize_"},
      {DispatchKey::Tracer, "TraceTypeManual::resize_"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesViews::resize_"},
      {DispatchKey::CPU, "resize_"},
      {DispatchKey::CUDA, "resize_cuda_"},
      {DispatchKey::MPS, "resize_mps_"},
      {DispatchKey::Meta, "resize__symint"},
      {DispatchKey::QuantizedCPU, "quantized_resize_cpu_"},
      {DispatchKey::SparseCsrCPU, "resize_sparse_csr_"},
      {DispatchKey::SparseCsrCUDA, "resize_sparse_csr_"},
      {DispatchKey::SparseCsrMeta, "resize_sparse_csr_"},
      {DispatchKey::Autograd, "VariableTypeManual::resize_"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
