// Binds what is declared for Negative to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, Negative, m) {
  m.fallback(CppFunction::makeFromBoxedFunction<&kernels::negationFallback>());
}

}  // namespace pytorch::dispatch
