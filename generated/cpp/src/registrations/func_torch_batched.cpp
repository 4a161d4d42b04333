// Binds what is declared for FuncTorchBatched to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/add_.h"
#include "pytorch/dispatch/operators/aten/alias.h"
#include "pytorch/dispatch/operators/aten/as_strided.h"
#include "pytorch/dispatch/operators/aten/cat.h"
#include "pytorch/dispatch/operators/aten/copy_.h"
#include "pytorch/dispatch/operators/aten/detach.h"
#include "pytorch/dispatch/operators/aten/expand.h"
#include "pytorch/dispatch/operators/aten/index.h"
#include "pytorch/dispatch/operators/aten/is_nonzero.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/randn_like.h"
#include "pytorch/dispatch/operators/aten/relu.h"
#include "pytorch/dispatch/operators/aten/relu_.h"
#include "pytorch/dispatch/operators/aten/resize_.h"
#include "pytorch/dispatch/operators/aten/select.h"
#include "pytorch/dispatch/operators/aten/sigmoid.h"
#include "pytorch/dispatch/operators/aten/sigmoid_.h"
#include "pytorch/dispatch/operators/aten/silu_backward.h"
#include "pytorch/dispatch/operators/aten/slice.h"
#include "pytorch/dispatch/operators/aten/stack.h"
#include "pytorch/dispatch/operators/aten/sum.h"
#include "pytorch/dispatch/operators/aten/t.h"
#include "pytorch/dispatch/operators/aten/transpose.h"
#include "pytorch/dispatch/operators/aten/unbind.h"
#include "pytorch/dispatch/operators/aten/view.h"
#include "pytorch/dispatch/operators/aten/view_copy.h"
#include "pytorch/dispatch/operators/aten/zeros_like.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, FuncTorchBatched, m) {
  m.fallback(CppFunction::makeFromBoxedFunction<&kernels::functorchBatchedFallback>());
}

PYTORCH_LIBRARY_IMPL(aten, FuncTorchBatched, m) {
  m.impl<ops::aten::add_Tensor, &kernels::functorch::BatchRulesBinaryOps::add_Tensor>(
      "functorch::BatchRulesBinaryOps::add_Tensor");
  m.impl<ops::aten::add_Scalar, &kernels::functorch::BatchRulesBinaryOps::add_Scalar>(
      "functorch::BatchRulesBinaryOps::add_Scalar");
  m.impl<ops::aten::add__Tensor, &kernels::functorch::BatchRulesBinaryOps::add__Tensor>(
      "functorch::BatchRulesBinaryOps::add__Tensor");
  m.impl<ops::aten::alias, &kernels::functorch::BatchRulesUnaryOps::alias>(
      "functorch::BatchRulesUnaryOps::alias");
  m.impl<ops::aten::as_strided,
         &kernels::functorch::LegacyBatchingRegistrations::as_strided>(
      "functorch::LegacyBatchingRegistrations::as_strided");
  m.impl<ops::aten::cat, &kernels::functorch::LegacyBatchingRegistrations::cat>(
      "functorch::LegacyBatchingRegistrations::cat");
  m.impl<ops::aten::copy_, &kernels::functorch::BatchRulesBinaryOps::copy_>(
      "functorch::BatchRulesBinaryOps::copy_");
  m.impl<ops::aten::detach, &kernels::functorch::BatchRulesUnaryOps::detach>(
      "functorch::BatchRulesUnaryOps::detach");
  m.impl<ops::aten::expand, &kernels::functorch::BatchRulesViews::expand>(
      "functorch::BatchRulesViews::expand");
  m.impl<ops::aten::index_Tensor,
         &kernels::functorch::BatchRulesScatterOps::index_Tensor>(
      "functorch::BatchRulesScatterOps::index_Tensor");
  m.impl<ops::aten::is_nonzero, &kernels::functorch::BatchRulesDynamic::is_nonzero>(
      "functorch::BatchRulesDynamic::is_nonzero");
  m.impl<ops::aten::mm, &kernels::functorch::BatchRulesLinearAlgebra::mm>(
      "functorch::BatchRulesLinearAlgebra::mm");
  m.impl<ops::aten::mul_Tensor, &kernels::functorch::BatchRulesBinaryOps::mul_Tensor>(
      "functorch::BatchRulesBinaryOps::mul_Tensor");
  m.impl<ops::aten::mul__Tensor, &kernels::functorch::BatchRulesBinaryOps::mul__Tensor>(
      "functorch::BatchRulesBinaryOps::mul__Tensor");
  m.impl<ops::aten::randn_like, &kernels::functorch::BatchRulesFactory::randn_like>(
      "functorch::BatchRulesFactory::randn_like");
  m.impl<ops::aten::relu, &kernels::functorch::BatchRulesUnaryOps::relu>(
      "functorch::BatchRulesUnaryOps::relu");
  m.impl<ops::aten::relu_, &kernels::functorch::BatchRulesUnaryOps::relu_>(
      "functorch::BatchRulesUnaryOps::relu_");
  m.impl<ops::aten::resize_, &kernels::functorch::BatchRulesViews::resize_>(
      "functorch::BatchRulesViews::resize_");
  m.impl<ops::aten::select_int, &kernels::functorch::BatchRulesViews::select_int>(
      "functorch::BatchRulesViews::select_int");
  m.impl<ops::aten::sigmoid, &kernels::functorch::BatchRulesUnaryOps::sigmoid>(
      "functorch::BatchRulesUnaryOps::sigmoid");
  m.impl<ops::aten::sigmoid_, &kernels::functorch::BatchRulesUnaryOps::sigmoid_>(
      "functorch::BatchRulesUnaryOps::sigmoid_");
  m.impl<ops::aten::silu_backward,
         &kernels::functorch::BatchRulesBinaryOps::silu_backward>(
      "functorch::BatchRulesBinaryOps::silu_backward");
  m.impl<ops::aten::slice_Tensor, &kernels::functorch::BatchRulesViews::slice_Tensor>(
      "functorch::BatchRulesViews::slice_Tensor");
  m.impl<ops::aten::stack, &kernels::functorch::LegacyBatchingRegistrations::stack>(
      "functorch::LegacyBatchingRegistrations::stack");
  m.impl<ops::aten::sum_dim_IntList,
         &kernels::functorch::BatchRulesReduceOps::sum_dim_IntList>(
      "functorch::BatchRulesReduceOps::sum_dim_IntList");
  m.impl<ops::aten::t, &kernels::functorch::BatchRulesViews::t>(
      "functorch::BatchRulesViews::t");
  m.impl<ops::aten::transpose_int, &kernels::functorch::BatchRulesViews::transpose_int>(
      "functorch::BatchRulesViews::transpose_int");
  m.impl<ops::aten::unbind_int,
         &kernels::functorch::LegacyBatchingRegistrations::unbind_int>(
      "functorch::LegacyBatchingRegistrations::unbind_int");
  m.impl<ops::aten::view, &kernels::functorch::BatchRulesViews::view>(
      "functorch::BatchRulesViews::view");
  m.impl<ops::aten::view_copy, &kernels::functorch::BatchRulesViews::view_copy>(
      "functorch::BatchRulesViews::view_copy");
  m.impl<ops::aten::zeros_like, &kernels::functorch::BatchRulesFactory::zeros_like>(
      "functorch::BatchRulesFactory::zeros_like");
}

}  // namespace pytorch::dispatch
