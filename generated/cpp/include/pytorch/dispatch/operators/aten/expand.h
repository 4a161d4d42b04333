// aten::expand: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_EXPAND_H
#define PYTORCH_OPERATORS_ATEN_EXPAND_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a)
struct expand
    : Operator<expand, Tensor(const Tensor&, std::span<const std::int64_t>, bool)> {
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
          .name = "implicit",
          .type = "bool",
          .default_text = "False",
          .has_default = true,
          .kwarg_only = true,
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
      .name = "aten::expand",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::expand"},
      {DispatchKey::Conjugate, "fallthrough"},
      {DispatchKey::Negative, "fallthrough"},
      {DispatchKey::ZeroTensor, "fallthrough"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::expand"},
      {DispatchKey::Tracer, "TraceType::expand"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesViews::expand"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::expand"},
      {DispatchKey::Autograd, "VariableType::expand"},
      {DispatchKey::CompositeExplicitAutograd, "expand"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
