// What happens to operators without an autograd kernel.
//
// Mirrors ATen/core/VariableHooksInterface.h and
// torch/csrc/autograd/autograd_not_implemented_fallback.h. Without hooks a call goes on
// below autograd. An autograd engine installs hooks; then the mode decides: `nothing` goes
// on too, `warn` lets the backward pass warn that gradients stop here, `error` lets it
// fail.

#ifndef DISPATCH_CODEGEN_AUTOGRAD_H
#define DISPATCH_CODEGEN_AUTOGRAD_H

#include <atomic>
#include <cstddef>
#include <string>
#include <vector>

#include "dispatcher.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

enum class AutogradFallbackMode : std::uint8_t { nothing, warn, error };

template <class Traits>
class AutogradFallback;

/// The backward function of an operator that has none: calling it warns or throws, as the
/// mode says.
template <class Traits>
class NotImplementedNode {
 public:
  NotImplementedNode(std::string name, std::size_t num_inputs)
      : name_(std::move(name)), num_inputs_(num_inputs) {}

  const std::string& name() const { return name_; }
  /// How many tensors the operator took.
  std::size_t num_inputs() const { return num_inputs_; }
  void operator()() const { AutogradFallback<Traits>::complain(name_); }

 private:
  std::string name_;
  std::size_t num_inputs_;
};

/// What an autograd engine does for operators that it does not know.
template <class Traits>
class VariableHooks {
 public:
  using Tensor = typename Traits::Tensor;
  using Node = NotImplementedNode<Traits>;

  virtual ~VariableHooks() = default;
  /// Whether operations are recorded now.
  virtual bool is_grad_enabled() = 0;
  virtual bool requires_grad(const Tensor& tensor) = 0;
  /// Calls the node when the gradient of a tensor is computed.
  virtual void register_hook(const Tensor& tensor, const Node& node) = 0;
  /// Makes a tensor the result of a node whose gradients nobody knows. The backward pass
  /// calls it when it reaches the node.
  virtual void set_history(const Tensor& tensor,
                           const Node& node,
                           const std::vector<Tensor>& inputs) = 0;
};

/// Whether calls have to ask the hooks.
template <class Traits>
inline constinit std::atomic<bool> autograd_asks{false};

template <class Traits>
class AutogradFallback {
 public:
  /// Installs hooks, which have to outlive all calls; null removes them.
  static void set_hooks(VariableHooks<Traits>* hooks) {
    hooks_.store(hooks, std::memory_order_release);
    update();
  }
  static VariableHooks<Traits>* hooks() {
    return hooks_.load(std::memory_order_acquire);
  }
  static void set_mode(AutogradFallbackMode mode) {
    mode_.store(mode, std::memory_order_release);
    update();
  }
  static AutogradFallbackMode mode() { return mode_.load(std::memory_order_acquire); }

  /// Warns or throws, at backward, that an operator has no autograd kernel.
  static void complain(const std::string& name) {
    const std::string text =
        name +
        ": no autograd kernel is registered for it, so that gradients do not flow back "
        "through it and may be wrong; register one, or a fallthrough if it is "
        "differentiated by what it calls";
    if (mode() == AutogradFallbackMode::error) throw DispatchError(text);
    if (mode() == AutogradFallbackMode::warn) {
      Dispatcher<Traits>::singleton().warn(text);
    }
  }

 private:
  static void update() {
    autograd_asks<Traits>.store(
        hooks() != nullptr && mode() != AutogradFallbackMode::nothing,
        std::memory_order_release);
  }

  static inline constinit std::atomic<VariableHooks<Traits>*> hooks_{nullptr};
  static inline constinit std::atomic<AutogradFallbackMode> mode_{
      AutogradFallbackMode::warn};
};

namespace detail {

template <class Traits>
void run_autograd(const OperatorHandle<Traits>& op,
                  typename Traits::KeySet keys,
                  Stack<typename Traits::Value>* stack,
                  const Fallback<typename Traits::Numbering>& fallback) {
  using Tensor = typename Traits::Tensor;
  const auto below = keys & fallback.redispatch_to;
  VariableHooks<Traits>* const hooks = AutogradFallback<Traits>::hooks();
  if (hooks == nullptr ||
      AutogradFallback<Traits>::mode() == AutogradFallbackMode::nothing) {
    return op.redispatchBoxed(below, stack);
  }
  const SchemaView& schema = op.schema();
  std::vector<Tensor> inputs;
  bool any = false;
  for (const auto& value : stack->last(schema.arguments.size())) {
    for_each_tensor(value, [&](const Tensor& tensor) {
      inputs.push_back(tensor);
      any = any || hooks->requires_grad(tensor);
    });
  }
  if (!any || !hooks->is_grad_enabled()) return op.redispatchBoxed(below, stack);
  const NotImplementedNode<Traits> node(op.operator_name(), inputs.size());
  op.redispatchBoxed(below, stack);
  const auto results = stack->last(schema.returns.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    for_each_tensor(results[i], [&](const Tensor& tensor) {
      if (hooks->requires_grad(tensor)) {
        hooks->register_hook(tensor, node);
      } else if (!schema.returns[i].is_write) {
        hooks->set_history(tensor, node, inputs);
      }
    });
  }
}

}  // namespace detail

}  // namespace dispatch_codegen

#endif
