// Copied; to rewrite it, run: dispatch-codegen generate --target c10

#include <ATen/core/PythonFallbackKernel.h>
#include <ATen/core/PythonFallbackPolicies.h>
#include <ATen/record_function.h>
#include <c10/core/SafePyObject.h>
#include <c10/core/TensorImpl.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <c10/core/impl/PyInterpreter.h>
#include <c10/core/impl/PyInterpreterHooks.h>
#include <c10/core/impl/PythonDispatcherTLS.h>
#include <c10/core/impl/TorchDispatchModeTLS.h>
#include <c10/util/Exception.h>
#include <optional>

namespace at::impl {

namespace {

using c10::DispatchKey;
using c10::DispatchKeySet;
using c10::impl::LocalDispatchKeySet;

// What the thread included and excluded when its outermost call came in. Empty
// outside of calls, and while a RestorePythonTLSSnapshot lives: calls that
// Python code makes below one begin anew.
thread_local std::optional<LocalDispatchKeySet> keys_on_entry;

const LocalDispatchKeySet& keptKeys() {
  TORCH_CHECK(
      keys_on_entry.has_value(),
      "The dispatch keys of a call can be restored only while it runs "
      "__torch_dispatch__.");
  return *keys_on_entry;
}

// What the tensors among a call's arguments have of Python.
struct PythonArguments {
  bool any_object = false;
  bool any_key = false;

  void add(const c10::IValue& tensor) {
    const c10::TensorImpl* const impl = tensor.unsafeToTensorImpl();
    any_object = any_object || impl->pyobj_slot()->load_pyobj() != nullptr;
    any_key = any_key || impl->key_set().has(DispatchKey::Python);
  }
};

PythonArguments pythonArguments(at::ArrayRef<c10::IValue> arguments) {
  PythonArguments found;
  for (const c10::IValue& argument : arguments) {
    if (argument.isTensor()) {
      found.add(argument);
    } else if (argument.isTensorList() || argument.isOptionalTensorList()) {
      for (const c10::IValue& item : argument.toListRef()) {
        if (!item.isNone()) {
          found.add(item);
        }
      }
    }
  }
  return found;
}

// A mode that has ended, or was taken off, brought the call here: it must not
// come back.
void runWithoutPython(
    const c10::OperatorHandle& op,
    DispatchKeySet keys,
    torch::jit::Stack* stack,
    DispatchKey key) {
  const auto without = [key](DispatchKeySet set) {
    return set.remove(DispatchKey::Python).remove(key);
  };
  const LocalDispatchKeySet local = c10::impl::tls_local_dispatch_key_set();
  const c10::impl::ForceDispatchKeyGuard below(
      without(local.included_), local.excluded_);
  op.redispatchBoxed(without(keys), stack);
}

} // namespace

void runPython(
    const c10::OperatorHandle& op,
    DispatchKeySet keys,
    torch::jit::Stack* stack,
    DispatchKey key,
    DispatchKeySet excluded) {
  // A redispatch may bring a call here that nothing was kept for.
  const MaybeSetTLSOnEntryGuard on_entry;
  const c10::impl::ExcludeDispatchKeyGuard exclude(excluded);
  const auto arguments =
      torch::jit::last(*stack, op.schema().arguments().size());

  // PyTorch's own modes stand below all others in the stack.
  const auto modes = c10::impl::TorchDispatchModeTLS::stack_len();
  if (modes > 0) {
    RECORD_FUNCTION("PythonDispatchMode", arguments);
    const auto& mode = c10::impl::TorchDispatchModeTLS::get_stack_at(modes - 1);
    mode->pyinterpreter()->dispatch(op, stack);
    return;
  }

  RECORD_FUNCTION("PythonSubclass", arguments);
  const PythonArguments found = pythonArguments(arguments);
  const auto* const interpreter =
      found.any_object ? c10::impl::getGlobalPyInterpreter() : nullptr;
  TORCH_INTERNAL_ASSERT(
      interpreter != nullptr,
      op.operator_name(),
      ": no mode is active and no tensor argument is known to Python");
  if (found.any_key) {
    (*interpreter)->dispatch(op, stack);
  } else {
    runWithoutPython(op, keys, stack, key);
  }
}

void runPythonDispatcher(
    const c10::OperatorHandle& op,
    DispatchKeySet keys,
    torch::jit::Stack* stack,
    DispatchKey key) {
  const auto* const state = c10::impl::PythonDispatcherTLS::get_state();
  TORCH_INTERNAL_ASSERT(
      state != nullptr,
      op.operator_name(),
      ": the thread has no Python dispatcher for ",
      key);
  // A Python dispatcher that sends a call here by key gives all keys of the
  // call: with those above, or the dispatcher's own, it would do so again.
  const DispatchKeySet below =
      keys & DispatchKeySet(DispatchKeySet::FULL_AFTER, key);
  (*state)->python_dispatcher(
      op, below.remove(DispatchKey::PythonDispatcher), stack);
}

void runPythonTLSSnapshot(
    const c10::OperatorHandle& op,
    DispatchKeySet keys,
    torch::jit::Stack* stack) {
  const MaybeSetTLSOnEntryGuard guard;
  op.redispatchBoxed(keys, stack);
}

RestorePythonTLSSnapshot::RestorePythonTLSSnapshot()
    : saved_(keptKeys()), guard_(keptKeys()) {
  keys_on_entry.reset();
}

RestorePythonTLSSnapshot::~RestorePythonTLSSnapshot() {
  TORCH_INTERNAL_ASSERT(!keys_on_entry.has_value());
  keys_on_entry = saved_;
}

MaybeSetTLSOnEntryGuard::MaybeSetTLSOnEntryGuard()
    : value_set_(!keys_on_entry.has_value()) {
  if (value_set_) {
    keys_on_entry = c10::impl::tls_local_dispatch_key_set();
  }
}

MaybeSetTLSOnEntryGuard::~MaybeSetTLSOnEntryGuard() {
  if (value_set_) {
    TORCH_INTERNAL_ASSERT(keys_on_entry.has_value());
    keys_on_entry.reset();
  }
}

} // namespace at::impl
