#include "policies.h"

#include <ATen/core/PythonFallbackKernel.h>
#include <ATen/core/VariableHooksInterface.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>
#include <ATen/native/CPUFallback.h>
#include <ATen/record_function.h>
#include <c10/core/TensorImpl.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <c10/core/impl/PyInterpreter.h>
#include <c10/core/impl/PyInterpreterHooks.h>
#include <c10/core/impl/PythonDispatcherTLS.h>
#include <c10/core/impl/TorchDispatchModeTLS.h>
#include <c10/util/Exception.h>

#include <cstddef>
#include <string>

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {
namespace detail {

namespace {

using c10::DispatchKey;
using c10::DispatchKeySet;

/// What the tensors among a call's arguments have of Python.
struct PythonArguments {
  bool any_object = false;
  bool any_key = false;

  void add(const c10::IValue& tensor) {
    const c10::TensorImpl* const impl = tensor.unsafeToTensorImpl();
    any_object = any_object || impl->pyobj_slot()->load_pyobj() != nullptr;
    any_key = any_key || impl->key_set().has(DispatchKey::Python);
  }
};

PythonArguments python_arguments(at::ArrayRef<c10::IValue> arguments) {
  PythonArguments found;
  for (const c10::IValue& argument : arguments) {
    if (argument.isTensor()) {
      found.add(argument);
    } else if (argument.isTensorList() || argument.isOptionalTensorList()) {
      for (const c10::IValue& item : argument.toListRef()) {
        if (!item.isNone()) found.add(item);
      }
    }
  }
  return found;
}

}  // namespace

void throw_not_implemented(const Operator& op, std::string_view message) {
  c10::Dispatcher::singleton().throwIfHasPythonModule(op.operator_name());
  constexpr std::string_view kPlace = "{operator}";
  const std::string name = c10::toString(op.operator_name());
  std::string text(message);
  for (std::size_t at = text.find(kPlace); at != std::string::npos;
       at = text.find(kPlace, at + name.size())) {
    text.replace(at, kPlace.size(), name);
  }
  C10_THROW_ERROR(NotImplementedError, text);
}

void run_autograd_not_implemented(const Operator& op,
                                  DispatchKeySet keys,
                                  Stack* stack,
                                  DispatchKeySet redispatch_to) {
  if (!at::impl::HasVariableHooks()) {
    return op.redispatchBoxed(keys & redispatch_to, stack);
  }
  at::impl::GetVariableHooks()->basic_autograd_not_implemented_fallback(
      op, keys, stack);
}

void run_python(const Operator& op,
                DispatchKeySet keys,
                Stack* stack,
                DispatchKeySet excluded) {
  const at::impl::MaybeSetTLSOnEntryGuard on_entry;
  const c10::impl::ExcludeDispatchKeyGuard exclude(excluded);
  const auto arguments = torch::jit::last(*stack, op.schema().arguments().size());
  // Infrastructure modes stand below all others in the stack.
  const auto modes = c10::impl::TorchDispatchModeTLS::stack_len();
  if (modes > 0) {
    RECORD_FUNCTION("PythonDispatchMode", arguments);
    const auto& mode = c10::impl::TorchDispatchModeTLS::get_stack_at(modes - 1);
    return mode->pyinterpreter()->dispatch(op, stack);
  }
  RECORD_FUNCTION("PythonSubclass", arguments);
  const PythonArguments found = python_arguments(arguments);
  const auto* const interpreter =
      found.any_object ? c10::impl::getGlobalPyInterpreter() : nullptr;
  TORCH_INTERNAL_ASSERT(
      interpreter != nullptr,
      op.operator_name(),
      ": no mode is active and no tensor argument is known to Python");
  if (found.any_key) return (*interpreter)->dispatch(op, stack);
  // A mode that has ended, or was taken off, brought the call here: it must not come
  // back.
  const DispatchKey here = keys.highestPriorityTypeId();
  const auto without = [here](DispatchKeySet set) {
    set = set.remove(DispatchKey::Python);
    return here == DispatchKey::Undefined ? set : set.remove(here);
  };
  const c10::impl::LocalDispatchKeySet local = c10::impl::tls_local_dispatch_key_set();
  const c10::impl::ForceDispatchKeyGuard below(without(local.included_),
                                               local.excluded_);
  op.redispatchBoxed(without(keys), stack);
}

void run_python_dispatcher(const Operator& op,
                           DispatchKeySet keys,
                           Stack* stack,
                           DispatchKey key) {
  const auto* const state = c10::impl::PythonDispatcherTLS::get_state();
  TORCH_INTERNAL_ASSERT(state != nullptr,
                        op.operator_name(),
                        ": the thread has no Python dispatcher for ",
                        key);
  // A Python dispatcher that sends a call here by key gives all keys of the call:
  // without those above, and the dispatcher's own, it would send the call here again.
  const DispatchKeySet below = keys & DispatchKeySet(DispatchKeySet::FULL_AFTER, key);
  (*state)->python_dispatcher(op, below.remove(DispatchKey::PythonDispatcher), stack);
}

void run_python_tls_snapshot(const Operator& op, DispatchKeySet keys, Stack* stack) {
  // Leaves alone what an outer call kept, as long as no Python code ran in between.
  const at::impl::MaybeSetTLSOnEntryGuard on_entry;
  op.redispatchBoxed(keys, stack);
}

void run_on_host(const Operator& op, DispatchKeySet, Stack* stack) {
  at::native::cpu_fallback(op, stack);
}

}  // namespace detail
}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen
