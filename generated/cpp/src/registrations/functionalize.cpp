// Binds what is declared for Functionalize to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/_foreach_add_.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/add_.h"
#include "pytorch/dispatch/operators/aten/alias.h"
#include "pytorch/dispatch/operators/aten/arange.h"
#include "pytorch/dispatch/operators/aten/as_strided.h"
#include "pytorch/dispatch/operators/aten/cat.h"
#include "pytorch/dispatch/operators/aten/chunk.h"
#include "pytorch/dispatch/operators/aten/copy_.h"
#include "pytorch/dispatch/operators/aten/detach.h"
#include "pytorch/dispatch/operators/aten/expand.h"
#include "pytorch/dispatch/operators/aten/flatten.h"
#include "pytorch/dispatch/operators/aten/index.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/random_.h"
#include "pytorch/dispatch/operators/aten/relu_.h"
#include "pytorch/dispatch/operators/aten/reshape.h"
#include "pytorch/dispatch/operators/aten/resize_.h"
#include "pytorch/dispatch/operators/aten/select.h"
#include "pytorch/dispatch/operators/aten/sigmoid.h"
#include "pytorch/dispatch/operators/aten/sigmoid_.h"
#include "pytorch/dispatch/operators/aten/silu_backward.h"
#include "pytorch/dispatch/operators/aten/slice.h"
#include "pytorch/dispatch/operators/aten/sum.h"
#include "pytorch/dispatch/operators/aten/t.h"
#include "pytorch/dispatch/operators/aten/transpose.h"
#include "pytorch/dispatch/operators/aten/unbind.h"
#include "pytorch/dispatch/operators/aten/view.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, Functionalize, m) {
  m.fallback(CppFunction::makeFromBoxedFunction<&kernels::functionalizeFallback>());
}

PYTORCH_LIBRARY_IMPL(aten, Functionalize, m) {
  m.impl<ops::aten::_foreach_add__List,
         &kernels::functionalization::_foreach_add__List>(
      "functionalization::_foreach_add__List");
  m.impl<ops::aten::add_out, &kernels::functionalization::add_out_out>(
      "functionalization::add_out_out");
  m.impl<ops::aten::add__Tensor, &kernels::functionalization::add__Tensor>(
      "functionalization::add__Tensor");
  m.impl<ops::aten::alias, &kernels::functionalization::alias>(
      "functionalization::alias");
  m.impl<ops::aten::arange_start_out,
         &kernels::functionalization::arange_out_start_out>(
      "functionalization::arange_out_start_out");
  m.impl<ops::aten::as_strided, &kernels::functionalization::as_strided>(
      "functionalization::as_strided");
  m.impl<ops::aten::cat_out, &kernels::functionalization::cat_out_out>(
      "functionalization::cat_out_out");
  m.impl<ops::aten::chunk, &kernels::functionalization::chunk>(
      "functionalization::chunk");
  m.impl<ops::aten::copy_, &kernels::functionalization::copy_>(
      "functionalization::copy_");
  m.impl<ops::aten::detach, &kernels::functionalization::detach>(
      "functionalization::detach");
  m.impl<ops::aten::expand, &kernels::functionalization::expand>(
      "functionalization::expand");
  m.impl<ops::aten::flatten_using_ints,
         &kernels::functionalization::flatten_using_ints>(
      "functionalization::flatten_using_ints");
  m.impl<ops::aten::index_Tensor_out,
         &kernels::functionalization::index_out_Tensor_out>(
      "functionalization::index_out_Tensor_out");
  m.impl<ops::aten::mm_out, &kernels::functionalization::mm_out_out>(
      "functionalization::mm_out_out");
  m.impl<ops::aten::mul_out, &kernels::functionalization::mul_out_out>(
      "functionalization::mul_out_out");
  m.impl<ops::aten::mul__Tensor, &kernels::functionalization::mul__Tensor>(
      "functionalization::mul__Tensor");
  m.impl<ops::aten::random_, &kernels::functionalization::random_>(
      "functionalization::random_");
  m.impl<ops::aten::relu_, &kernels::functionalization::relu_>(
      "functionalization::relu_");
  m.impl<ops::aten::reshape, &kernels::functionalization::reshape>(
      "functionalization::reshape");
  m.impl<ops::aten::resize_, &kernels::FunctionalizeFallbackKernel::resize_>(
      "FunctionalizeFallbackKernel::resize_");
  m.impl<ops::aten::select_int, &kernels::functionalization::select_int>(
      "functionalization::select_int");
  m.impl<ops::aten::sigmoid_out, &kernels::functionalization::sigmoid_out_out>(
      "functionalization::sigmoid_out_out");
  m.impl<ops::aten::sigmoid_, &kernels::functionalization::sigmoid_>(
      "functionalization::sigmoid_");
  m.impl<ops::aten::silu_backward_grad_input,
         &kernels::functionalization::silu_backward_out_grad_input>(
      "functionalization::silu_backward_out_grad_input");
  m.impl<ops::aten::slice_Tensor, &kernels::functionalization::slice_Tensor>(
      "functionalization::slice_Tensor");
  m.impl<ops::aten::sum_IntList_out, &kernels::functionalization::sum_out_IntList_out>(
      "functionalization::sum_out_IntList_out");
  m.impl<ops::aten::t, &kernels::functionalization::t>("functionalization::t");
  m.impl<ops::aten::transpose_int, &kernels::functionalization::transpose_int>(
      "functionalization::transpose_int");
  m.impl<ops::aten::unbind_int, &kernels::functionalization::unbind_int>(
      "functionalization::unbind_int");
  m.impl<ops::aten::view, &kernels::functionalization::view>("functionalization::view");
}

}  // namespace pytorch::dispatch
