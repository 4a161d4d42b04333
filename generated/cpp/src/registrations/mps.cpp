// Binds what is declared for MPS to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/_nnz.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/add_.h"
#include "pytorch/dispatch/operators/aten/arange.h"
#include "pytorch/dispatch/operators/aten/as_strided.h"
#include "pytorch/dispatch/operators/aten/cat.h"
#include "pytorch/dispatch/operators/aten/copy_.h"
#include "pytorch/dispatch/operators/aten/empty.h"
#include "pytorch/dispatch/operators/aten/index.h"
#include "pytorch/dispatch/operators/aten/linear.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/random_.h"
#include "pytorch/dispatch/operators/aten/relu.h"
#include "pytorch/dispatch/operators/aten/relu_.h"
#include "pytorch/dispatch/operators/aten/resize_.h"
#include "pytorch/dispatch/operators/aten/sigmoid.h"
#include "pytorch/dispatch/operators/aten/sigmoid_.h"
#include "pytorch/dispatch/operators/aten/silu_backward.h"
#include "pytorch/dispatch/operators/aten/sum.h"
#include "pytorch/dispatch/operators/aten/view.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, MPS, m) {
  m.impl<ops::aten::add_Tensor,
         static_cast<ops::aten::add_Tensor::Plain*>(&kernels::add_out_mps)>(
      "add_out_mps");
  m.impl<ops::aten::add_out,
         static_cast<ops::aten::add_out::Plain*>(&kernels::add_out_mps)>("add_out_mps");
  m.impl<ops::aten::add__Tensor,
         static_cast<ops::aten::add__Tensor::Plain*>(&kernels::add_out_mps)>(
      "add_out_mps");
  m.impl<ops::aten::arange_start_out, &kernels::arange_mps_out>("arange_mps_out");
  m.impl<ops::aten::as_strided, &kernels::as_strided_tensorimpl>(
      "as_strided_tensorimpl");
  m.impl<ops::aten::cat, static_cast<ops::aten::cat::Plain*>(&kernels::cat_out_mps)>(
      "cat_out_mps");
  m.impl<ops::aten::cat_out,
         static_cast<ops::aten::cat_out::Plain*>(&kernels::cat_out_mps)>("cat_out_mps");
  m.impl<ops::aten::empty_memory_format, &kernels::empty_mps>("empty_mps");
  m.impl<ops::aten::index_Tensor,
         static_cast<ops::aten::index_Tensor::Plain*>(&kernels::index_out)>(
      "index_out");
  m.impl<ops::aten::index_Tensor_out,
         static_cast<ops::aten::index_Tensor_out::Plain*>(&kernels::index_out)>(
      "index_out");
  m.impl<ops::aten::linear, &kernels::_mps_linear>("_mps_linear");
  m.impl<ops::aten::mm, static_cast<ops::aten::mm::Plain*>(&kernels::mm_out_mps)>(
      "mm_out_mps");
  m.impl<ops::aten::mm_out,
         static_cast<ops::aten::mm_out::Plain*>(&kernels::mm_out_mps)>("mm_out_mps");
  m.impl<ops::aten::mul_Tensor,
         static_cast<ops::aten::mul_Tensor::Plain*>(&kernels::mul_out)>("mul_out");
  m.impl<ops::aten::mul_out,
         static_cast<ops::aten::mul_out::Plain*>(&kernels::mul_out)>("mul_out");
  m.impl<ops::aten::mul__Tensor,
         static_cast<ops::aten::mul__Tensor::Plain*>(&kernels::mul_out)>("mul_out");
  m.impl<ops::aten::random_, &kernels::random_>("random_");
  m.impl<ops::aten::relu, &kernels::relu_mps>("relu_mps");
  m.impl<ops::aten::relu_, &kernels::relu_mps_>("relu_mps_");
  m.impl<ops::aten::resize_, &kernels::resize_mps_>("resize_mps_");
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

PYTORCH_LIBRARY_IMPL(aten, SparseMPS, m) {
  m.impl<ops::aten::_nnz, &kernels::_nnz_sparse>("_nnz_sparse");
  m.impl<ops::aten::add_Tensor, &kernels::add_sparse>("add_sparse");
  m.impl<ops::aten::add_out, &kernels::add_out_sparse_mps>("add_out_sparse_mps");
  m.impl<ops::aten::add__Tensor, &kernels::add_sparse_>("add_sparse_");
  m.impl<ops::aten::cat, &kernels::cat_sparse>("cat_sparse");
  m.impl<ops::aten::copy_, &kernels::copy_sparse_wrapper_>("copy_sparse_wrapper_");
  m.impl<ops::aten::empty_memory_format, &kernels::empty_sparse>("empty_sparse");
  m.impl<ops::aten::mm, &kernels::_sparse_mm>("_sparse_mm");
  m.impl<ops::aten::mm_out, &kernels::_sparse_mm_out>("_sparse_mm_out");
  m.impl<ops::aten::mul_Tensor, &kernels::mul_sparse>("mul_sparse");
  m.impl<ops::aten::mul_out, &kernels::mul_out_sparse_mps>("mul_out_sparse_mps");
  m.impl<ops::aten::mul__Tensor, &kernels::mul_sparse_>("mul_sparse_");
  m.impl<ops::aten::relu, &kernels::relu_sparse>("relu_sparse");
  m.impl<ops::aten::relu_, &kernels::relu_sparse_>("relu_sparse_");
  m.impl<ops::aten::sum_dim_IntList, &kernels::sum_sparse_coo>("sum_sparse_coo");
}

PYTORCH_LIBRARY_IMPL(aten, SparseCsrMPS, m) {
  m.impl<ops::aten::_nnz, &kernels::_nnz_sparse_csr>("_nnz_sparse_csr");
}

}  // namespace pytorch::dispatch
