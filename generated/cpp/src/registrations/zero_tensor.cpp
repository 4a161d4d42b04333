// Binds what is declared for ZeroTensor to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/add.h"
#include "pytorch/dispatch/operators/aten/as_strided.h"
#include "pytorch/dispatch/operators/aten/mul.h"
#include "pytorch/dispatch/operators/aten/view.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, ZeroTensor, m) {
  m.fallback(CppFunction::makeFromBoxedFunction<&kernels::zeroTensorFallback>());
}

PYTORCH_LIBRARY_IMPL(aten, ZeroTensor, m) {
  m.impl<ops::aten::add_Tensor, &kernels::add_zerotensor>("add_zerotensor");
  m.impl<ops::aten::as_strided, &kernels::as_strided_tensorimpl>(
      "as_strided_tensorimpl");
  m.impl<ops::aten::mul_Tensor, &kernels::mul_zerotensor>("mul_zerotensor");
  m.impl<ops::aten::view, &kernels::view_symint>("view_symint");
}

}  // namespace pytorch::dispatch
