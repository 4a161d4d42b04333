// Binds what is declared for Autograd to the bodies of kernels.
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
#include "pytorch/dispatch/operators/aten/dequantize.h"
#include "pytorch/dispatch/operators/aten/detach.h"
#include "pytorch/dispatch/operators/aten/empty.h"
#include "pytorch/dispatch/operators/aten/expand.h"
#include "pytorch/dispatch/operators/aten/index.h"
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

PYTORCH_LIBRARY_IMPL(aten, Autograd, m) {
  m.impl<ops::aten::_foreach_add_List, &kernels::VariableType::_foreach_add_List>(
      "VariableType::_foreach_add_List");
  m.impl<ops::aten::_foreach_add__List, &kernels::VariableType::_foreach_add__List>(
      "VariableType::_foreach_add__List");
  m.impl<ops::aten::_nested_tensor_storage_offsets,
         &kernels::VariableType::_nested_tensor_storage_offsets>(
      "VariableType::_nested_tensor_storage_offsets");
  m.impl<ops::aten::_nnz, &kernels::VariableType::_nnz>("VariableType::_nnz");
  m.impl<ops::aten::_test_autograd_multiple_dispatch_fullcoverage,
         &kernels::VariableType::_test_autograd_multiple_dispatch_fullcoverage>(
      "VariableType::_test_autograd_multiple_dispatch_fullcoverage");
  m.impl<ops::aten::add_Tensor, &kernels::VariableType::add_Tensor>(
      "VariableType::add_Tensor");
  m.impl<ops::aten::add_out, &kernels::VariableType::add_out_out>(
      "VariableType::add_out_out");
  m.impl<ops::aten::add_Scalar, &kernels::VariableType::add_Scalar>(
      "VariableType::add_Scalar");
  m.impl<ops::aten::add__Tensor, &kernels::VariableType::add__Tensor>(
      "VariableType::add__Tensor");
  m.impl<ops::aten::alias, &kernels::VariableType::alias>("VariableType::alias");
  // clang-format off
  m.impl<ops::aten::arange, static_cast<ops::aten::arange::Plain*>(&kernels::torch::autograd::autogradNotImplementedFallback)>("torch::autograd::autogradNotImplementedFallback");
  // clang-format on
  // clang-format off
  m.impl<ops::aten::arange_start_out, static_cast<ops::aten::arange_start_out::Plain*>(&kernels::torch::autograd::autogradNotImplementedFallback)>("torch::autograd::autogradNotImplementedFallback");
  // clang-format on
  m.impl<ops::aten::as_strided, &kernels::VariableType::as_strided>(
      "VariableType::as_strided");
  m.impl<ops::aten::cat, &kernels::VariableType::cat>("VariableType::cat");
  m.impl<ops::aten::cat_out, &kernels::VariableType::cat_out_out>(
      "VariableType::cat_out_out");
  m.impl<ops::aten::chunk, &kernels::VariableType::chunk>("VariableType::chunk");
  m.impl<ops::aten::copy_, &kernels::VariableTypeManual::copy_>(
      "VariableTypeManual::copy_");
  m.impl<ops::aten::cudnn_convolution, &kernels::VariableType::cudnn_convolution>(
      "VariableType::cudnn_convolution");
  m.impl<ops::aten::dequantize_self, &kernels::VariableType::dequantize_self>(
      "VariableType::dequantize_self");
  m.impl<ops::aten::detach, &kernels::VariableTypeManual::detach>(
      "VariableTypeManual::detach");
  // clang-format off
  m.impl<ops::aten::empty_memory_format, static_cast<ops::aten::empty_memory_format::Plain*>(&kernels::torch::autograd::autogradNotImplementedFallback)>("torch::autograd::autogradNotImplementedFallback");
  // clang-format on
  m.impl<ops::aten::expand, &kernels::VariableType::expand>("VariableType::expand");
  m.impl<ops::aten::index_Tensor, &kernels::VariableType::index_Tensor>(
      "VariableType::index_Tensor");
  m.impl<ops::aten::index_Tensor_out, &kernels::VariableType::index_out_Tensor_out>(
      "VariableType::index_out_Tensor_out");
  m.impl<ops::aten::linear, &kernels::VariableType::linear>("VariableType::linear");
  m.impl<ops::aten::matmul, &kernels::VariableType::matmul>("VariableType::matmul");
  m.impl<ops::aten::mkldnn_convolution, &kernels::VariableType::mkldnn_convolution>(
      "VariableType::mkldnn_convolution");
  m.impl<ops::aten::mkldnn_linear, &kernels::VariableType::mkldnn_linear>(
      "VariableType::mkldnn_linear");
  m.impl<ops::aten::mm, &kernels::VariableType::mm>("VariableType::mm");
  m.impl<ops::aten::mm_out, &kernels::VariableType::mm_out_out>(
      "VariableType::mm_out_out");
  m.impl<ops::aten::mul_Tensor, &kernels::VariableType::mul_Tensor>(
      "VariableType::mul_Tensor");
  m.impl<ops::aten::mul_out, &kernels::VariableType::mul_out_out>(
      "VariableType::mul_out_out");
  m.impl<ops::aten::mul__Tensor, &kernels::VariableType::mul__Tensor>(
      "VariableType::mul__Tensor");
  // clang-format off
  m.impl<ops::aten::native_channel_shuffle, static_cast<ops::aten::native_channel_shuffle::Plain*>(&kernels::torch::autograd::autogradNotImplementedFallback)>("torch::autograd::autogradNotImplementedFallback");
  // clang-format on
  // clang-format off
  m.impl<ops::aten::ones, static_cast<ops::aten::ones::Plain*>(&kernels::torch::autograd::autogradNotImplementedFallback)>("torch::autograd::autogradNotImplementedFallback");
  // clang-format on
  m.impl<ops::aten::quantize_per_tensor, &kernels::VariableType::quantize_per_tensor>(
      "VariableType::quantize_per_tensor");
  // clang-format off
  m.impl<ops::aten::randn, static_cast<ops::aten::randn::Plain*>(&kernels::torch::autograd::autogradNotImplementedFallback)>("torch::autograd::autogradNotImplementedFallback");
  // clang-format on
  // clang-format off
  m.impl<ops::aten::randn_generator, static_cast<ops::aten::randn_generator::Plain*>(&kernels::torch::autograd::autogradNotImplementedFallback)>("torch::autograd::autogradNotImplementedFallback");
  // clang-format on
  m.impl<ops::aten::randn_like, &kernels::VariableType::randn_like>(
      "VariableType::randn_like");
  m.impl<ops::aten::random_, &kernels::VariableType::random_>("VariableType::random_");
  m.impl<ops::aten::relu, &kernels::VariableType::relu>("VariableType::relu");
  m.impl<ops::aten::relu_, &kernels::VariableType::relu_>("VariableType::relu_");
  m.impl<ops::aten::resize_, &kernels::VariableTypeManual::resize_>(
      "VariableTypeManual::resize_");
  m.impl<ops::aten::select_int, &kernels::VariableType::select_int>(
      "VariableType::select_int");
  m.impl<ops::aten::sigmoid, &kernels::VariableType::sigmoid>("VariableType::sigmoid");
  m.impl<ops::aten::sigmoid_out, &kernels::VariableType::sigmoid_out_out>(
      "VariableType::sigmoid_out_out");
  m.impl<ops::aten::sigmoid_, &kernels::VariableType::sigmoid_>(
      "VariableType::sigmoid_");
  // clang-format off
  m.impl<ops::aten::silu_backward, static_cast<ops::aten::silu_backward::Plain*>(&kernels::torch::autograd::autogradNotImplementedFallback)>("torch::autograd::autogradNotImplementedFallback");
  // clang-format on
  // clang-format off
  m.impl<ops::aten::silu_backward_grad_input, static_cast<ops::aten::silu_backward_grad_input::Plain*>(&kernels::torch::autograd::autogradNotImplementedFallback)>("torch::autograd::autogradNotImplementedFallback");
  // clang-format on
  m.impl<ops::aten::slice_Tensor, &kernels::VariableType::slice_Tensor>(
      "VariableType::slice_Tensor");
  m.impl<ops::aten::stack, &kernels::VariableType::stack>("VariableType::stack");
  m.impl<ops::aten::sum_dim_IntList, &kernels::VariableType::sum_dim_IntList>(
      "VariableType::sum_dim_IntList");
  m.impl<ops::aten::sum_IntList_out, &kernels::VariableType::sum_out_IntList_out>(
      "VariableType::sum_out_IntList_out");
  m.impl<ops::aten::t, &kernels::VariableType::t>("VariableType::t");
  m.impl<ops::aten::transpose_int, &kernels::VariableType::transpose_int>(
      "VariableType::transpose_int");
  m.impl<ops::aten::unbind_int, &kernels::VariableType::unbind_int>(
      "VariableType::unbind_int");
  m.impl<ops::aten::view, &kernels::VariableType::view>("VariableType::view");
  m.impl<ops::aten::view_copy, &kernels::VariableType::view_copy>(
      "VariableType::view_copy");
  // clang-format off
  m.impl<ops::aten::zeros, static_cast<ops::aten::zeros::Plain*>(&kernels::torch::autograd::autogradNotImplementedFallback)>("torch::autograd::autogradNotImplementedFallback");
  // clang-format on
  m.impl<ops::aten::zeros_like, &kernels::VariableType::zeros_like>(
      "VariableType::zeros_like");
}

}  // namespace pytorch::dispatch
