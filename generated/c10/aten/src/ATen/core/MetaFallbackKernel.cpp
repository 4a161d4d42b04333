// What keys do for operators that have no kernel for them.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/DispatchKeySet.h>
#include <c10/util/Exception.h>
#include <torch/library.h>

namespace at::impl {

namespace {

void notImplementedFallback(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet /*keys*/,
    torch::jit::Stack* /*stack*/) {
  // An operator may name the module whose import would bring a kernel.
  c10::Dispatcher::singleton().throwIfHasPythonModule(op.operator_name());
  TORCH_CHECK_NOT_IMPLEMENTED(
      false,
      op.operator_name(),
      ": there is no Meta kernel for this operator, so it cannot run on Meta "
      "tensors. Compilation and export need one: register a fake "
      "implementation or a kernel for Meta. See "
      "https://pytorch.org/tutorials/advanced/custom_ops_landing_page.html");
}

} // namespace

TORCH_LIBRARY_IMPL(_, Meta, m) {
  m.fallback(
      torch::CppFunction::makeFromBoxedFunction<&notImplementedFallback>());
}

} // namespace at::impl
