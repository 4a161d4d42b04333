// Binds what is declared for FuncTorchDynamicLayerFrontMode to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/dropout.h"
#include "pytorch/dispatch/operators/aten/linear.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, FuncTorchDynamicLayerFrontMode, m) {
  m.fallback(CppFunction::makeFromBoxedFunction<&kernels::dynamicLayerFrontFallback>());
}

PYTORCH_LIBRARY_IMPL(aten, FuncTorchDynamicLayerFrontMode, m) {
  m.impl<ops::aten::dropout, &kernels::functorch::PyTorchOperatorHacks::dropout>(
      "functorch::PyTorchOperatorHacks::dropout");
  m.impl<ops::aten::linear, &kernels::functorch::PyTorchOperatorHacks::linear>(
      "functorch::PyTorchOperatorHacks::linear");
}

}  // namespace pytorch::dispatch
