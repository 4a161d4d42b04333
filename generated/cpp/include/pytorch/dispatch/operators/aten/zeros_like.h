// aten::zeros_like: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_ZEROS_LIKE_H
#define PYTORCH_OPERATORS_ATEN_ZEROS_LIKE_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device?
/// device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor
struct zeros_like  //
    : Operator<zeros_like,
               Tensor(  //
                   const Tensor&,
                   std::optional<std::int64_t>,
                   std::optional<std::int64_t>,
                   const std::optional<dispatch_codegen::Opaque>&,
                   std::optional<bool>,
                   std::optional<std::int64_t>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor",
          .kind = ArgumentKind::kTensor,
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
      .name = "aten::zeros_like",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::Tracer, "TraceType::zeros_like"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesFactory::zeros_like"},
      {DispatchKey::Meta, "torch._meta_registrations:zeros_like"},
      {DispatchKey::Autograd, "VariableType::zeros_like"},
      {DispatchKey::CompositeImplicitAutogradNestedTensor, "zeros_like"},
      {DispatchKey::CompositeExplicitAutograd, "zeros_like"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
