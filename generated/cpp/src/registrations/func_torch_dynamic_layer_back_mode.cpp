// Binds what is declared for FuncTorchDynamicLayerBackMode to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/alias.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, FuncTorchDynamicLayerBackMode, m) {
  m.fallback(CppFunction::makeFromBoxedFunction<&kernels::dynamicLayerBackFallback>());
}

PYTORCH_LIBRARY_IMPL(aten, FuncTorchDynamicLayerBackMode, m) {
  m.impl<ops::aten::alias, &kernels::functorch::DynamicLayer::alias>(
      "functorch::DynamicLayer::alias");
}

}  // namespace pytorch::dispatch
