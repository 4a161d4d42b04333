// aten::randn: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_RANDN_H
#define PYTORCH_OPERATORS_ATEN_RANDN_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// randn(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device?
/// device=None, bool? pin_memory=None) -> Tensor
struct randn  //
    : Operator<randn,
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
      .name = "aten::randn",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
      "nondeterministic_seeded",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::BackendSelect, "BackendSelect::randn"},
      {DispatchKey::Tracer, "TraceType::randn"},
      {DispatchKey::FuncTorchVmapMode, "functorch::BatchRulesRandomness::randn"},
      {DispatchKey::VmapMode, "VmapModeRegistrations::randn"},
      {DispatchKey::Meta, "torch._refs:randn"},
      {DispatchKey::Autograd, "torch::autograd::autogradNotImplementedFallback"},
      {DispatchKey::CompositeExplicitAutograd, "randn"},
  });
};

/// randn.generator(SymInt[] size, *, Generator? generator, ScalarType? dtype=None,
/// Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor
struct randn_generator  //
    : Operator<randn_generator,
               Tensor(  //
                   std::span<const std::int64_t>,
                   const std::optional<dispatch_codegen::Opaque>&,
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
          .name = "generator",
          .type = "Generator?",
          .kwarg_only = true,
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
      .name = "aten::randn",
      .overload = "generator",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "nondeterministic_seeded",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::BackendSelect, "BackendSelect::randn_generator"},
      {DispatchKey::Tracer, "TraceType::randn_generator"},
      {DispatchKey::FuncTorchVmapMode,
       "functorch::BatchRulesRandomness::randn_generator"},
      {DispatchKey::VmapMode, "VmapModeRegistrations::randn_generator"},
      {DispatchKey::Autograd, "torch::autograd::autogradNotImplementedFallback"},
      {DispatchKey::CompositeExplicitAutograd, "randn"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
