// Binds what is declared for MTIA to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/_foreach_add.h"
#include "pytorch/dispatch/operators/aten/_foreach_add_.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/add_.h"
#include "pytorch/dispatch/operators/aten/arange.h"
#include "pytorch/dispatch/operators/aten/as_strided.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/relu.h"
#include "pytorch/dispatch/operators/aten/relu_.h"
#include "pytorch/dispatch/operators/aten/view.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, MTIA, m) {
  m.impl<ops::aten::_foreach_add_List, &kernels::foreach_tensor_add_list_kernel_mtia>(
      "foreach_tensor_add_list_kernel_mtia");
  m.impl<ops::aten::_foreach_add__List, &kernels::foreach_tensor_add_list_kernel_mtia_>(
      "foreach_tensor_add_list_kernel_mtia_");
  m.impl<ops::aten::add_Tensor,
         static_cast<ops::aten::add_Tensor::Plain*>(&kernels::add_out_mtia)>(
      "add_out_mtia");
  m.impl<ops::aten::add_out,
         static_cast<ops::aten::add_out::Plain*>(&kernels::add_out_mtia)>(
      "add_out_mtia");
  m.impl<ops::aten::add__Tensor,
         static_cast<ops::aten::add__Tensor::Plain*>(&kernels::add_out_mtia)>(
      "add_out_mtia");
  m.impl<ops::aten::arange_start_out, &kernels::arange_mtia_out>("arange_mtia_out");
  m.impl<ops::aten::as_strided, &kernels::as_strided_tensorimpl>(
      "as_strided_tensorimpl");
  m.impl<ops::aten::mm, static_cast<ops::aten::mm::Plain*>(&kernels::mm_out_mtia)>(
      "mm_out_mtia");
  m.impl<ops::aten::mm_out,
         static_cast<ops::aten::mm_out::Plain*>(&kernels::mm_out_mtia)>("mm_out_mtia");
  m.impl<ops::aten::mul_Tensor,
         static_cast<ops::aten::mul_Tensor::Plain*>(&kernels::mul_out)>("mul_out");
  m.impl<ops::aten::mul_out,
         static_cast<ops::aten::mul_out::Plain*>(&kernels::mul_out)>("mul_out");
  m.impl<ops::aten::mul__Tensor,
         static_cast<ops::aten::mul__Tensor::Plain*>(&kernels::mul_out)>("mul_out");
  m.impl<ops::aten::relu, &kernels::relu_mtia>("relu_mtia");
  m.impl<ops::aten::relu_, &kernels::relu_mtia_>("relu_mtia_");
  m.impl<ops::aten::view, &kernels::view>("view");
}

}  // namespace pytorch::dispatch
