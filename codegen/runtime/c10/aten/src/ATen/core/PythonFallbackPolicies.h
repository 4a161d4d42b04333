// What fallbacks do that hand a call to Python.
//
// Each function is for any key: keys and keysets are the caller's.
//
// Copied; to rewrite it, run: dispatch-codegen generate --target c10

#pragma once

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>
#include <c10/core/DispatchKey.h>
#include <c10/core/DispatchKeySet.h>

namespace at::impl {

/// Calls the innermost `TorchDispatchMode` of the thread, else the
/// `__torch_dispatch__` of the tensor arguments. Where neither is there, the
/// call goes on without the key.
///
/// `excluded` is excluded meanwhile, and which keys the thread includes and
/// excludes is kept as by runPythonTLSSnapshot.
void runPython(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet keys,
    torch::jit::Stack* stack,
    c10::DispatchKey key,
    c10::DispatchKeySet excluded);

/// The thread's Python dispatcher decides what runs for the keys below this
/// one.
void runPythonDispatcher(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet keys,
    torch::jit::Stack* stack,
    c10::DispatchKey key);

/// Keeps which keys the thread includes and excludes, for Python code below to
/// go back to, unless an outer call has; then the call goes on with these keys.
void runPythonTLSSnapshot(
    const c10::OperatorHandle& op,
    c10::DispatchKeySet keys,
    torch::jit::Stack* stack);

} // namespace at::impl
