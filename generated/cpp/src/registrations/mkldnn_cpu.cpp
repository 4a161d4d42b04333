// Binds what is declared for MkldnnCPU to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/add_.h"
#include "pytorch/dispatch/operators/aten/copy_.h"
#include "pytorch/dispatch/operators/aten/empty.h"
#include "pytorch/dispatch/operators/aten/mkldnn_linear.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/relu.h"
#include "pytorch/dispatch/operators/aten/relu_.h"
#include "pytorch/dispatch/operators/aten/sigmoid.h"
#include "pytorch/dispatch/operators/aten/sigmoid_.h"
#include "pytorch/dispatch/operators/aten/view.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, MkldnnCPU, m) {
  m.impl<ops::aten::add_Tensor, &kernels::mkldnn_add>("mkldnn_add");
  m.impl<ops::aten::add_out, &kernels::mkldnn_add_out>("mkldnn_add_out");
  m.impl<ops::aten::add__Tensor, &kernels::mkldnn_add_>("mkldnn_add_");
  m.impl<ops::aten::copy_, &kernels::copy_mkldnn_>("copy_mkldnn_");
  m.impl<ops::aten::empty_memory_format, &kernels::empty_mkldnn>("empty_mkldnn");
  m.impl<ops::aten::mkldnn_linear, &kernels::mkldnn_linear>("mkldnn_linear");
  m.impl<ops::aten::mul_Tensor, &kernels::mkldnn_mul>("mkldnn_mul");
  m.impl<ops::aten::mul_out, &kernels::mkldnn_mul_out>("mkldnn_mul_out");
  m.impl<ops::aten::mul__Tensor, &kernels::mkldnn_mul_>("mkldnn_mul_");
  m.impl<ops::aten::relu, &kernels::mkldnn_relu>("mkldnn_relu");
  m.impl<ops::aten::relu_, &kernels::mkldnn_relu_>("mkldnn_relu_");
  m.impl<ops::aten::sigmoid, &kernels::mkldnn_sigmoid>("mkldnn_sigmoid");
  m.impl<ops::aten::sigmoid_, &kernels::mkldnn_sigmoid_>("mkldnn_sigmoid_");
  m.impl<ops::aten::view, &kernels::mkldnn_view>("mkldnn_view");
}

}  // namespace pytorch::dispatch
