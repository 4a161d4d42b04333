// Binds what is declared for Conjugate to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, Conjugate, m) {
  m.fallback(CppFunction::makeFromBoxedFunction<&kernels::conjugateFallback>());
}

}  // namespace pytorch::dispatch
