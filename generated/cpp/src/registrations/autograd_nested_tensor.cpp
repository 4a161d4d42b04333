// Binds what is declared for AutogradNestedTensor to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/_test_autograd_multiple_dispatch.h"
#include "pytorch/dispatch/operators/aten/chunk.h"
#include "pytorch/dispatch/operators/aten/select.h"
#include "pytorch/dispatch/operators/aten/sum.h"
#include "pytorch/dispatch/operators/aten/unbind.h"
#include "pytorch/dispatch/operators/aten/view.h"
#include "pytorch/dispatch/operators/aten/view_copy.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, AutogradNestedTensor, m) {
  // clang-format off
  m.impl<ops::aten::_test_autograd_multiple_dispatch_fullcoverage, &kernels::VariableType::_test_autograd_multiple_dispatch_fullcoverage_AutogradNestedTensor>("VariableType::_test_autograd_multiple_dispatch_fullcoverage_AutogradNestedTensor");
  // clang-format on
  m.impl<ops::aten::chunk, &kernels::VariableType::chunk_AutogradNestedTensor>(
      "VariableType::chunk_AutogradNestedTensor");
  m.impl<ops::aten::select_int,
         &kernels::VariableType::select_int_AutogradNestedTensor>(
      "VariableType::select_int_AutogradNestedTensor");
  m.impl<ops::aten::sum_dim_IntList,
         &kernels::VariableType::sum_dim_IntList_AutogradNestedTensor>(
      "VariableType::sum_dim_IntList_AutogradNestedTensor");
  m.impl<ops::aten::sum_IntList_out,
         &kernels::VariableType::sum_out_IntList_out_AutogradNestedTensor>(
      "VariableType::sum_out_IntList_out_AutogradNestedTensor");
  m.impl<ops::aten::unbind_int,
         &kernels::VariableType::unbind_int_AutogradNestedTensor>(
      "VariableType::unbind_int_AutogradNestedTensor");
  m.impl<ops::aten::view, &kernels::VariableType::view_AutogradNestedTensor>(
      "VariableType::view_AutogradNestedTensor");
  m.impl<ops::aten::view_copy, &kernels::VariableType::view_copy_AutogradNestedTensor>(
      "VariableType::view_copy_AutogradNestedTensor");
}

}  // namespace pytorch::dispatch
