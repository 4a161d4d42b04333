// What each fallback policy does when a call reaches it.
//
// Here the arguments are on a stack; policies that only redispatch have typed forms in
// operator.h.

#ifndef DISPATCH_CODEGEN_POLICIES_H
#define DISPATCH_CODEGEN_POLICIES_H

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "autograd.h"
#include "modes.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// How tensors get from backend to backend, for operators that run on another one.
template <class Traits>
class Conversion {
 public:
  using Tensor = typename Traits::Tensor;
  using Backend = typename Traits::Numbering::Backend;

  virtual ~Conversion() = default;
  /// The tensor on a backend; `like` is one that the result should be like.
  virtual Tensor convert(const Tensor& tensor, Backend backend, const Tensor& like) = 0;
  /// Gives a tensor the content of another one.
  virtual void copy(const Tensor& to, const Tensor& from) = 0;
};

template <class Traits>
inline constinit std::atomic<Conversion<Traits>*> conversion{nullptr};

namespace detail {

/// Throws NotImplementedError with a declared message, or the name of the Python module
/// that the operator says has what it lacks.
template <class Traits>
[[noreturn]] void throw_declared(OperatorEntry<Traits>& entry,
                                 typename Traits::KeySet keys,
                                 std::string_view message) {
  const std::string& module = entry.python_module();
  if (!module.empty() &&
      !Dispatcher<Traits>::singleton().python_module_is_imported(module)) {
    throw_not_implemented(entry.name() + ": there is no kernel for " +
                          std::string(Traits::name(keys.highestPriorityTypeId())) +
                          ", and the operator says that the Python module `" + module +
                          "` has one: `import " + module + "` before calling it");
  }
  constexpr std::string_view place = "{operator}";
  std::string text(message);
  for (std::size_t at = text.find(place); at != std::string::npos;
       at = text.find(place, at + entry.name().size())) {
    text.replace(at, place.size(), entry.name());
  }
  throw_not_implemented(text);
}

/// Whether a dispatcher declares any fallback of a policy.
template <class Traits>
consteval bool declares_policy(Policy policy) {
  for (const auto& fallback : Traits::fallbacks()) {
    if (fallback.policy == policy) return true;
  }
  return false;
}

/// Runs the operator on another backend and converts the results back.
///
/// Mirrors ATen/native/CPUFallback.cpp.
template <class Traits>
void run_on_backend(const OperatorHandle<Traits>& op,
                    typename Traits::KeySet keys,
                    Stack<typename Traits::Value>* stack,
                    const Fallback<typename Traits::Numbering>& fallback) {
  using KeySet = typename Traits::KeySet;
  using Layout = typename KeySet::Layout;
  using Tensor = typename Traits::Tensor;
  using Value = typename Traits::Value;
  Conversion<Traits>* const tensors = conversion<Traits>.load();
  std::string target_name(Traits::name(fallback.backend));
  if (target_name.ends_with("Bit")) target_name.resize(target_name.size() - 3);
  if (tensors == nullptr) {
    throw DispatchError(op.operator_name() + ": nobody said how tensors get to " +
                        target_name + ": set `conversion`");
  }
  static_assert(
      MappedValue<Value, Tensor>,
      "the policy `backend_fallback_to` needs `map_tensors` of the boxed value "
      "type: see Note [Boxed values] in boxing.h");
  const SchemaView& schema = op.schema();
  if (op.entry()->warn_once(fallback.key)) {
    bool is_view = false;
    for (const Argument& argument : schema.arguments) {
      is_view = is_view || (argument.is_alias && !argument.is_write);
    }
    Dispatcher<Traits>::singleton().warn(
        op.operator_name() + ": there is no kernel for " +
        std::string(Traits::name(keys.highestPriorityTypeId())) + "; it runs on " +
        target_name + " and its results are converted back" +
        (is_view ? "; what should be a view is a copy then" : ""));
  }
  const std::size_t count = schema.arguments.size();
  struct Written {
    Tensor original;
    Tensor converted;
  };
  std::vector<Written> written;
  std::vector<Tensor> first;
  Stack<Value> converted;
  for (std::size_t i = 0; i < count; ++i) {
    const Value& value = peek(*stack, i, count);
    const bool is_write = schema.arguments[i].is_write;
    const auto convert = [&](const Tensor& tensor) {
      if (first.empty()) first.push_back(tensor);
      Tensor moved = tensors->convert(tensor, fallback.backend, tensor);
      if (is_write) written.push_back({tensor, moved});
      return moved;
    };
    converted.emplace(map_tensors(value, convert));
  }
  const auto functionality = Layout::functionality_of(fallback.key);
  op.redispatchBoxed(KeySet(Layout::runtime_key(functionality, fallback.backend)),
                     &converted);
  for (const Written& one : written) tensors->copy(one.original, one.converted);
  const auto back = keys.highestBackendKey();
  // The place in `written` of the next result that is one of them: the last are returned,
  // in their order, if tensors do not say which they are.
  [[maybe_unused]] std::size_t next = written.size();
  for (const Return& one : schema.returns) {
    if (one.is_write && next > 0) --next;
  }
  for (std::size_t i = 0; i < converted.size(); ++i) {
    converted[i] = map_tensors(converted[i], [&](const Tensor& tensor) {
      if constexpr (requires { tensor.is_same(tensor); }) {
        for (const Written& one : written) {
          if (one.converted.is_same(tensor)) return one.original;
        }
      } else if (i < schema.returns.size() && schema.returns[i].is_write &&
                 next < written.size()) {
        return written[next++].original;
      }
      return tensors->convert(tensor, back, first.empty() ? tensor : first.front());
    });
  }
  stack->drop(count);
  for (Value& result : converted) stack->push(std::move(result));
}

/// Runs the kernel that a library gave for a fallback that is declared by name.
template <class Traits>
void run_given(const OperatorHandle<Traits>& op,
               typename Traits::KeySet keys,
               Stack<typename Traits::Value>* stack,
               const Fallback<typename Traits::Numbering>& fallback) {
  auto& dispatcher = Dispatcher<Traits>::singleton();
  typename Dispatcher<Traits>::KernelPtr kernel;
  {
    const auto held = dispatcher.lock();
    kernel = dispatcher.given_fallback(fallback.key);
  }
  if (kernel == nullptr || !kernel->has_body()) op.entry()->throw_unbound(fallback.key);
  call_kernel(*kernel, op, keys, stack);
}

/// Runs a declared fallback with arguments on a stack.
template <class Traits>
void run_policy(const OperatorHandle<Traits>& op,
                typename Traits::KeySet keys,
                Stack<typename Traits::Value>* stack,
                const Fallback<typename Traits::Numbering>& fallback) {
  switch (fallback.policy) {
    case Policy::redispatch:
      return op.redispatchBoxed(keys & fallback.redispatch_to, stack);
    case Policy::python_tls_snapshot: {
      const MaybeSetTLSOnEntryGuard<Traits> on_entry;
      return op.redispatchBoxed(keys & fallback.redispatch_to, stack);
    }
    case Policy::autograd_not_implemented:
      return run_autograd(op, keys, stack, fallback);
    case Policy::python:
      return run_python(op, keys, stack, fallback);
    case Policy::python_dispatcher:
      return run_python_dispatcher(op, keys, stack, fallback);
    case Policy::backend_fallback_to:
      // Not all value types have what this one asks for.
      if constexpr (declares_policy<Traits>(Policy::backend_fallback_to)) {
        return run_on_backend(op, keys, stack, fallback);
      }
      break;
    case Policy::not_implemented:
      throw_declared(*op.entry(), keys, fallback.message);
    case Policy::kernel:
      return run_given(op, keys, stack, fallback);
    case Policy::fallthrough:
    case Policy::none:
      break;
  }
  op.entry()->throw_fallthrough(keys);
}

/// Runs the declared fallback of the slot that a keyset leads to.
template <class Traits>
void run_declared(const OperatorHandle<Traits>& op,
                  typename Traits::KeySet keys,
                  Stack<typename Traits::Value>* stack) {
  using Layout = typename Traits::KeySet::Layout;
  const std::size_t slot = Layout::table_index(keys.raw_repr());
  const std::size_t place = DeclaredFallbacks<Traits>::by_slot[slot];
  run_policy(op, keys, stack, Traits::fallbacks()[place]);
}

/// Runs the kernel of the slot that a keyset leads to, and keeps it alive meanwhile.
template <class Traits>
void run_held(const OperatorHandle<Traits>& op,
              typename Traits::KeySet keys,
              Stack<typename Traits::Value>* stack) {
  const auto kernel = op.entry()->held(keys);
  if (kernel == nullptr || !kernel->has_body()) {
    // Taken back a moment ago. What is there now may fall through, and then a call goes on
    // below.
    return op.entry()->call_reached(keys, stack);
  }
  call_kernel(*kernel, op, keys, stack);
}

template <class Traits>
void run_given(const OperatorHandle<Traits>& op,
               typename Traits::KeySet keys,
               Stack<typename Traits::Value>* stack) {
  const auto kernel = op.entry()->held(keys);
  if (kernel != nullptr && kernel->has_body()) {
    return call_kernel(*kernel, op, keys, stack);
  }
  // It may fall through now, and then a call goes on below.
  op.entry()->call_reached(keys, stack);
}

}  // namespace detail

template <class Traits>
void OperatorEntry<Traits>::call_boxed(Stack* stack) {
  const KeySet keys = keys_of(*stack);
  if (is_typed()) {
    const Reached reached = reach_call(keys);
    const auto observed =
        tell(is_kernel(reached.function), reached.keys, observes_calls, *stack);
    return run(reached.function, reached.keys, stack);
  }
  const Found found = find_call(keys);
  const auto observed = tell(found.is_kernel(), found.keys, observes_calls, *stack);
  run_found(found, stack);
}

template <class Traits>
void OperatorEntry<Traits>::redispatch_boxed(KeySet keys, Stack* stack) {
  check_size(*stack);
  if (is_typed()) {
    const ErasedFunction function = reach_redispatch(keys);
    const auto observed =
        tell(is_kernel(function), keys, observes_redispatches, *stack);
    return run(function, keys, stack);
  }
  const Found found = find(keys);
  const auto observed = tell(found.is_kernel(), keys, observes_redispatches, *stack);
  run_found(found, stack);
}

/// Tells the observers of a call or redispatch with arguments at the end of a stack, if
/// there are any and it has a kernel.
template <class Traits>
auto OperatorEntry<Traits>::tell(bool is_kernel,
                                 KeySet keys,
                                 std::uint8_t what,
                                 const Stack& stack) const {
  using Observed = std::optional<ObservedOnStack<Traits>>;
  if ((observing<Traits>.load(std::memory_order_acquire) & what) == 0 || !is_kernel)
      [[likely]] {
    return Observed();
  }
  return Observed(std::in_place,
                  name_,
                  keys,
                  what == observes_redispatches,
                  stack.last(schema().arguments.size()));
}

template <class Traits>
void OperatorEntry<Traits>::run_content(Key slot, KeySet keys, Stack* stack) {
  run_found(find(slot, keys), stack);
}

template <class Traits>
void OperatorEntry<Traits>::run_found(const Found& found, Stack* stack) {
  const OperatorHandle<Traits> op(this);
  if (found.kernel != nullptr) {
    if (found.kernel->is_fallthrough) throw_fallthrough(found.keys);
    if (!found.kernel->has_body()) throw_unbound(found.slot);
    const SchemaView& called = schema();
    const std::size_t size =
        stack->size() - called.arguments.size() + called.returns.size();
    call_kernel(*found.kernel, op, found.keys, stack);
    if (stack->size() != size) throw_wrong_results(called, size, stack->size());
    return;
  }
  switch (found.choice.source) {
    case Source::fallback:
      return detail::run_policy(
          op, found.keys, stack, *DeclaredFallbacks<Traits>::find(found.slot));
    case Source::ambiguous:
      throw_ambiguous(found.slot);
    case Source::nothing:
    case Source::kernel:
      break;
  }
  throw_missing(found.keys, found.slot);
}

}  // namespace dispatch_codegen

#endif
