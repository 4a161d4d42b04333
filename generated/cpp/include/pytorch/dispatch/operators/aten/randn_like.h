// aten::randn_like: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_RANDN_LIKE_H
#define PYTORCH_OPERATORS_ATEN_RANDN_LIKE_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// randn_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device?
/// device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor
struct randn_like  //
    : Operator<randn_like,
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
      .name = "aten::randn_like",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "nondeterministic_seeded",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Tracer, "TraceType::randn_like"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesFactory::randn_like"},
      {DispatchKey::FuncTorchVmapMode, "functorch::BatchRulesRandomness::randn_like"},
      {DispatchKey::VmapMode, "VmapModeRegistrations::randn_like"},
      {DispatchKey::Autograd, "VariableType::randn_like"},
      {DispatchKey::CompositeImplicitAutogradNestedTensor, "randn_like"},
      {DispatchKey::CompositeExplicitAutograd, "randn_like"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
