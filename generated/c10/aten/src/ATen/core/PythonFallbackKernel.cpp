// What keys do for operators that have no kernel for them.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target c10

#include <ATen/core/PythonFallbackPolicies.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/DispatchKey.h>
#include <c10/core/DispatchKeySet.h>
#include <torch/library.h>

namespace at::impl {

namespace {

// Not a fallthrough: what runs in place of others' kernels can run in place of
// this one.
void redispatchFallback(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet keys,
    torch::jit::Stack* stack) {
  op.redispatchBoxed(keys & c10::after_PreDispatch_keyset, stack);
}

void pythonFallback(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet keys,
    torch::jit::Stack* stack) {
  runPython(
      op, keys, stack, c10::DispatchKey::Python, c10::after_Python_keyset);
}

void pythonDispatcherFallback(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet keys,
    torch::jit::Stack* stack) {
  runPythonDispatcher(op, keys, stack, c10::DispatchKey::PythonDispatcher);
}

void pythonTlsSnapshotFallback(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet keys,
    torch::jit::Stack* stack) {
  runPythonTLSSnapshot(op, keys & c10::after_PythonTLSSnapshot_keyset, stack);
}

} // namespace

TORCH_LIBRARY_IMPL(_, Python, m) {
  m.fallback(torch::CppFunction::makeFromBoxedFunction<&pythonFallback>());
}

TORCH_LIBRARY_IMPL(_, PythonDispatcher, m) {
  m.fallback(
      torch::CppFunction::makeFromBoxedFunction<&pythonDispatcherFallback>());
}

TORCH_LIBRARY_IMPL(_, PythonTLSSnapshot, m) {
  m.fallback(
      torch::CppFunction::makeFromBoxedFunction<&pythonTlsSnapshotFallback>());
}

TORCH_LIBRARY_IMPL(_, PreDispatch, m) {
  m.fallback(torch::CppFunction::makeFromBoxedFunction<&redispatchFallback>());
}

} // namespace at::impl
