// From typed arguments to a stack and back.

#ifndef DISPATCH_CODEGEN_BOXING_H
#define DISPATCH_CODEGEN_BOXING_H

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "stack.h"
#include "value.h"

namespace dispatch_codegen {

/// How a kernel's parameter of type `T` gets what it is given from a value of type `V`:
/// as Unboxed of value.h. To be specialized with a replaced value type, which also has
/// `borrow`, `borrow_mutable`, a constructor from what it owns, and `take`.
template <class V, class T>
class UnboxedFrom;

template <class Tensor, class T>
class UnboxedFrom<Value<Tensor>, T> : public Unboxed<T, Tensor> {
 public:
  using Unboxed<T, Tensor>::Unboxed;
};

namespace detail {

/// Whether a parameter is what a kernel writes to.
template <class T>
inline constexpr bool is_written =
    std::is_lvalue_reference_v<T> && !std::is_const_v<std::remove_reference_t<T>>;

/// What UnboxedFrom is asked for.
template <class T>
using UnboxedParameter = std::conditional_t<is_written<T>, T, std::remove_cvref_t<T>>;

template <class R>
struct Results {
  static constexpr std::size_t count = 1;
};
template <>
struct Results<void> {
  static constexpr std::size_t count = 0;
};
template <class... R>
struct Results<std::tuple<R...>> {
  static constexpr std::size_t count = sizeof...(R);
};

/// Takes a result of type `R` out of a value; one that is a reference is the argument
/// that was written.
template <class R, class V, class Written>
R result_of(V& value, Written* written) {
  if constexpr (std::is_lvalue_reference_v<R>) {
    static_cast<void>(value);
    return *written;
  } else {
    static_cast<void>(written);
    return take<R>(std::move(value));
  }
}

/// Whether two tensors are one, as far as their type can tell.
template <class Tensor>
bool is_same_tensor(const Tensor& a, const Tensor& b) {
  if constexpr (requires { a.is_same(b); }) {
    return a.is_same(b);
  } else {
    return &a == &b;
  }
}

/// A value with other tensors in the place of its own; everything else is copied.
template <class Tensor, class Change>
Value<Tensor> map_tensors(const Value<Tensor>& value, Change&& change) {
  if (value.is_tensor()) return Value<Tensor>(change(value.tensor()));
  if (std::span<const Tensor> tensors; value.get_elements(tensors)) {
    std::vector<Tensor> changed;
    for (const Tensor& tensor : tensors) changed.push_back(change(tensor));
    return Value<Tensor>(std::move(changed));
  }
  if (std::span<const std::optional<Tensor>> tensors; value.get_elements(tensors)) {
    std::vector<std::optional<Tensor>> changed;
    for (const auto& tensor : tensors) {
      changed.push_back(tensor ? std::optional<Tensor>(change(*tensor)) : std::nullopt);
    }
    return Value<Tensor>(std::move(changed));
  }
  if (std::span<const Value<Tensor>> values; value.get_elements(values)) {
    std::vector<Value<Tensor>> changed;
    for (const Value<Tensor>& element : values) {
      changed.push_back(element.is_tensor() ? map_tensors(element, change) : element);
    }
    return Value<Tensor>(std::move(changed));
  }
  return value;
}

}  // namespace detail

/// Boxed calls of functions of type `R(Args...)`.
template <class V, class R, class... Args>
class Boxing {
 public:
  using Stack = dispatch_codegen::Stack<V>;

  static constexpr std::size_t num_arguments = sizeof...(Args);
  static constexpr std::size_t num_results = detail::Results<R>::count;

  /// Runs a boxed kernel, `run(Stack*)`, with arguments that it borrows; its memory is
  /// this function's own. The kernel leaves its results on the stack.
  template <class Run>
  static R call(Run&& run, std::remove_reference_t<Args>&... args) {
    Buffer stack;
    (borrow<Args>(stack, args), ...);
    run(static_cast<Stack*>(&stack));
    // Or compilers would keep the result while they end the stack.
    const typename Buffer::Forgotten forgotten(stack);
    if constexpr (num_results == 1 && !is_tuple && !std::is_reference_v<R>) {
      if constexpr (requires { stack[0].template holds_here<R>(); }) {
        // A result as most are: of its own type, where an argument was.
        if (stack.holds_here(1) && stack.first_here().template holds_here<R>())
            [[likely]] {
          return stack.first_here().template take_here<R>();
        }
      }
    }
    return checked_results(stack, args...);
  }

  /// Runs `run(args...)` with the arguments at the end of a stack, and leaves the results
  /// there instead. Throws TypeError for arguments of other types.
  template <class Run>
  static void call_unboxed(Run&& run, Stack* stack) {
    if (stack->size() < num_arguments) [[unlikely]] {
      throw_type_error("the stack holds fewer values than the operator has arguments");
    }
    call_unboxed(run, stack, std::index_sequence_for<Args...>());
  }

 private:
  template <class T>
  static void borrow(Stack& stack, std::remove_reference_t<T>& argument) {
    if constexpr (detail::is_written<T>) {
      push_borrowed_mutable(stack, argument);
    } else {
      push_borrowed(stack, argument);
    }
  }

  template <class Run, std::size_t... I>
  static void call_unboxed(Run& run, Stack* stack, std::index_sequence<I...>) {
    V* const values = stack->end() - num_arguments;
    static_cast<void>(values);
    if constexpr (num_results == 0) {
      with(run, UnboxedFrom<V, detail::UnboxedParameter<Args>>(values[I])...);
      stack->drop(num_arguments);
    } else {
      auto owned = owned_results(
          with(run, UnboxedFrom<V, detail::UnboxedParameter<Args>>(values[I])...));
      stack->drop(num_arguments);
      std::apply([&](auto&... result) { (stack->emplace(std::move(result)), ...); },
                 owned);
    }
  }

  template <class Run, class... Unboxed>
  static R with(Run& run, Unboxed&&... unboxed) {
    return run(static_cast<Args>(unboxed.get())...);
  }

  // What the values of results own: references to arguments become copies, since the
  // arguments are dropped.
  template <class T>
  static std::tuple<V> owned_results(T&& result) {
    return std::tuple<V>(V(std::forward<T>(result)));
  }
  template <class... T>
  static auto owned_results(std::tuple<T...>&& results) {
    return std::apply(
        [](auto&&... result) {
          return std::tuple(V(std::forward<decltype(result)>(result))...);
        },
        std::move(results));
  }

  using Buffer =
      StackBuffer<V, (num_arguments > num_results ? num_arguments : num_results)>;

  [[gnu::noinline]] static R checked_results(Buffer& stack,
                                             std::remove_reference_t<Args>&... args) {
    const typename Buffer::Ended ended(stack);
    if (stack.size() != num_results) [[unlikely]] {
      throw_wrong_count(stack.size());
    }
    return results(stack, args...);
  }

  static R results(Stack& stack, std::remove_reference_t<Args>&... args) {
    if constexpr (num_results == 1 && !is_tuple) {
      return one<R>(stack[0], Place{0, 1}, args...);
    } else if constexpr (is_tuple) {
      return several(stack, static_cast<R*>(nullptr), args...);
    }
  }

  template <class... T>
  static std::tuple<T...> several(Stack& stack,
                                  std::tuple<T...>*,
                                  std::remove_reference_t<Args>&... args) {
    return several(stack,
                   static_cast<std::tuple<T...>*>(nullptr),
                   std::index_sequence_for<T...>(),
                   args...);
  }
  template <class... T, std::size_t... I>
  static std::tuple<T...> several(Stack& stack,
                                  std::tuple<T...>*,
                                  std::index_sequence<I...>,
                                  std::remove_reference_t<Args>&... args) {
    return std::tuple<T...>(one<T>(
        stack[I], Place{count<T, T...>(I), count<T, T...>(sizeof...(T))}, args...)...);
  }

  // Which of the results of its type a result is.
  struct Place {
    std::size_t index;
    std::size_t count;
  };

  // How many of the first `end` types are a `T`.
  template <class T, class... All>
  static constexpr std::size_t count(std::size_t end) {
    std::size_t index = 0;
    std::size_t found = 0;
    (static_cast<void>(found += index++ < end && std::is_same_v<T, All> ? 1 : 0), ...);
    return found;
  }

  template <class T>
  static T one(V& value, Place place, std::remove_reference_t<Args>&... args) {
    if constexpr (std::is_lvalue_reference_v<T>) {
      return detail::result_of<T>(value, written<T>(place, args...));
    } else {
      static_cast<void>(place);
      return detail::result_of<T>(value, static_cast<int*>(nullptr));
    }
  }

  // The argument that a result is: the written ones are returned in their order; the last
  // of them if fewer are returned.
  template <class T>
  static std::remove_reference_t<T>* written(Place place,
                                             std::remove_reference_t<Args>&... args) {
    static_assert((std::is_same_v<Args, T> || ...),
                  "a reference that is returned has to be one of the arguments");
    std::remove_reference_t<T>* found[sizeof...(Args)] = {};
    std::size_t size = 0;
    const auto look = [&]<class A>(std::remove_reference_t<A>& argument) {
      if constexpr (std::is_same_v<A, T>) found[size++] = &argument;
    };
    (look.template operator()<Args>(args), ...);
    const std::size_t at = size + place.index;
    return found[at < place.count
                     ? 0
                     : (at - place.count < size ? at - place.count : size - 1)];
  }

  [[noreturn, gnu::cold, gnu::noinline]] static void throw_wrong_count(
      std::size_t found) {
    throw_type_error("a boxed kernel left " + std::to_string(found) +
                     " values on the stack, and the operator returns " +
                     std::to_string(num_results));
  }

  template <class T>
  struct IsTuple : std::false_type {};
  template <class... T>
  struct IsTuple<std::tuple<T...>> : std::true_type {};
  static constexpr bool is_tuple = IsTuple<R>::value;
};

}  // namespace dispatch_codegen

#endif
