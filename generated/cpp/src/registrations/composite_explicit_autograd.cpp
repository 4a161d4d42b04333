// Binds what is declared for CompositeExplicitAutograd to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/_foreach_add.h"
#include "pytorch/dispatch/operators/aten/_foreach_add_.h"
#include "pytorch/dispatch/operators/aten/_test_autograd_multiple_dispatch.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/alias.h"
#include "pytorch/dispatch/operators/aten/arange.h"
#include "pytorch/dispatch/operators/aten/copy_.h"
#include "pytorch/dispatch/operators/aten/detach.h"
#include "pytorch/dispatch/operators/aten/expand.h"
#include "pytorch/dispatch/operators/aten/mkldnn_convolution.h"
#include "pytorch/dispatch/operators/aten/ones.h"
#include "pytorch/dispatch/operators/aten/randn.h"
#include "pytorch/dispatch/operators/aten/randn_like.h"
#include "pytorch/dispatch/operators/aten/select.h"
#include "pytorch/dispatch/operators/aten/slice.h"
#include "pytorch/dispatch/operators/aten/stack.h"
#include "pytorch/dispatch/operators/aten/t.h"
#include "pytorch/dispatch/operators/aten/transpose.h"
#include "pytorch/dispatch/operators/aten/unbind.h"
#include "pytorch/dispatch/operators/aten/zeros.h"
#include "pytorch/dispatch/operators/aten/zeros_like.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, CompositeExplicitAutograd, m) {
  m.impl<ops::aten::_foreach_add_List, &kernels::foreach_tensor_add_list_kernel_slow>(
      "foreach_tensor_add_list_kernel_slow");
  m.impl<ops::aten::_foreach_add__List, &kernels::foreach_tensor_add_list_kernel_slow_>(
      "foreach_tensor_add_list_kernel_slow_");
  m.impl<ops::aten::_test_autograd_multiple_dispatch_fullcoverage,
         &kernels::_test_autograd_multiple_dispatch_fullcoverage>(
      "_test_autograd_multiple_dispatch_fullcoverage");
  m.impl<ops::aten::add_Scalar, &kernels::add>("add");
  m.impl<ops::aten::alias, &kernels::alias>("alias");
  m.impl<ops::aten::arange, &kernels::arange>("arange");
  m.impl<ops::aten::copy_, &kernels::copy_>("copy_");
  m.impl<ops::aten::detach, &kernels::detach>("detach");
  m.impl<ops::aten::expand, &kernels::expand>("expand");
  m.impl<ops::aten::mkldnn_convolution, &kernels::mkldnn_convolution>(
      "mkldnn_convolution");
  m.impl<ops::aten::ones, &kernels::ones>("ones");
  m.impl<ops::aten::randn, static_cast<ops::aten::randn::Plain*>(&kernels::randn)>(
      "randn");
  m.impl<ops::aten::randn_generator,
         static_cast<ops::aten::randn_generator::Plain*>(&kernels::randn)>("randn");
  m.impl<ops::aten::randn_like, &kernels::randn_like>("randn_like");
  m.impl<ops::aten::select_int, &kernels::select_symint>("select_symint");
  m.impl<ops::aten::slice_Tensor, &kernels::slice>("slice");
  m.impl<ops::aten::stack, &kernels::stack>("stack");
  m.impl<ops::aten::t, &kernels::t>("t");
  m.impl<ops::aten::transpose_int, &kernels::transpose>("transpose");
  m.impl<ops::aten::unbind_int, &kernels::unbind>("unbind");
  m.impl<ops::aten::zeros, &kernels::zeros_symint>("zeros_symint");
  m.impl<ops::aten::zeros_like, &kernels::zeros_like>("zeros_like");
}

}  // namespace pytorch::dispatch
