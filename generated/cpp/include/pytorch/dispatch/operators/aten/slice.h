// aten::slice: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_SLICE_H
#define PYTORCH_OPERATORS_ATEN_SLICE_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt
/// step=1) -> Tensor(a)
struct slice_Tensor  //
    : Operator<slice_Tensor,
               Tensor(  //
                   const Tensor&,
                   std::int64_t,
                   std::optional<std::int64_t>,
                   std::optional<std::int64_t>,
                   std::int64_t)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "self",
          .type = "Tensor(a)",
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
      },
      {
          .name = "dim",
          .type = "int",
          .default_text = "0",
          .has_default = true,
      },
      {
          .name = "start",
          .type = "SymInt?",
          .default_text = "None",
          .has_default = true,
      },
      {
          .name = "end",
          .type = "SymInt?",
          .default_text = "None",
          .has_default = true,
      },
      {
          .name = "step",
          .type = "SymInt",
          .default_text = "1",
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
      .name = "aten::slice",
      .overload = "Tensor",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto tags = std::to_array<std::string_view>({
      "core",
  });
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::slice_Tensor"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::slice_Tensor"},
      {DispatchKey::Tracer, "TraceType::slice_Tensor"},
      {DispatchKey::FuncTorchBatched, "functorch::BatchRulesViews::slice_Tensor"},
      {DispatchKey::Batched, "LegacyBatchingRegistrations::slice_Tensor"},
      {DispatchKey::Autograd, "VariableType::slice_Tensor"},
      {DispatchKey::CompositeExplicitAutograd, "slice"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
