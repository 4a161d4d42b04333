// aten::arange: its overloads and their kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_OPERATORS_ATEN_ARANGE_H
#define PYTORCH_OPERATORS_ATEN_ARANGE_H

#include <array>
#include <string_view>

#include "../../dispatcher.h"

// Shared libraries of one program share the dispatcher, however they are compiled.
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

namespace pytorch::dispatch::ops::aten {

/// arange(Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device?
/// device=None, bool? pin_memory=None) -> Tensor
struct arange  //
    : Operator<arange,
               Tensor(  //
                   double,
                   std::optional<std::int64_t>,
                   std::optional<std::int64_t>,
                   const std::optional<dispatch_codegen::Opaque>&,
                   std::optional<bool>)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "end",
          .type = "Scalar",
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
      .name = "aten::arange",
      .overload = "",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::BackendSelect, "BackendSelect::arange"},
      {DispatchKey::Tracer, "TraceType::arange"},
      {DispatchKey::Meta, "torch._decomp.decompositions:arange_default"},
      {DispatchKey::Autograd, "torch::autograd::autogradNotImplementedFallback"},
      {DispatchKey::CompositeExplicitAutograd, "arange"},
  });
};

/// arange.start_out(Scalar start, Scalar end, Scalar step=1, *, Tensor(a!) out) ->
/// Tensor(a!)
struct arange_start_out
    : Operator<arange_start_out, Tensor&(double, double, double, Tensor&)> {
  static constexpr auto arguments = std::to_array<Argument>({
      {
          .name = "start",
          .type = "Scalar",
      },
      {
          .name = "end",
          .type = "Scalar",
      },
      {
          .name = "step",
          .type = "Scalar",
          .default_text = "1",
          .has_default = true,
      },
      {
          .name = "out",
          .type = "Tensor(a!)",
          .kwarg_only = true,
          .is_write = true,
          .is_alias = true,
          .kind = ArgumentKind::kTensor,
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
      .name = "aten::arange",
      .overload = "start_out",
      .arguments = arguments,
      .returns = returns,
  };
  static constexpr auto kernels = std::to_array<DeclaredKernel>({
      {DispatchKey::Functionalize, "functionalization::arange_out_start_out"},
      {DispatchKey::ADInplaceOrView, "ADInplaceOrView::arange_out_start_out"},
      {DispatchKey::Tracer, "TraceType::arange_out_start_out"},
      {DispatchKey::CPU, "arange_out"},
      {DispatchKey::CUDA, "arange_cuda_out"},
      {DispatchKey::MPS, "arange_mps_out"},
      {DispatchKey::MTIA, "arange_mtia_out"},
      {DispatchKey::Meta, "torch._refs:arange"},
      {DispatchKey::Autograd, "torch::autograd::autogradNotImplementedFallback"},
  });
};

}  // namespace pytorch::dispatch::ops::aten

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
