// aten::zeros: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_ZEROS_H
#define PYTORCH_OPERATORS_ATEN_ZEROS_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// zeros(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device?
/// device=None, bool? pin_memory=None) -> Tensor
struct zeros  //
    : Operator<zeros,
               Tensor(  //
                   std::span<const std::int64_t>,
                   std::optional<std::int64_t>,
                   std::optional<std::int64_t>,
                   const std::optional<dispatch_codegen::Opaque>&,
                   std::optional<bool>)> {
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
  });
  static constexpr auto returns = std::to_array<Return>({
      {
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
      },
  });
  static constexpr SchemaView schema{
      .name = "aten::zeros",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::BackendSelect, "BackendSelect::zeros"},
      {DispatchKey::Tracer, "TraceType::zeros"},
      {DispatchKey::Meta, "torch._meta_registrations:meta_zeros"},
      {DispatchKey::Autograd, "torch::autograd::autogradNotImplementedFallback"},
      {DispatchKey::CompositeExplicitAutograd, "zeros_symint"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
