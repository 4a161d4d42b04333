// Binds what is declared for AutocastCPU to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/cat.h"
#include "pytorch/dispatch/operators/aten/linear.h"
#include "pytorch/dispatch/operators/aten/matmul.h"
#include "pytorch/dispatch/operators/aten/mm.h"
#include "pytorch/dispatch/operators/aten/stack.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, AutocastCPU, m) {
  m.impl<ops::aten::cat, &kernels::autocast::cat>("autocast::cat");
  m.impl<ops::aten::linear, &kernels::autocast::linear>("autocast::linear");
  m.impl<ops::aten::matmul, &kernels::autocast::matmul>("autocast::matmul");
  m.impl<ops::aten::mm, &kernels::autocast::mm>("autocast::mm");
  m.impl<ops::aten::stack, &kernels::autocast::stack>("autocast::stack");
}

}  // namespace pytorch::dispatch
