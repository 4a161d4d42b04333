// Binds what is declared for CompositeImplicitAutogradNestedTensor to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/randn_like.h"
#include "pytorch/dispatch/operators/aten/reshape.h"
#include "pytorch/dispatch/operators/aten/zeros_like.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(aten, CompositeImplicitAutogradNestedTensor, m) {
  m.impl<ops::aten::randn_like, &kernels::randn_like>("randn_like");
  m.impl<ops::aten::reshape, &kernels::reshape_nested_symint>("reshape_nested_symint");
  m.impl<ops::aten::zeros_like, &kernels::zeros_like>("zeros_like");
}

}  // namespace pytorch::dispatch
