// Modes and subclasses, and the fallbacks that ask them.
//
// Mirrors ATen/core/PythonFallbackKernel.cpp and c10/core/impl/TorchDispatchModeTLS.h. A
// mode sees all calls of its thread; a subclass is a tensor that has a handler.

#ifndef DISPATCH_CODEGEN_MODES_H
#define DISPATCH_CODEGEN_MODES_H

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dispatcher.h"
#include "observers.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// What a thread includes while something of a policy is active: as declared, or the key.
template <class Traits>
constexpr typename Traits::KeySet mode_keys(Policy policy) {
  typename Traits::KeySet keys;
  for (const auto& fallback : Traits::fallbacks()) {
    if (fallback.policy != policy) continue;
    keys = keys | (fallback.mode.include.empty() ? typename Traits::KeySet(fallback.key)
                                                 : fallback.mode.include);
  }
  return keys;
}

/// Sees all calls of its thread while a DispatchModeGuard keeps it active. While it runs, the modes
/// outside of it are the active ones.
template <class Traits>
class DispatchMode {
 public:
  using Stack = dispatch_codegen::Stack<typename Traits::Value>;

  virtual ~DispatchMode() = default;
  /// Takes the arguments from the end of the stack and leaves the results there. False, with
  /// the stack as it was, lets others answer.
  virtual bool dispatch(const OperatorHandle<Traits>& op, Stack* stack) = 0;
};

/// Answers for the tensors of a subclass. A dispatcher finds it by
/// `dispatch_handler(const Tensor&)`, which returns a pointer to it, or null.
template <class Traits>
class DispatchHandler {
 public:
  using Stack = dispatch_codegen::Stack<typename Traits::Value>;

  virtual ~DispatchHandler() = default;
  /// As DispatchMode; `handlers` are those of all arguments, the most derived first.
  virtual bool dispatch(const OperatorHandle<Traits>& op,
                        Stack* stack,
                        std::span<DispatchHandler* const> handlers) = 0;
  /// Whether it is asked before another one.
  virtual bool is_derived_from(const DispatchHandler&) const { return false; }
};

/// Makes a mode the innermost one of this thread while it is alive. Guards end in the
/// opposite order of their beginnings.
template <class Traits>
class DispatchModeGuard {
 public:
  explicit DispatchModeGuard(DispatchMode<Traits>& mode)
      : mode_(mode), outer_(Traits::local().mode) {
    push();
  }
  DispatchModeGuard(const DispatchModeGuard&) = delete;
  DispatchModeGuard& operator=(const DispatchModeGuard&) = delete;
  ~DispatchModeGuard() { pop(); }

  DispatchMode<Traits>& mode() const { return mode_; }
  DispatchModeGuard* outer() const { return outer_; }

  void push() {
    auto& local = Traits::local();
    if (outer_ == nullptr) local.include(local.included | keys.raw_repr());
    local.mode = this;
  }
  void pop() {
    auto& local = Traits::local();
    local.mode = outer_;
    if (outer_ == nullptr) local.include(local.included & ~keys.raw_repr());
  }

 private:
  static constexpr typename Traits::KeySet keys = mode_keys<Traits>(Policy::python);

  DispatchMode<Traits>& mode_;
  DispatchModeGuard* outer_;
};

/// Turns the Python dispatcher on for this thread while it is alive.
template <class Traits>
class EnablePythonDispatcher {
 public:
  EnablePythonDispatcher() : was_on_(Traits::local().python_dispatcher) {
    auto& local = Traits::local();
    local.python_dispatcher = true;
    local.include(local.included | keys.raw_repr());
  }
  EnablePythonDispatcher(const EnablePythonDispatcher&) = delete;
  EnablePythonDispatcher& operator=(const EnablePythonDispatcher&) = delete;
  ~EnablePythonDispatcher() {
    auto& local = Traits::local();
    local.python_dispatcher = was_on_;
    if (!was_on_) local.include(local.included & ~keys.raw_repr());
  }

 private:
  static constexpr typename Traits::KeySet keys =
      mode_keys<Traits>(Policy::python_dispatcher);

  bool was_on_;
};

namespace detail {

/// The arguments of a call at the end of a stack.
template <class Traits>
std::span<typename Traits::Value> arguments_of(const OperatorHandle<Traits>& op,
                                               Stack<typename Traits::Value>* stack) {
  return stack->last(op.schema().arguments.size());
}

/// Handlers of the tensors among some arguments that have a key, each once, derived ones
/// first.
template <class Traits>
std::vector<DispatchHandler<Traits>*> handlers_of(
    std::span<typename Traits::Value> values,
    typename Traits::KeySet key,
    bool& has_tensor) {
  std::vector<DispatchHandler<Traits>*> found;
  has_tensor = false;
  const auto visit = [&](const auto& tensor) {
    has_tensor = true;
    if constexpr (requires { dispatch_handler(tensor); }) {
      if (!key_set(tensor).has_all(key)) return;
      DispatchHandler<Traits>* const handler = dispatch_handler(tensor);
      if (handler == nullptr) return;
      std::size_t place = found.size();
      for (std::size_t i = found.size(); i > 0; --i) {
        if (found[i - 1] == handler) return;
        if (handler->is_derived_from(*found[i - 1])) place = i - 1;
      }
      found.insert(found.begin() + static_cast<std::ptrdiff_t>(place), handler);
    }
  };
  for (const auto& value : values) for_each_tensor(value, visit);
  return found;
}

/// Asks the handlers in turn. Throws TypeError if none answers.
template <class Traits>
void ask(const OperatorHandle<Traits>& op,
         Stack<typename Traits::Value>* stack,
         const std::vector<DispatchHandler<Traits>*>& handlers) {
  for (DispatchHandler<Traits>* const handler : handlers) {
    if (handler->dispatch(op, stack, handlers)) return;
  }
  throw_type_error(op.operator_name() + ": no mode or subclass has an answer");
}

/// Lets the modes outside of one be the active ones.
template <class Traits>
class OutsideOf {
 public:
  explicit OutsideOf(DispatchModeGuard<Traits>* mode) : mode_(mode) { mode_->pop(); }
  OutsideOf(const OutsideOf&) = delete;
  OutsideOf& operator=(const OutsideOf&) = delete;
  ~OutsideOf() { mode_->push(); }

 private:
  DispatchModeGuard<Traits>* mode_;
};

template <class Traits>
void run_python(const OperatorHandle<Traits>& op,
                typename Traits::KeySet keys,
                Stack<typename Traits::Value>* stack,
                const Fallback<typename Traits::Numbering>& fallback) {
  using KeySet = typename Traits::KeySet;
  const MaybeSetTLSOnEntryGuard<Traits> on_entry;
  const ChangeGuard<Traits> excluded({.exclude = fallback.exclude});
  auto& local = Traits::local();
  const KeySet key(fallback.key);
  const auto values = arguments_of(op, stack);
  std::optional<ObservedOnStack<Traits>> observed;
  if (observing<Traits>.load(std::memory_order_acquire) != 0) {
    observed.emplace(local.mode != nullptr ? "PythonDispatchMode" : "PythonSubclass",
                     KeySet(),
                     false,
                     values);
  }
  bool has_tensor = false;
  const auto handlers = handlers_of<Traits>(values, key, has_tensor);
  if (DispatchModeGuard<Traits>* const mode = local.mode; mode != nullptr) {
    {
      const OutsideOf<Traits> outside(mode);
      if (mode->mode().dispatch(op, stack)) return;
    }
    return ask<Traits>(op, stack, handlers);
  }
  if (!handlers.empty()) return ask<Traits>(op, stack, handlers);
  if (!has_tensor) {
    throw DispatchError(op.operator_name() +
                        ": internal error: " + std::string(Traits::name(fallback.key)) +
                        " was reached with no mode and no tensor among the arguments");
  }
  // Without the key, here and in what the thread includes (pytorch/pytorch#136565).
  const ForceDispatchKeyGuard<Traits> without(
      KeySet(RAW, local.included & ~key.raw_repr()), KeySet(RAW, local.excluded));
  op.redispatchBoxed(KeySet(RAW, keys.raw_repr() & ~key.raw_repr()), stack);
}

/// Runs what is registered for the key that the rules lead to. Where that is another
/// kernel, it runs as in a call: with the keyset of the arguments and the thread, so that
/// redispatches still come by here.
template <class Traits>
void run_python_dispatcher(const OperatorHandle<Traits>& op,
                           typename Traits::KeySet keys,
                           Stack<typename Traits::Value>* stack,
                           const Fallback<typename Traits::Numbering>& fallback) {
  using Numbering = typename Traits::Numbering;
  using KeySet = typename Traits::KeySet;
  OperatorEntry<Traits>& entry = *op.entry();
  if (!Traits::local().python_dispatcher) {
    throw DispatchError(op.operator_name() +
                        ": internal error: " + std::string(Traits::name(fallback.key)) +
                        " was reached and no Python dispatcher is on");
  }
  const KeySet below(RAW, keys.raw_repr() & ~KeySet(fallback.key).raw_repr());
  const auto slot = below.highestPriorityTypeId();
  typename OperatorEntry<Traits>::KernelPtr kernel;
  {
    const auto held = Dispatcher<Traits>::singleton().lock();
    auto registered = entry.registered();
    for (const auto& [key, python] : entry.python_kernels) {
      registered |= key_values<Numbering>({key});
    }
    const auto choice =
        evaluate<Numbering>(Traits::alias_rules(),
                            registered,
                            Dispatcher<Traits>::singleton().fallback_keys(),
                            slot);
    if (choice.source == Source::nothing) {
      throw_not_implemented(op.operator_name() + ": there is no kernel for " +
                            std::string(Traits::name(slot)));
    }
    if (choice.source == Source::kernel || choice.source == Source::ambiguous) {
      for (const auto& [key, python] : entry.python_kernels) {
        if (key == choice.key) kernel = python;
      }
    }
  }
  if (kernel != nullptr) return call_kernel(*kernel, op, below, stack);
  entry.run_content(slot, entry.call_keys(*stack), stack);
}

}  // namespace detail

}  // namespace dispatch_codegen

#endif
