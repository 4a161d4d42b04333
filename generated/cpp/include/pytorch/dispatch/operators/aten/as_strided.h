// aten::as_strided: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_AS_STRIDED_H
#define PYTORCH_OPERATORS_ATEN_AS_STRIDED_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt?
/// storage_offset=None) -> Tensor(a)
struct as_strided  //
    : Operator<as_strided,
               Tensor(  //
                   const Tensor&,
                   std::span<const std::int64_t>,
                   std::span<const std::int64_t>,
                   std::optional<std::int64_t>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "size",
          .type = "SymInt[]",
      },
      {
          .name = "stride",
          .type = "SymInt[]",
      },
      {
          .name = "storage_offset",
          .type = "SymInt?",
          .default_text = "None",
          .has_default = true,
      },
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::as_strided",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::as_strided"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "as_strided_tensorimpl"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::as_strided"},
      {DispatchKey::Tracer, "TraceType::as_strided"},
      {DispatchKey::FuncTorchBatched,
       "functorch::LegacyBatchingRegistrations::as_strided"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::as_strided"},
      {DispatchKey::CPU, "as_strided_tensorimpl"},
      {DispatchKey::CUDA, "as_strided_tensorimpl"},
      {DispatchKey::MPS, "as_strided_tensorimpl"},
      {DispatchKey::MTIA, "as_strided_tensorimpl"},
      {DispatchKey::Meta, "as_strided_tensorimpl_meta_symint"},
      {DispatchKey::QuantizedCPU, "as_strided_qtensorimpl"},
      {DispatchKey::QuantizedCUDA, "as_strided_qtensorimpl"},
      {DispatchKey::Autograd, "VariableType::as_strided"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
