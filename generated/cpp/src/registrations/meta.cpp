// Binds what is declared for Meta to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/_nested_tensor_storage_offsets.h"
#include "pytorch/dispatch/operators/aten/_nnz.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/add_.h"
#include "pytorch/dispatch/operators/aten/as_strided.h"
#include "pytorch/dispatch/operators/aten/copy_.h"
#include "pytorch/dispatch/operators/aten/empty.h"
#include "pytorch/dispatch/operators/aten/index.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/random_.h"
#include "pytorch/dispatch/operators/aten/relu.h"
#include "pytorch/dispatch/operators/aten/relu_.h"
#include "pytorch/dispatch/operators/aten/resize_.h"
#include "pytorch/dispatch/operators/aten/select.h"
#include "pytorch/dispatch/operators/aten/silu_backward.h"
#include "pytorch/dispatch/operators/aten/sum.h"
#include "pytorch/dispatch/operators/aten/view.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, Meta, m) {
  m.impl<ops::aten::as_strided, &kernels::as_strided_tensorimpl_meta_symint>(
      "as_strided_tensorimpl_meta_symint");
  m.impl<ops::aten::empty_memory_format, &kernels::empty_meta_symint>(
      "empty_meta_symint");
  m.impl<ops::aten::index_Tensor_out, &kernels::structured_index_out>(
      "structured_index_out");
  m.impl<ops::aten::random_, &kernels::random_meta_>("random_meta_");
  m.impl<ops::aten::resize_, &kernels::resize__symint>("resize__symint");
  m.impl<ops::aten::silu_backward, &kernels::structured_silu_backward>(
      "structured_silu_backward");
  m.impl<ops::aten::view, &kernels::view>("view");
}

PYTORCH_LIBRARY_IMPL(aten, QuantizedMeta, m) {
  m.impl<ops::aten::empty_memory_format, &kernels::empty_unknown_quantized>(
      "empty_unknown_quantized");
}

PYTORCH_LIBRARY_IMPL(aten, SparseMeta, m) {
  m.impl<ops::aten::_nnz, &kernels::_nnz_sparse>("_nnz_sparse");
  m.impl<ops::aten::add_Tensor, &kernels::add_sparse>("add_sparse");
  m.impl<ops::aten::add_out, &kernels::add_out_sparse_cpu>("add_out_sparse_cpu");
  m.impl<ops::aten::add__Tensor, &kernels::add_sparse_>("add_sparse_");
  m.impl<ops::aten::empty_memory_format, &kernels::empty_sparse_symint>(
      "empty_sparse_symint");
}

PYTORCH_LIBRARY_IMPL(aten, SparseCsrMeta, m) {
  m.impl<ops::aten::_nnz, &kernels::_nnz_sparse_csr>("_nnz_sparse_csr");
  m.impl<ops::aten::add_Tensor, &kernels::add_sparse_csr>("add_sparse_csr");
  m.impl<ops::aten::add_out, &kernels::add_out_sparse_compressed_cpu>(
      "add_out_sparse_compressed_cpu");
  m.impl<ops::aten::add__Tensor, &kernels::add_sparse_csr_>("add_sparse_csr_");
  m.impl<ops::aten::copy_, &kernels::copy_sparse_compressed_>(
      "copy_sparse_compressed_");
  m.impl<ops::aten::empty_memory_format, &kernels::empty_sparse_compressed_symint>(
      "empty_sparse_compressed_symint");
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

PYTORCH_LIBRARY_IMPL(aten, NestedTensorMeta, m) {
  m.impl<ops::aten::_nested_tensor_storage_offsets,
         &kernels::_nested_tensor_storage_offsets>("_nested_tensor_storage_offsets");
}

}  // namespace pytorch::dispatch
