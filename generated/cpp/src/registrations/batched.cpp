// Binds what is declared for Batched to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/as_strided.h"
#include "pytorch/dispatch/operators/aten/cat.h"
#include "pytorch/dispatch/operators/aten/chunk.h"
#include "pytorch/dispatch/operators/aten/expand.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/relu.h"
#include "pytorch/dispatch/operators/aten/reshape.h"
#include "pytorch/dispatch/operators/aten/select.h"
#include "pytorch/dispatch/operators/aten/sigmoid.h"
#include "pytorch/dispatch/operators/aten/slice.h"
#include "pytorch/dispatch/operators/aten/stack.h"
#include "pytorch/dispatch/operators/aten/sum.h"
#include "pytorch/dispatch/operators/aten/t.h"
#include "pytorch/dispatch/operators/aten/transpose.h"
#include "pytorch/dispatch/operators/aten/unbind.h"
#include "pytorch/dispatch/operators/aten/view.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, Batched, m) {
  m.fallback(
      CppFunction::makeFromBoxedFunction<&kernels::batchedTensorForLoopFallback>());
}

PYTORCH_LIBRARY_IMPL(aten, Batched, m) {
  m.impl<ops::aten::add_Tensor, &kernels::LegacyBatchingRegistrations::add_Tensor>(
      "LegacyBatchingRegistrations::add_Tensor");
  m.impl<ops::aten::add_Scalar, &kernels::LegacyBatchingRegistrations::add_Scalar>(
      "LegacyBatchingRegistrations::add_Scalar");
  m.impl<ops::aten::as_strided, &kernels::LegacyBatchingRegistrations::as_strided>(
      "LegacyBatchingRegistrations::as_strided");
  m.impl<ops::aten::cat, &kernels::LegacyBatchingRegistrations::cat>(
      "LegacyBatchingRegistrations::cat");
  m.impl<ops::aten::chunk, &kernels::LegacyBatchingRegistrations::chunk>(
      "LegacyBatchingRegistrations::chunk");
  m.impl<ops::aten::expand, &kernels::LegacyBatchingRegistrations::expand>(
      "LegacyBatchingRegistrations::expand");
  m.impl<ops::aten::mm, &kernels::LegacyBatchingRegistrations::mm>(
      "LegacyBatchingRegistrations::mm");
  m.impl<ops::aten::mul_Tensor, &kernels::LegacyBatchingRegistrations::mul_Tensor>(
      "LegacyBatchingRegistrations::mul_Tensor");
  m.impl<ops::aten::relu, &kernels::LegacyBatchingRegistrations::relu>(
      "LegacyBatchingRegistrations::relu");
  m.impl<ops::aten::reshape, &kernels::LegacyBatchingRegistrations::reshape>(
      "LegacyBatchingRegistrations::reshape");
  m.impl<ops::aten::select_int, &kernels::LegacyBatchingRegistrations::select_int>(
      "LegacyBatchingRegistrations::select_int");
  m.impl<ops::aten::sigmoid, &kernels::LegacyBatchingRegistrations::sigmoid>(
      "LegacyBatchingRegistrations::sigmoid");
  m.impl<ops::aten::slice_Tensor, &kernels::LegacyBatchingRegistrations::slice_Tensor>(
      "LegacyBatchingRegistrations::slice_Tensor");
  m.impl<ops::aten::stack, &kernels::LegacyBatchingRegistrations::stack>(
      "LegacyBatchingRegistrations::stack");
  m.impl<ops::aten::sum_dim_IntList,
         &kernels::LegacyBatchingRegistrations::sum_dim_IntList>(
      "LegacyBatchingRegistrations::sum_dim_IntList");
  m.impl<ops::aten::t, &kernels::LegacyBatchingRegistrations::t>(
      "LegacyBatchingRegistrations::t");
  m.impl<ops::aten::transpose_int,
         &kernels::LegacyBatchingRegistrations::transpose_int>(
      "LegacyBatchingRegistrations::transpose_int");
  m.impl<ops::aten::unbind_int, &kernels::LegacyBatchingRegistrations::unbind_int>(
      "LegacyBatchingRegistrations::unbind_int");
  m.impl<ops::aten::view, &kernels::LegacyBatchingRegistrations::view>(
      "LegacyBatchingRegistrations::view");
}

}  // namespace pytorch::dispatch
