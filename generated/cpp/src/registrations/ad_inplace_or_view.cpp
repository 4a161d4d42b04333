// Binds what is declared for ADInplaceOrView to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
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
#include "pytorch/dispatch/operators/aten/index.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/random_.h"
#include "pytorch/dispatch/operators/aten/relu_.h"
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

PYTORCH_LIBRARY_IMPL(aten, ADInplaceOrView, m) {
  m.impl<ops::aten::add_out, &kernels::ADInplaceOrView::add_out_out>(
      "ADInplaceOrView::add_out_out");
  m.impl<ops::aten::add__Tensor, &kernels::ADInplaceOrView::add__Tensor>(
      "ADInplaceOrView::add__Tensor");
  m.impl<ops::aten::alias, &kernels::ADInplaceOrView::alias>("ADInplaceOrView::alias");
  m.impl<ops::aten::arange_start_out, &kernels::ADInplaceOrView::arange_out_start_out>(
      "ADInplaceOrView::arange_out_start_out");
  m.impl<ops::aten::as_strided, &kernels::ADInplaceOrView::as_strided>(
      "ADInplaceOrView::as_strided");
  m.impl<ops::aten::cat_out, &kernels::ADInplaceOrView::cat_out_out>(
      "ADInplaceOrView::cat_out_out");
  m.impl<ops::aten::chunk, &kernels::ADInplaceOrView::chunk>("ADInplaceOrView::chunk");
  m.impl<ops::aten::copy_, &kernels::ADInplaceOrViewManual::copy_>(
      "ADInplaceOrViewManual::copy_");
  m.impl<ops::aten::detach, &kernels::ADInplaceOrViewManual::detach>(
      "ADInplaceOrViewManual::detach");
  m.impl<ops::aten::expand, &kernels::ADInplaceOrView::expand>(
      "ADInplaceOrView::expand");
  m.impl<ops::aten::index_Tensor_out, &kernels::ADInplaceOrView::index_out_Tensor_out>(
      "ADInplaceOrView::index_out_Tensor_out");
  m.impl<ops::aten::mm_out, &kernels::ADInplaceOrView::mm_out_out>(
      "ADInplaceOrView::mm_out_out");
  m.impl<ops::aten::mul_out, &kernels::ADInplaceOrView::mul_out_out>(
      "ADInplaceOrView::mul_out_out");
  m.impl<ops::aten::mul__Tensor, &kernels::ADInplaceOrView::mul__Tensor>(
      "ADInplaceOrView::mul__Tensor");
  m.impl<ops::aten::random_, &kernels::ADInplaceOrView::random_>(
      "ADInplaceOrView::random_");
  m.impl<ops::aten::relu_, &kernels::ADInplaceOrView::relu_>("ADInplaceOrView::relu_");
  m.impl<ops::aten::resize_, &kernels::ADInplaceOrViewManual::resize_>(
      "ADInplaceOrViewManual::resize_");
  m.impl<ops::aten::select_int, &kernels::ADInplaceOrView::select_int>(
      "ADInplaceOrView::select_int");
  m.impl<ops::aten::sigmoid_out, &kernels::ADInplaceOrView::sigmoid_out_out>(
      "ADInplaceOrView::sigmoid_out_out");
  m.impl<ops::aten::sigmoid_, &kernels::ADInplaceOrView::sigmoid_>(
      "ADInplaceOrView::sigmoid_");
  m.impl<ops::aten::silu_backward_grad_input,
         &kernels::ADInplaceOrView::silu_backward_out_grad_input>(
      "ADInplaceOrView::silu_backward_out_grad_input");
  m.impl<ops::aten::slice_Tensor, &kernels::ADInplaceOrView::slice_Tensor>(
      "ADInplaceOrView::slice_Tensor");
  m.impl<ops::aten::sum_IntList_out, &kernels::ADInplaceOrView::sum_out_IntList_out>(
      "ADInplaceOrView::sum_out_IntList_out");
  m.impl<ops::aten::t, &kernels::ADInplaceOrView::t>("ADInplaceOrView::t");
  m.impl<ops::aten::transpose_int, &kernels::ADInplaceOrView::transpose_int>(
      "ADInplaceOrView::transpose_int");
  m.impl<ops::aten::unbind_int, &kernels::ADInplaceOrView::unbind_int>(
      "ADInplaceOrView::unbind_int");
  m.impl<ops::aten::view, &kernels::ADInplaceOrView::view>("ADInplaceOrView::view");
}

}  // namespace pytorch::dispatch
