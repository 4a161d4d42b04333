// What fallbacks do when a call reaches them.
//
// Each policy is what PyTorch's own fallback of that kind does, for any key: keysets,
// keys and texts are the caller's. All are boxed, as PyTorch's are.
//
// Note [A keyset or text as template argument] They are given by reference, so they
// need names: constants at namespace scope.

#ifndef DISPATCH_CODEGEN_TORCH_POLICIES_H
#define DISPATCH_CODEGEN_TORCH_POLICIES_H

#include <c10/core/DispatchKey.h>
#include <c10/core/DispatchKeySet.h>

#include <string_view>

#include "registry.h"
#include "visibility.h"

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

namespace detail {

using Operator = c10::OperatorHandle;
using Stack = torch::jit::Stack;

[[noreturn]] void throw_not_implemented(const Operator& op, std::string_view message);
void run_autograd_not_implemented(const Operator& op,
                                  c10::DispatchKeySet keys,
                                  Stack* stack,
                                  c10::DispatchKeySet redispatch_to);
void run_python(const Operator& op,
                c10::DispatchKeySet keys,
                Stack* stack,
                c10::DispatchKeySet excluded);
void run_python_dispatcher(const Operator& op,
                           c10::DispatchKeySet keys,
                           Stack* stack,
                           c10::DispatchKey key);
void run_python_tls_snapshot(const Operator& op,
                             c10::DispatchKeySet keys,
                             Stack* stack);
void run_on_host(const Operator& op, c10::DispatchKeySet keys, Stack* stack);

template <const auto& message>
void not_implemented(const Operator& op, c10::DispatchKeySet, Stack*) {
  throw_not_implemented(op, message);
}

template <const c10::DispatchKeySet& redispatch_to>
void redispatch(const Operator& op, c10::DispatchKeySet keys, Stack* stack) {
  op.redispatchBoxed(keys & redispatch_to, stack);
}

template <const c10::DispatchKeySet& redispatch_to>
void autograd_not_implemented(const Operator& op,
                              c10::DispatchKeySet keys,
                              Stack* stack) {
  run_autograd_not_implemented(op, keys, stack, redispatch_to);
}

template <const c10::DispatchKeySet& excluded>
void python(const Operator& op, c10::DispatchKeySet keys, Stack* stack) {
  run_python(op, keys, stack, excluded);
}

template <c10::DispatchKey key>
void python_dispatcher(const Operator& op, c10::DispatchKeySet keys, Stack* stack) {
  run_python_dispatcher(op, keys, stack, key);
}

template <const c10::DispatchKeySet& redispatch_to>
void python_tls_snapshot(const Operator& op, c10::DispatchKeySet keys, Stack* stack) {
  run_python_tls_snapshot(op, keys & redispatch_to, stack);
}

}  // namespace detail

/// Throws NotImplementedError with a text in which `{operator}` stands for the
/// operator's name; or, if the operator names a Python module for its fake kernel, what
/// PyTorch says of that module.
template <const auto& message>
constexpr FunctionMaker not_implemented() noexcept {
  return boxed<&detail::not_implemented<message>>();
}

/// The call goes on with those of its keys that are in a keyset.
template <const c10::DispatchKeySet& redispatch_to>
constexpr FunctionMaker redispatch() noexcept {
  return boxed<&detail::redispatch<redispatch_to>>();
}

/// What `torch._C._set_autograd_fallback_mode` says; in a PyTorch without autograd, the
/// call goes on with those of its keys that are in a keyset.
template <const c10::DispatchKeySet& redispatch_to>
constexpr FunctionMaker autograd_not_implemented() noexcept {
  return boxed<&detail::autograd_not_implemented<redispatch_to>>();
}

/// Calls the innermost `TorchDispatchMode` of the thread, else the `__torch_dispatch__`
/// of the tensor arguments; a keyset is excluded meanwhile. The call goes on below
/// where neither is there.
template <const c10::DispatchKeySet& excluded>
constexpr FunctionMaker python() noexcept {
  return boxed<&detail::python<excluded>>();
}

/// The thread's Python dispatcher decides what runs for the call's keys below this one.
template <c10::DispatchKey key>
constexpr FunctionMaker python_dispatcher() noexcept {
  return boxed<&detail::python_dispatcher<key>>();
}

/// Keeps which keys the thread includes and excludes, for Python code below to go back
/// to, and goes on with those of its keys that are in a keyset.
template <const c10::DispatchKeySet& redispatch_to>
constexpr FunctionMaker python_tls_snapshot() noexcept {
  return boxed<&detail::python_tls_snapshot<redispatch_to>>();
}

/// Runs the operator on the host with copies of its tensors, and copies the results to
/// the tensors' device.
constexpr FunctionMaker backend_fallback_to_host() noexcept {
  return boxed<&detail::run_on_host>();
}

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen

#endif
