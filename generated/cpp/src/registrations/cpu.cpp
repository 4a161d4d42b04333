// Binds what is declared for CPU to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
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
#include "pytorch/dispatch/operators/aten/dequantize.h"
#include "pytorch/dispatch/operators/aten/detach.h"
#include "pytorch/dispatch/operators/aten/empty.h"
#include "pytorch/dispatch/operators/aten/index.h"
#include "pytorch/dispatch/operators/aten/linear.h"
#include "pytorch/dispatch/operators/aten/matmul.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/native_channel_shuffle.h"
#include "pytorch/dispatch/operators/aten/quantize_per_tensor.h"
#include "pytorch/dispatch/operators/aten/random_.h"
#include "pytorch/dispatch/operators/aten/relu.h"
#include "pytorch/dispatch/operators/aten/relu_.h"
#include "pytorch/dispatch/operators/aten/resize_.h"
#include "pytorch/dispatch/operators/aten/select.h"
#include "pytorch/dispatch/operators/aten/sigmoid.h"
#include "pytorch/dispatch/operators/aten/sigmoid_.h"
#include "pytorch/dispatch/operators/aten/silu_backward.h"
#include "pytorch/dispatch/operators/aten/sum.h"
#include "pytorch/dispatch/operators/aten/transpose.h"
#include "pytorch/dispatch/operators/aten/unbind.h"
#include "pytorch/dispatch/operators/aten/view.h"
#include "pytorch/dispatch/operators/probe/ambiguous.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, CPU, m) {
  m.impl<ops::aten::add_Tensor,
         static_cast<ops::aten::add_Tensor::Plain*>(&kernels::ufunc_add_CPU)>(
      "ufunc_add_CPU");
  m.impl<ops::aten::add_out,
         static_cast<ops::aten::add_out::Plain*>(&kernels::ufunc_add_CPU)>(
      "ufunc_add_CPU");
  m.impl<ops::aten::add__Tensor,
         static_cast<ops::aten::add__Tensor::Plain*>(&kernels::ufunc_add_CPU)>(
      "ufunc_add_CPU");
  m.impl<ops::aten::arange_start_out, &kernels::arange_out>("arange_out");
  m.impl<ops::aten::as_strided, &kernels::as_strided_tensorimpl>(
      "as_strided_tensorimpl");
  m.impl<ops::aten::cat, static_cast<ops::aten::cat::Plain*>(&kernels::cat_out_cpu)>(
      "cat_out_cpu");
  m.impl<ops::aten::cat_out,
         static_cast<ops::aten::cat_out::Plain*>(&kernels::cat_out_cpu)>("cat_out_cpu");
  m.impl<ops::aten::dequantize_self, &kernels::dequantize_cpu_or_cuda>(
      "dequantize_cpu_or_cuda");
  m.impl<ops::aten::empty_memory_format, &kernels::empty_cpu>("empty_cpu");
  m.impl<ops::aten::index_Tensor,
         static_cast<ops::aten::index_Tensor::Plain*>(&kernels::index_out)>(
      "index_out");
  m.impl<ops::aten::index_Tensor_out,
         static_cast<ops::aten::index_Tensor_out::Plain*>(&kernels::index_out)>(
      "index_out");
  m.impl<ops::aten::mm, static_cast<ops::aten::mm::Plain*>(&kernels::mm_out_cpu)>(
      "mm_out_cpu");
  m.impl<ops::aten::mm_out,
         static_cast<ops::aten::mm_out::Plain*>(&kernels::mm_out_cpu)>("mm_out_cpu");
  m.impl<ops::aten::mul_Tensor,
         static_cast<ops::aten::mul_Tensor::Plain*>(&kernels::mul_out)>("mul_out");
  m.impl<ops::aten::mul_out,
         static_cast<ops::aten::mul_out::Plain*>(&kernels::mul_out)>("mul_out");
  m.impl<ops::aten::mul__Tensor,
         static_cast<ops::aten::mul__Tensor::Plain*>(&kernels::mul_out)>("mul_out");
  m.impl<ops::aten::native_channel_shuffle, &kernels::channel_shuffle_cpu>(
      "channel_shuffle_cpu");
  m.impl<ops::aten::quantize_per_tensor, &kernels::quantize_per_tensor>(
      "quantize_per_tensor");
  m.impl<ops::aten::random_, &kernels::random_>("random_");
  m.impl<ops::aten::relu, &kernels::relu>("relu");
  m.impl<ops::aten::relu_, &kernels::relu_>("relu_");
  m.impl<ops::aten::resize_, &kernels::resize_>("resize_");
  m.impl<ops::aten::sigmoid,
         static_cast<ops::aten::sigmoid::Plain*>(&kernels::sigmoid_out)>("sigmoid_out");
  m.impl<ops::aten::sigmoid_out,
         static_cast<ops::aten::sigmoid_out::Plain*>(&kernels::sigmoid_out)>(
      "sigmoid_out");
  m.impl<ops::aten::sigmoid_,
         static_cast<ops::aten::sigmoid_::Plain*>(&kernels::sigmoid_out)>(
      "sigmoid_out");
  m.impl<ops::aten::silu_backward,
         static_cast<ops::aten::silu_backward::Plain*>(&kernels::silu_backward_out)>(
      "silu_backward_out");
  // clang-format off
  m.impl<ops::aten::silu_backward_grad_input, static_cast<ops::aten::silu_backward_grad_input::Plain*>(&kernels::silu_backward_out)>("silu_backward_out");
  // clang-format on
  m.impl<ops::aten::sum_dim_IntList,
         static_cast<ops::aten::sum_dim_IntList::Plain*>(&kernels::sum_out)>("sum_out");
  m.impl<ops::aten::sum_IntList_out,
         static_cast<ops::aten::sum_IntList_out::Plain*>(&kernels::sum_out)>("sum_out");
  m.impl<ops::aten::view, &kernels::view>("view");
}

PYTORCH_LIBRARY_IMPL(aten, QuantizedCPU, m) {
  m.impl<ops::aten::as_strided, &kernels::as_strided_qtensorimpl>(
      "as_strided_qtensorimpl");
  m.impl<ops::aten::cat, &kernels::cat_quantized_cpu>("cat_quantized_cpu");
  m.impl<ops::aten::cat_out, &kernels::cat_out_quantized_cpu>("cat_out_quantized_cpu");
  m.impl<ops::aten::dequantize_self, &kernels::dequantize_quantized>(
      "dequantize_quantized");
  m.impl<ops::aten::empty_memory_format, &kernels::empty_unknown_quantized>(
      "empty_unknown_quantized");
  m.impl<ops::aten::index_Tensor, &kernels::quantized_index>("quantized_index");
  m.impl<ops::aten::relu, &kernels::relu_quantized_cpu>("relu_quantized_cpu");
  m.impl<ops::aten::relu_, &kernels::relu_quantized_cpu_>("relu_quantized_cpu_");
  m.impl<ops::aten::resize_, &kernels::quantized_resize_cpu_>("quantized_resize_cpu_");
  m.impl<ops::aten::sigmoid, &kernels::sigmoid_quantized_cpu>("sigmoid_quantized_cpu");
  m.impl<ops::aten::view, &kernels::view>("view");
}

PYTORCH_LIBRARY_IMPL(aten, SparseCPU, m) {
  m.impl<ops::aten::_nnz, &kernels::_nnz_sparse>("_nnz_sparse");
  m.impl<ops::aten::add_Tensor, &kernels::add_sparse>("add_sparse");
  m.impl<ops::aten::add_out, &kernels::add_out_sparse_cpu>("add_out_sparse_cpu");
  m.impl<ops::aten::add__Tensor, &kernels::add_sparse_>("add_sparse_");
  m.impl<ops::aten::cat, &kernels::cat_sparse>("cat_sparse");
  m.impl<ops::aten::copy_, &kernels::copy_sparse_wrapper_>("copy_sparse_wrapper_");
  m.impl<ops::aten::empty_memory_format, &kernels::empty_sparse>("empty_sparse");
  m.impl<ops::aten::mm, &kernels::_sparse_mm>("_sparse_mm");
  m.impl<ops::aten::mm_out, &kernels::_sparse_mm_out>("_sparse_mm_out");
  m.impl<ops::aten::mul_Tensor, &kernels::mul_sparse>("mul_sparse");
  m.impl<ops::aten::mul_out, &kernels::mul_out_sparse_cpu>("mul_out_sparse_cpu");
  m.impl<ops::aten::mul__Tensor, &kernels::mul_sparse_>("mul_sparse_");
  m.impl<ops::aten::relu, &kernels::relu_sparse>("relu_sparse");
  m.impl<ops::aten::relu_, &kernels::relu_sparse_>("relu_sparse_");
  m.impl<ops::aten::sum_dim_IntList, &kernels::sum_sparse_coo>("sum_sparse_coo");
}

PYTORCH_LIBRARY_IMPL(probe, SparseCPU, m) {
  m.impl<ops::probe::ambiguous, &kernels::ambiguous_sparse>("ambiguous_sparse");
}

PYTORCH_LIBRARY_IMPL(aten, SparseCsrCPU, m) {
  m.impl<ops::aten::_nnz, &kernels::_nnz_sparse_csr>("_nnz_sparse_csr");
  m.impl<ops::aten::add_Tensor, &kernels::add_sparse_csr>("add_sparse_csr");
  m.impl<ops::aten::add_out, &kernels::add_out_sparse_compressed_cpu>(
      "add_out_sparse_compressed_cpu");
  m.impl<ops::aten::add__Tensor, &kernels::add_sparse_csr_>("add_sparse_csr_");
  m.impl<ops::aten::copy_, &kernels::copy_sparse_compressed_>(
      "copy_sparse_compressed_");
  m.impl<ops::aten::empty_memory_format, &kernels::empty_sparse_compressed>(
      "empty_sparse_compressed");
  m.impl<ops::aten::mm, &kernels::_sparse_csr_mm>("_sparse_csr_mm");
  m.impl<ops::aten::mm_out, &kernels::_sparse_csr_mm_out>("_sparse_csr_mm_out");
  m.impl<ops::aten::mul_Tensor, &kernels::mul_sparse_csr>("mul_sparse_csr");
  m.impl<ops::aten::mul_out, &kernels::mul_out_sparse_csr>("mul_out_sparse_csr");
  m.impl<ops::aten::mul__Tensor, &kernels::mul_sparse_csr_>("mul_sparse_csr_");
  m.impl<ops::aten::relu, &kernels::relu_sparse_csr>("relu_sparse_csr");
  m.impl<ops::aten::relu_, &kernels::relu_sparse_csr_>("relu_sparse_csr_");
  m.impl<ops::aten::resize_, &kernels::resize_sparse_csr_>("resize_sparse_csr_");
  m.impl<ops::aten::select_int, &kernels::select_sparse_csr>("select_sparse_csr");
  m.impl<ops::aten::sum_dim_IntList, &kernels::sum_sparse_compressed>(
      "sum_sparse_compressed");
}

PYTORCH_LIBRARY_IMPL(aten, NestedTensorCPU, m) {
  m.impl<ops::aten::_nested_tensor_storage_offsets,
         &kernels::_nested_tensor_storage_offsets>("_nested_tensor_storage_offsets");
  m.impl<ops::aten::_test_autograd_multiple_dispatch_fullcoverage,
         &kernels::_test_autograd_multiple_dispatch_fullcoverage>(
      "_test_autograd_multiple_dispatch_fullcoverage");
  m.impl<ops::aten::add_Tensor, &kernels::NestedTensor_add_Tensor>(
      "NestedTensor_add_Tensor");
  m.impl<ops::aten::add__Tensor, &kernels::NestedTensor_add__Tensor>(
      "NestedTensor_add__Tensor");
  m.impl<ops::aten::alias, &kernels::alias_nested>("alias_nested");
  m.impl<ops::aten::cat, &kernels::cat_nested>("cat_nested");
  m.impl<ops::aten::chunk, &kernels::chunk_nested_tensor>("chunk_nested_tensor");
  m.impl<ops::aten::copy_, &kernels::copy_nested_>("copy_nested_");
  m.impl<ops::aten::detach, &kernels::detach>("detach");
  m.impl<ops::aten::linear, &kernels::nested_linear>("nested_linear");
  m.impl<ops::aten::matmul, &kernels::matmul_nested>("matmul_nested");
  m.impl<ops::aten::mul_Tensor, &kernels::NestedTensor_mul_Tensor>(
      "NestedTensor_mul_Tensor");
  m.impl<ops::aten::mul__Tensor, &kernels::NestedTensor_mul__Tensor>(
      "NestedTensor_mul__Tensor");
  m.impl<ops::aten::relu, &kernels::NestedTensor_relu>("NestedTensor_relu");
  m.impl<ops::aten::relu_, &kernels::NestedTensor_relu_>("NestedTensor_relu_");
  m.impl<ops::aten::select_int, &kernels::select_nested>("select_nested");
  m.impl<ops::aten::silu_backward, &kernels::silu_backward_nested>(
      "silu_backward_nested");
  m.impl<ops::aten::sum_dim_IntList, &kernels::NestedTensor_sum_dim_CPU>(
      "NestedTensor_sum_dim_CPU");
  m.impl<ops::aten::transpose_int, &kernels::transpose_nested>("transpose_nested");
  m.impl<ops::aten::unbind_int, &kernels::NestedTensor_unbind>("NestedTensor_unbind");
  m.impl<ops::aten::view, &kernels::view_nested>("view_nested");
}

}  // namespace pytorch::dispatch
