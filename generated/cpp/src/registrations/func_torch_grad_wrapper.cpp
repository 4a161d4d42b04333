// Binds what is declared for FuncTorchGradWrapper to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, FuncTorchGradWrapper, m) {
  m.fallback(CppFunction::makeFromBoxedFunction<&kernels::gradWrapperFallback>());
}

}  // namespace pytorch::dispatch
