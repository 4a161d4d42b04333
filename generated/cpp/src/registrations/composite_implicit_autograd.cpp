// Binds what is declared for CompositeImplicitAutograd to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/_test/leaky_relu.h"
#include "pytorch/dispatch/operators/aten/chunk.h"
#include "pytorch/dispatch/operators/aten/cudnn_is_acceptable.h"
#include "pytorch/dispatch/operators/aten/dropout.h"
#include "pytorch/dispatch/operators/aten/flatten.h"
#include "pytorch/dispatch/operators/aten/is_nonzero.h"
#include "pytorch/dispatch/operators/aten/linear.h"
#include "pytorch/dispatch/operators/aten/matmul.h"
#include "pytorch/dispatch/operators/aten/native_channel_shuffle.h"
#include "pytorch/dispatch/operators/aten/requires_grad_.h"
#include "pytorch/dispatch/operators/aten/reshape.h"
#include "pytorch/dispatch/operators/aten/silu_backward.h"
#include "pytorch/dispatch/operators/probe/ambiguous.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_test, CompositeImplicitAutograd, m) {
  m.impl<ops::_test::leaky_relu, &kernels::leaky_relu>("leaky_relu");
}

PYTORCH_LIBRARY_IMPL(aten, CompositeImplicitAutograd, m) {
  m.impl<ops::aten::chunk, &kernels::chunk>("chunk");
  m.impl<ops::aten::cudnn_is_acceptable, &kernels::cudnn_is_acceptable>(
      "cudnn_is_acceptable");
  m.impl<ops::aten::dropout, &kernels::dropout>("dropout");
  m.impl<ops::aten::flatten_using_ints, &kernels::flatten>("flatten");
  m.impl<ops::aten::is_nonzero, &kernels::is_nonzero>("is_nonzero");
  m.impl<ops::aten::linear, &kernels::linear>("linear");
  m.impl<ops::aten::matmul, &kernels::matmul>("matmul");
  m.impl<ops::aten::native_channel_shuffle, &kernels::math_channel_shuffle>(
      "math_channel_shuffle");
  m.impl<ops::aten::requires_grad_, &kernels::requires_grad_>("requires_grad_");
  m.impl<ops::aten::reshape, &kernels::reshape_symint>("reshape_symint");
  m.impl<ops::aten::silu_backward, &kernels::math_silu_backward>("math_silu_backward");
}

PYTORCH_LIBRARY_IMPL(probe, CompositeImplicitAutograd, m) {
  m.impl<ops::probe::ambiguous, &kernels::ambiguous>("ambiguous");
}

}  // namespace pytorch::dispatch
