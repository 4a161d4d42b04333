// Binds what is declared for Tracer to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/_foreach_add.h"
#include "pytorch/dispatch/operators/aten/_foreach_add_.h"
#include "pytorch/dispatch/operators/aten/_nested_tensor_storage_offsets.h"
#include "pytorch/dispatch/operators/aten/_nnz.h"
#include "pytorch/dispatch/operators/aten/_test_autograd_multiple_dispatch.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/add_.h"
#include "pytorch/dispatch/operators/aten/alias.h"
#include "pytorch/dispatch/operators/aten/arange.h"
#include "pytorch/dispatch/operators/aten/as_strided.h"
#include "pytorch/dispatch/operators/aten/cat.h"
#include "pytorch/dispatch/operators/aten/chunk.h"
#include "pytorch/dispatch/operators/aten/copy_.h"
#include "pytorch/dispatch/operators/aten/cudnn_convolution.h"
#include "pytorch/dispatch/operators/aten/cudnn_is_acceptable.h"
#include "pytorch/dispatch/operators/aten/dequantize.h"
#include "pytorch/dispatch/operators/aten/detach.h"
#include "pytorch/dispatch/operators/aten/dropout.h"
#include "pytorch/dispatch/operators/aten/empty.h"
#include "pytorch/dispatch/operators/aten/expand.h"
#include "pytorch/dispatch/operators/aten/flatten.h"
#include "pytorch/dispatch/operators/aten/index.h"
#include "pytorch/dispatch/operators/aten/is_nonzero.h"
#include "pytorch/dispatch/operators/aten/linear.h"
#include "pytorch/dispatch/operators/aten/matmul.h"
#include "pytorch/dispatch/operators/aten/mkldnn_convolution.h"
#include "pytorch/dispatch/operators/aten/mkldnn_linear.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/native_channel_shuffle.h"
#include "pytorch/dispatch/operators/aten/ones.h"
#include "pytorch/dispatch/operators/aten/quantize_per_tensor.h"
#include "pytorch/dispatch/operators/aten/randn.h"
#include "pytorch/dispatch/operators/aten/randn_like.h"
#include "pytorch/dispatch/operators/aten/random_.h"
#include "pytorch/dispatch/operators/aten/relu.h"
#include "pytorch/dispatch/operators/aten/relu_.h"
#include "pytorch/dispatch/operators/aten/reshape.h"
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
#include "pytorch/dispatch/operators/aten/zeros.h"
#include "pytorch/dispatch/operators/aten/zeros_like.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, Tracer, m) {
  m.fallback(CppFunction::makeFromBoxedFunction<&kernels::tracerFallback>());
}

PYTORCH_LIBRARY_IMPL(aten, Tracer, m) {
  m.impl<ops::aten::_foreach_add_List, &kernels::TraceType::_foreach_add_List>(
      "TraceType::_foreach_add_List");
  m.impl<ops::aten::_foreach_add__List, &kernels::TraceType::_foreach_add__List>(
      "TraceType::_foreach_add__List");
  m.impl<ops::aten::_nested_tensor_storage_offsets,
         &kernels::TraceType::_nested_tensor_storage_offsets>(
      "TraceType::_nested_tensor_storage_offsets");
  m.impl<ops::aten::_nnz, &kernels::TraceType::_nnz>("TraceType::_nnz");
  m.impl<ops::aten::_test_autograd_multiple_dispatch_fullcoverage,
         &kernels::TraceType::_test_autograd_multiple_dispatch_fullcoverage>(
      "TraceType::_test_autograd_multiple_dispatch_fullcoverage");
  m.impl<ops::aten::add_Tensor, &kernels::TraceType::add_Tensor>(
      "TraceType::add_Tensor");
  m.impl<ops::aten::add_out, &kernels::TraceType::add_out_out>(
      "TraceType::add_out_out");
  m.impl<ops::aten::add_Scalar, &kernels::TraceType::add_Scalar>(
      "TraceType::add_Scalar");
  m.impl<ops::aten::add__Tensor, &kernels::TraceType::add__Tensor>(
      "TraceType::add__Tensor");
  m.impl<ops::aten::alias, &kernels::TraceType::alias>("TraceType::alias");
  m.impl<ops::aten::arange, &kernels::TraceType::arange>("TraceType::arange");
  m.impl<ops::aten::arange_start_out, &kernels::TraceType::arange_out_start_out>(
      "TraceType::arange_out_start_out");
  m.impl<ops::aten::as_strided, &kernels::TraceType::as_strided>(
      "TraceType::as_strided");
  m.impl<ops::aten::cat, &kernels::TraceType::cat>("TraceType::cat");
  m.impl<ops::aten::cat_out, &kernels::TraceType::cat_out_out>(
      "TraceType::cat_out_out");
  m.impl<ops::aten::chunk, &kernels::TraceType::chunk>("TraceType::chunk");
  m.impl<ops::aten::copy_, &kernels::TraceTypeManual::copy_>("TraceTypeManual::copy_");
  m.impl<ops::aten::cudnn_convolution, &kernels::TraceType::cudnn_convolution>(
      "TraceType::cudnn_convolution");
  m.impl<ops::aten::cudnn_is_acceptable, &kernels::TraceType::cudnn_is_acceptable>(
      "TraceType::cudnn_is_acceptable");
  m.impl<ops::aten::dequantize_self, &kernels::TraceType::dequantize_self>(
      "TraceType::dequantize_self");
  m.impl<ops::aten::detach, &kernels::TraceTypeManual::detach>(
      "TraceTypeManual::detach");
  m.impl<ops::aten::dropout, &kernels::TraceType::dropout>("TraceType::dropout");
  m.impl<ops::aten::empty_memory_format, &kernels::TraceType::empty_memory_format>(
      "TraceType::empty_memory_format");
  m.impl<ops::aten::expand, &kernels::TraceType::expand>("TraceType::expand");
  m.impl<ops::aten::flatten_using_ints, &kernels::TraceType::flatten_using_ints>(
      "TraceType::flatten_using_ints");
  m.impl<ops::aten::index_Tensor, &kernels::TraceType::index_Tensor>(
      "TraceType::index_Tensor");
  m.impl<ops::aten::index_Tensor_out, &kernels::TraceType::index_out_Tensor_out>(
      "TraceType::index_out_Tensor_out");
  m.impl<ops::aten::is_nonzero, &kernels::TraceType::is_nonzero>(
      "TraceType::is_nonzero");
  m.impl<ops::aten::linear, &kernels::TraceType::linear>("TraceType::linear");
  m.impl<ops::aten::matmul, &kernels::TraceType::matmul>("TraceType::matmul");
  m.impl<ops::aten::mkldnn_convolution, &kernels::TraceType::mkldnn_convolution>(
      "TraceType::mkldnn_convolution");
  m.impl<ops::aten::mkldnn_linear, &kernels::TraceType::mkldnn_linear>(
      "TraceType::mkldnn_linear");
  m.impl<ops::aten::mm, &kernels::TraceType::mm>("TraceType::mm");
  m.impl<ops::aten::mm_out, &kernels::TraceType::mm_out_out>("TraceType::mm_out_out");
  m.impl<ops::aten::mul_Tensor, &kernels::TraceType::mul_Tensor>(
      "TraceType::mul_Tensor");
  m.impl<ops::aten::mul_out, &kernels::TraceType::mul_out_out>(
      "TraceType::mul_out_out");
  m.impl<ops::aten::mul__Tensor, &kernels::TraceType::mul__Tensor>(
      "TraceType::mul__Tensor");
  m.impl<ops::aten::native_channel_shuffle,
         &kernels::TraceType::native_channel_shuffle>(
      "TraceType::native_channel_shuffle");
  m.impl<ops::aten::ones, &kernels::TraceType::ones>("TraceType::ones");
  m.impl<ops::aten::quantize_per_tensor, &kernels::TraceType::quantize_per_tensor>(
      "TraceType::quantize_per_tensor");
  m.impl<ops::aten::randn, &kernels::TraceType::randn>("TraceType::randn");
  m.impl<ops::aten::randn_generator, &kernels::TraceType::randn_generator>(
      "TraceType::randn_generator");
  m.impl<ops::aten::randn_like, &kernels::TraceType::randn_like>(
      "TraceType::randn_like");
  m.impl<ops::aten::random_, &kernels::TraceType::random_>("TraceType::random_");
  m.impl<ops::aten::relu, &kernels::TraceType::relu>("TraceType::relu");
  m.impl<ops::aten::relu_, &kernels::TraceType::relu_>("TraceType::relu_");
  m.impl<ops::aten::reshape, &kernels::TraceType::reshape>("TraceType::reshape");
  m.impl<ops::aten::resize_, &kernels::TraceTypeManual::resize_>(
      "TraceTypeManual::resize_");
  m.impl<ops::aten::select_int, &kernels::TraceType::select_int>(
      "TraceType::select_int");
  m.impl<ops::aten::sigmoid, &kernels::TraceType::sigmoid>("TraceType::sigmoid");
  m.impl<ops::aten::sigmoid_out, &kernels::TraceType::sigmoid_out_out>(
      "TraceType::sigmoid_out_out");
  m.impl<ops::aten::sigmoid_, &kernels::TraceType::sigmoid_>("TraceType::sigmoid_");
  m.impl<ops::aten::silu_backward, &kernels::TraceType::silu_backward>(
      "TraceType::silu_backward");
  m.impl<ops::aten::silu_backward_grad_input,
         &kernels::TraceType::silu_backward_out_grad_input>(
      "TraceType::silu_backward_out_grad_input");
  m.impl<ops::aten::slice_Tensor, &kernels::TraceType::slice_Tensor>(
      "TraceType::slice_Tensor");
  m.impl<ops::aten::stack, &kernels::TraceType::stack>("TraceType::stack");
  m.impl<ops::aten::sum_dim_IntList, &kernels::TraceType::sum_dim_IntList>(
      "TraceType::sum_dim_IntList");
  m.impl<ops::aten::sum_IntList_out, &kernels::TraceType::sum_out_IntList_out>(
      "TraceType::sum_out_IntList_out");
  m.impl<ops::aten::t, &kernels::TraceType::t>("TraceType::t");
  m.impl<ops::aten::transpose_int, &kernels::TraceType::transpose_int>(
      "TraceType::transpose_int");
  m.impl<ops::aten::unbind_int, &kernels::TraceType::unbind_int>(
      "TraceType::unbind_int");
  m.impl<ops::aten::view, &kernels::TraceType::view>("TraceType::view");
  m.impl<ops::aten::view_copy, &kernels::TraceType::view_copy>("TraceType::view_copy");
  m.impl<ops::aten::zeros, &kernels::TraceType::zeros>("TraceType::zeros");
  m.impl<ops::aten::zeros_like, &kernels::TraceType::zeros_like>(
      "TraceType::zeros_like");
}

}  // namespace pytorch::dispatch
