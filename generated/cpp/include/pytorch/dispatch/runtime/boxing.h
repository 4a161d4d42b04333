// From typed arguments to a stack and back.
//
// Note [Boxed values]. `Traits::Value` is Value of value.h or any other type `V` that has
// what follows. The functions are found in the namespace of `V`.
//
// What each has; BoxedValue asks for it:
//
// - Copies; moves and a destructor that do not throw. No default constructor.
// - `V(T)`: owns a result that a kernel returned. `T` may be a reference to a tensor; the
//   value owns a copy then.
// - `T take<T>(V&&)`: a result gets out again. Throws TypeError.
// - `unbox<T>(V&)`: what a kernel's parameter is given, for `T` as the kernel takes it, but
//   without `const&`; `Tensor&` if it writes to it. A reference into the value, or an
//   object, which is kept while the kernel runs: it may refer to the value. Throws
//   TypeError. Who needs more than one function specializes UnboxedFrom instead.
// - `for_each_tensor(const V&, visit)`: `visit(const Tensor&)` for each tensor in it, also
//   those of lists: by them boxed calls dispatch.
//
// What some dispatchers ask for, where they use it:
//
// - `V map_tensors(const V&, change)`: a value with `change(const Tensor&)` in the place of
//   each tensor. For the policy `backend_fallback_to`, with assignment.
// - `static V borrow_mutable(T&)`: refers to an argument that a kernel writes to. For
//   operators with such arguments. It may copy tensors whose copies share their content.
//
// What makes it faster, and may be left out:
//
// - `static V borrow(const T&)`: may refer to an argument instead of a copy, since the
//   argument outlives the call. Without it a value is made by `V(const T&)`.
// - `void relocate_to(void*) noexcept`: moves to other memory, and ends. With it, moves may
//   throw.
// - `bool can_be_forgotten() const noexcept`: whether its destructor does nothing.
// - `bool holds_here<T>() const noexcept`, `T take_here<T>() noexcept`: `take` of a result
//   that the value owns and has in itself; the value is not destroyed then.

#ifndef DISPATCH_CODEGEN_BOXING_H
#define DISPATCH_CODEGEN_BOXING_H

#include <concepts>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "stack.h"
#include "value.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// What a kernel's parameter gets from a value of type `V`, until the kernel ends. `T` is
/// UnboxedParameter below: of what the kernel writes to, a reference. By default what `unbox`
/// returns; Value has Unboxed for it.
template <class V, class T>
class UnboxedFrom;

template <class V, class T>
  requires(!detail::IsValue<V>::value && requires(V& value) { unbox<T>(value); })
class UnboxedFrom<V, T> {
 public:
  explicit UnboxedFrom(V& value) : got_(unbox<T>(value)) {}
  /// What was returned: the reference, or what is kept here.
  decltype(auto) get() const noexcept { return (got_); }

 private:
  decltype(unbox<T>(std::declval<V&>())) got_;
};

template <class Tensor, class T>
class UnboxedFrom<Value<Tensor>, T> : public Unboxed<T, Tensor> {
 public:
  using Unboxed<T, Tensor>::Unboxed;
};

namespace detail {

/// Does what visitors of values may do with a tensor, for `requires`.
template <class Tensor>
struct TensorVisitor {
  void operator()(const Tensor&) const;
};
template <class Tensor>
struct TensorChange {
  Tensor operator()(const Tensor&) const;
};

/// Whether a stack can hold it.
template <class V>
concept StackedValue =
    std::is_object_v<V> && std::is_copy_constructible_v<V> &&
    std::is_nothrow_destructible_v<V> &&
    (std::is_nothrow_move_constructible_v<V> ||
     requires(V& value, void* memory) { value.relocate_to(memory); });

/// Whether a result of type `T` can become a value, and how it gets out again.
template <class V, class T>
concept BoxedResultOf = std::is_constructible_v<V, T> && requires(V&& value) {
  { take<T>(static_cast<V&&>(value)) } -> std::convertible_to<T>;
};

/// Whether a kernel's parameter of type `const T&` can be given a value.
template <class V, class T>
concept UnboxedParameterOf = requires(V& value) {
  { UnboxedFrom<V, T>(value).get() } -> std::convertible_to<const T&>;
};

/// Whether its tensors can be asked for, as the keys of boxed calls are.
template <class V, class Tensor>
concept VisitedValue = requires(const V& value, TensorVisitor<Tensor> visit) {
  for_each_tensor(value, visit);
};

/// Whether its tensors can be exchanged.
template <class V, class Tensor>
concept MappedValue = std::is_move_assignable_v<V> &&
                      requires(const V& value, TensorChange<Tensor> change) {
                        { map_tensors(value, change) } -> std::convertible_to<V>;
                      };

}  // namespace detail

/// What a dispatcher over tensors of type `Tensor` can have for its boxed value: see Note
/// [Boxed values].
template <class V, class Tensor>
concept BoxedValue =
    detail::StackedValue<V> && detail::BoxedResultOf<V, Tensor> &&
    detail::UnboxedParameterOf<V, Tensor> && detail::VisitedValue<V, Tensor>;

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
