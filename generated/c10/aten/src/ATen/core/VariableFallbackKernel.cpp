// What keys do for operators that have no kernel for them.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#include <ATen/core/VariableHooksInterface.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/DispatchKeySet.h>
#include <torch/library.h>

namespace at::impl {

namespace {

#if !defined(C10_MOBILE_TRIM_DISPATCH_KEYS) && !defined(C10_MOBILE)
// A build without hooks for derivatives goes on below.
void autogradNotImplementedFallback(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet keys,
    torch::jit::Stack* stack) {
  if (HasVariableHooks()) {
    GetVariableHooks()->basic_autograd_not_implemented_fallback(
        op, keys, stack);
    return;
  }
  op.redispatchBoxed(keys & c10::after_autograd_keyset, stack);
}
#endif

torch::CppFunction autogradNotImplementedOrFallthrough() {
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
  return torch::CppFunction::makeFallthrough();
#else
  return torch::CppFunction::makeFromBoxedFunction<
      &autogradNotImplementedFallback>();
#endif
}

} // namespace

TORCH_LIBRARY_IMPL(_, AutogradOther, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradCPU, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradCUDA, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradXLA, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradMPS, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradXPU, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradHPU, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradLazy, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradMTIA, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradMAIA, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradPrivateUse1, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, AutogradMeta, m) {
  m.fallback(autogradNotImplementedOrFallthrough());
}

TORCH_LIBRARY_IMPL(_, ADInplaceOrView, m) {
  m.fallback(torch::CppFunction::makeFallthrough());
}

} // namespace at::impl
