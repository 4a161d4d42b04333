// aten::empty: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_EMPTY_H
#define PYTORCH_OPERATORS_ATEN_EMPTY_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None,
/// Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) ->
/// Tensor
struct empty_memory_format  //
    : Operator<empty_memory_format,
               Tensor(  //
                   std::span<const std::int64_t>,
                   std::optional<std::int64_t>,
                   std::optional<std::int64_t>,
                   const std::optional<dispatch_codegen::Opaque>&,
                   std::optional<bool>,
                   std::optional<std::int64_t>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "size",
          .type = "SymInt[]",
      },
      {
          .name = "dtype",
          .type = "ScalarType?",
          .default_text = "None",
          .has_default = true,
          .kwarg_only = true,
      },
      {
          .name = "layout",
          .type = "Layout?",
          .default_text = "None",
          .has_default = true,
          .kwarg_only = true,
      },
      {
          .name = "device",
          .type = "Device?",
          .default_text = "None",
          .has_default = true,
          .kwarg_only = true,
      },
      {
          .name = "pin_memory",
          .type = "bool?",
          .default_text = "None",
          .has_default = true,
          .kwarg_only = true,
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
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::empty",
      .overload = "memory_format",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::MkldnnCPU, "empty_mkldnn"},
      {DispatchKey::BackendSelect, "BackendSelect::empty_memory_format"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::Tracer, "TraceType::empty_memory_format"},
      {DispatchKey::CPU, "empty_cpu"},
      {DispatchKey::CUDA, "empty_cuda"},
      {DispatchKey::MPS, "empty_mps"},
      {DispatchKey::Meta, "empty_meta_symint"},
      {DispatchKey::QuantizedCPU, "empty_unknown_quantized"},
      {DispatchKey::QuantizedCUDA, "empty_unknown_quantized"},
      {DispatchKey::QuantizedMeta, "empty_unknown_quantized"},
      {DispatchKey::SparseCPU, "empty_sparse"},
      {DispatchKey::SparseCUDA, "empty_sparse"},
      {DispatchKey::SparseMPS, "empty_sparse"},
      {DispatchKey::SparseMeta, "empty_sparse_symint"},
      {DispatchKey::SparseCsrCPU, "empty_sparse_compressed"},
      {DispatchKey::SparseCsrCUDA, "empty_sparse_compressed"},
      {DispatchKey::SparseCsrMeta, "empty_sparse_compressed_symint"},
      {DispatchKey::Autograd, "torch::autograd::autogradNotImplementedFallback"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
