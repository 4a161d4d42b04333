// Binds what is declared for BatchedNestedTensor to the bodies of kernels.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#include "pytorch/dispatch/dispatcher.h"
#include "pytorch/dispatch/kernels.h"
#include "pytorch/dispatch/operators/aten/cat.h"

namespace pytorch::dispatch {

PYTORCH_LIBRARY_IMPL(_, BatchedNestedTensor, m) {
  m.fallback(
      CppFunction::makeFromBoxedFunction<&kernels::batchedNestedTensorFallback>());
}

PYTORCH_LIBRARY_IMPL(aten, BatchedNestedTensor, m) {
  m.impl<ops::aten::cat, &kernels::functorch::LegacyBatchingRegistrations::nested_cat>(
      "functorch::LegacyBatchingRegistrations::nested_cat");
}

}  // namespace pytorch::dispatch
