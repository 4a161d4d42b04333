// Gradients. Kernels for autograd keys run what is below them, and note on a tape how the
// gradient of the result flows back to the arguments.

#include <algorithm>
#include <functional>
#include <initializer_list>

#include "gridlib/gridlib.h"
#include "gridlib/kernels.h"

namespace gridlib {
namespace {

using Back = std::function<void(const Array& gradient)>;

/// What was made, and where its gradient goes.
struct Entry {
  Array result;
  Back back;
};

thread_local std::vector<Entry> tape;

Array record(Arrays inputs, Array result, Back back) {
  if (std::ranges::any_of(inputs, &Array::requires_grad)) {
    result.set_requires_grad();
    tape.push_back({result, std::move(back)});
  }
  return result;
}
Array record(std::initializer_list<Array> inputs, Array result, Back back) {
  return record(Arrays(inputs), std::move(result), std::move(back));
}

void accumulate(const Array& to, const Array& gradient) {
  if (!to.requires_grad()) return;
  to.set_grad(to.grad().defined() ? to.grad() + gradient : gradient);
}

Array ones(std::size_t rows, std::size_t cols, const Array& like) {
  return full(
      static_cast<int64_t>(rows), static_cast<int64_t>(cols), 1.0, like.backend());
}

/// What operators without an autograd kernel do, `grid::step` and those that write: the
/// backward pass warns if it comes by.
struct Hooks final : VariableHooks {
  bool is_grad_enabled() override { return true; }
  bool requires_grad(const Array& array) override { return array.requires_grad(); }
  void register_hook(const Array& array, const NotImplementedNode& node) override {
    tape.push_back({array, [node](const Array&) { node(); }});
  }
  void set_history(const Array& array,
                   const NotImplementedNode& node,
                   const std::vector<Array>&) override {
    array.set_requires_grad();
    register_hook(array, node);
  }
} hooks;

[[maybe_unused]] const bool installed = (AutogradFallback::set_hooks(&hooks), true);

}  // namespace

void backward(const Array& loss) {
  const NoGrad not_recorded;
  const std::vector<Entry> entries = std::exchange(tape, {});
  loss.set_grad(ones(loss.rows(), loss.cols(), loss));
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const Array gradient = entry->result.grad();
    if (gradient.defined()) entry->back(gradient);
  }
}

namespace autograd {

Array add(DispatchKeySet keys, const Array& a, const Array& b) {
  Array result = ops::grid::add::redispatch(keys & below_autograd, a, b);
  return record({a, b}, std::move(result), [a, b](const Array& gradient) {
    accumulate(a, gradient);
    accumulate(b, gradient);
  });
}

Array mul(DispatchKeySet keys, const Array& a, const Array& b) {
  Array result = ops::grid::mul_Tensor::redispatch(keys & below_autograd, a, b);
  return record({a, b}, std::move(result), [a, b](const Array& gradient) {
    accumulate(a, gradient * b);
    accumulate(b, gradient * a);
  });
}

Array scale(DispatchKeySet keys, const Array& a, double factor) {
  Array result = ops::grid::mul_Scalar::redispatch(keys & below_autograd, a, factor);
  return record({a}, std::move(result), [a, factor](const Array& gradient) {
    accumulate(a, gradient * factor);
  });
}

Array relu(DispatchKeySet keys, const Array& a) {
  Array result = ops::grid::relu::redispatch(keys & below_autograd, a);
  return record({a}, std::move(result), [a](const Array& gradient) {
    accumulate(a, gradient * ops::grid::step::call(a));
  });
}

Array matmul(DispatchKeySet keys, const Array& a, const Array& b) {
  Array result = ops::grid::matmul::redispatch(keys & below_autograd, a, b);
  return record({a, b}, std::move(result), [a, b](const Array& gradient) {
    if (a.requires_grad()) {
      accumulate(a, gridlib::matmul(gradient, gridlib::transpose(b)));
    }
    if (b.requires_grad()) {
      accumulate(b, gridlib::matmul(gridlib::transpose(a), gradient));
    }
  });
}

Array sum(DispatchKeySet keys, const Array& a) {
  Array result = ops::grid::sum::redispatch(keys & below_autograd, a);
  return record({a}, std::move(result), [a](const Array& gradient) {
    const Array column = gridlib::matmul(ones(a.rows(), 1, a), gradient);
    accumulate(a, gridlib::matmul(column, ones(1, a.cols(), a)));
  });
}

Array transpose(DispatchKeySet keys, const Array& a) {
  Array result = ops::grid::transpose::redispatch(keys & below_autograd, a);
  return record({a}, std::move(result), [a](const Array& gradient) {
    accumulate(a, gridlib::transpose(gradient));
  });
}

Array cat(DispatchKeySet keys, Arrays arrays) {
  Array result = ops::grid::cat::redispatch(keys & below_autograd, arrays);
  const std::vector<Array> inputs(arrays.begin(), arrays.end());
  return record(arrays, std::move(result), [inputs](const Array& gradient) {
    int64_t start = 0;
    for (const Array& a : inputs) {
      const auto count = static_cast<int64_t>(a.cols());
      accumulate(a, ops::grid::columns::call(gradient, start, count));
      start += count;
    }
  });
}

}  // namespace autograd
}  // namespace gridlib
