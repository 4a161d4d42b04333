// Binds what is declared for HPU to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/_test_autograd_multiple_dispatch.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/add_.h"
#include "pytorch/dispatch/operators/aten/alias.h"
#include "pytorch/dispatch/operators/aten/cat.h"
#include "pytorch/dispatch/operators/aten/chunk.h"
#include "pytorch/dispatch/operators/aten/copy_.h"
#include "pytorch/dispatch/operators/aten/detach.h"
#include "pytorch/dispatch/operators/aten/linear.h"
#include "pytorch/dispatch/operators/aten/matmul.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/relu.h"
#include "pytorch/dispatch/operators/aten/relu_.h"
#include "pytorch/dispatch/operators/aten/select.h"
#include "pytorch/dispatch/operators/aten/silu_backward.h"
#include "pytorch/dispatch/operators/aten/transpose.h"
#include "pytorch/dispatch/operators/aten/unbind.h"
#include "pytorch/dispatch/operators/aten/view.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, NestedTensorHPU, m) {
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
  m.impl<ops::aten::transpose_int, &kernels::transpose_nested>("transpose_nested");
  m.impl<ops::aten::unbind_int, &kernels::NestedTensor_unbind>("NestedTensor_unbind");
  m.impl<ops::aten::view, &kernels::view_nested>("view_nested");
}

}  // namespace pytorch::dispatch
