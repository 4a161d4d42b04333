// Binds what is declared for CompositeExplicitAutogradNonFunctional to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/add_.h"
#include "pytorch/dispatch/operators/aten/cat.h"
#include "pytorch/dispatch/operators/aten/index.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/mul_.h"
#include "pytorch/dispatch/operators/aten/sigmoid.h"
#include "pytorch/dispatch/operators/aten/sigmoid_.h"
#include "pytorch/dispatch/operators/aten/silu_backward.h"
#include "pytorch/dispatch/operators/aten/sum.h"
#include "pytorch/dispatch/operators/aten/view_copy.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, CompositeExplicitAutogradNonFunctional, m) {
  m.impl<ops::aten::add_Tensor, &kernels::structured_add>("structured_add");
  m.impl<ops::aten::add__Tensor, &kernels::structured_add_>("structured_add_");
  m.impl<ops::aten::cat, &kernels::structured_cat>("structured_cat");
  m.impl<ops::aten::index_Tensor, &kernels::structured_index>("structured_index");
  m.impl<ops::aten::mm, &kernels::structured_mm>("structured_mm");
  m.impl<ops::aten::mul_Tensor, &kernels::structured_mul>("structured_mul");
  m.impl<ops::aten::mul__Tensor, &kernels::structured_mul_>("structured_mul_");
  m.impl<ops::aten::sigmoid, &kernels::structured_sigmoid>("structured_sigmoid");
  m.impl<ops::aten::sigmoid_, &kernels::structured_sigmoid_>("structured_sigmoid_");
  m.impl<ops::aten::silu_backward, &kernels::structured_silu_backward>(
      "structured_silu_backward");
  m.impl<ops::aten::sum_dim_IntList, &kernels::structured_sum>("structured_sum");
  m.impl<ops::aten::view_copy, &kernels::view_copy_symint>("view_copy_symint");
}

}  // namespace pytorch::dispatch
