// Binds what is declared for AutocastMAIA to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/linear.h"
#include "pytorch/dispatch/operators/aten/matmul.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/sum.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, AutocastMAIA, m) {
  m.impl<ops::aten::linear, &kernels::autocast::linear>("autocast::linear");
  m.impl<ops::aten::matmul, &kernels::autocast::matmul>("autocast::matmul");
  m.impl<ops::aten::mm, &kernels::autocast::mm>("autocast::mm");
  m.impl<ops::aten::sum_dim_IntList, &kernels::autocast::sum_dim_IntList>(
      "autocast::sum_dim_IntList");
}

}  // namespace pytorch::dispatch
