// aten::random_: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_RANDOM__H
#define PYTORCH_OPERATORS_ATEN_RANDOM__H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// random_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)
struct random_  //
    : Operator<random_,
               Tensor&(  //
                   Tensor&,
                   const std::optional<dispatch_codegen::Opaque>&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a!)",
          .is_write = true,
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "generator",
          .type = "Generator?",
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
      .name = "aten::random_",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "nondeterministic_seeded",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::random_"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::random_"},
      {DispatchKey::Tracer, "TraceType::random_"},
      {DispatchKey::FuncTorchVmapMode, "functorch::BatchRulesRandomness::random_"},
      {DispatchKey::VmapMode, "VmapModeRegistrations::random_"},
      {DispatchKey::CPU, "random_"},
      {DispatchKey::CUDA, "random_"},
      {DispatchKey::MPS, "random_"},
      {DispatchKey::Meta, "random_meta_"},
      {DispatchKey::Autograd, "VariableType::random_"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
