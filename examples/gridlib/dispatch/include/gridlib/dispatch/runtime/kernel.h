// What can be registered for a key of an operator, and how each kind is called.

#ifndef DISPATCH_CODEGEN_KERNEL_H
#define DISPATCH_CODEGEN_KERNEL_H

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "boxing.h"
#include "local_state.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

template <class Traits>
class OperatorHandle;

/// A function pointer of some type. Only the type that it was made from can call it.
using ErasedFunction = void (*)();

/// A kernel for operators of any type: takes the arguments from the end of the stack and
/// leaves the results there.
template <class Traits>
using BoxedFunction = void (*)(const OperatorHandle<Traits>&,
                               typename Traits::KeySet,
                               Stack<typename Traits::Value>*);

/// What is known of the type of an unboxed kernel; its address says which type it is.
template <class Traits>
struct Signature {
  using KeySet = typename Traits::KeySet;
  using Stack = dispatch_codegen::Stack<typename Traits::Value>;

  std::size_t num_arguments;
  /// Calls a function of this type with the arguments on a stack; without keys it is one
  /// that does not take them.
  void (*call)(ErasedFunction function, const KeySet* keys, Stack* stack);
};

namespace detail {

template <class Traits, class R, class... Args>
void call_erased(ErasedFunction function,
                 const typename Traits::KeySet* keys,
                 Stack<typename Traits::Value>* stack) {
  const auto run = [&](Args... args) -> R {
    // NOLINTBEGIN: back to the type that it was made from.
    if (keys == nullptr) {
      return reinterpret_cast<R (*)(Args...)>(function)(static_cast<Args&&>(args)...);
    }
    return reinterpret_cast<R (*)(typename Traits::KeySet, Args...)>(function)(
        *keys, static_cast<Args&&>(args)...);
    // NOLINTEND
  };
  Boxing<typename Traits::Value, R, Args...>::call_unboxed(run, stack);
}

template <class Traits, class Type>
struct SignatureOf;
template <class Traits, class R, class... Args>
struct SignatureOf<Traits, R(Args...)> {
  static constexpr Signature<Traits> value{sizeof...(Args),
                                           &call_erased<Traits, R, Args...>};
};

/// The type of a callable, without a keyset that comes first.
template <class KeySet, class F>
struct CallableType : CallableType<KeySet, decltype(&F::operator())> {};
template <class KeySet, class R, class... Args>
struct CallableType<KeySet, R (*)(Args...)> {
  using Type = R(Args...);
  static constexpr bool takes_keys = false;
};
template <class KeySet, class R, class... Args>
struct CallableType<KeySet, R (*)(KeySet, Args...)> {
  using Type = R(Args...);
  static constexpr bool takes_keys = true;
};
template <class KeySet, class R, class... Args>
struct CallableType<KeySet, R (*)(Args...) noexcept>
    : CallableType<KeySet, R (*)(Args...)> {};
template <class KeySet, class C, class R, class... Args>
struct CallableType<KeySet, R (C::*)(Args...)> : CallableType<KeySet, R (*)(Args...)> {
};
template <class KeySet, class C, class R, class... Args>
struct CallableType<KeySet, R (C::*)(Args...) const>
    : CallableType<KeySet, R (*)(Args...)> {};
template <class KeySet, class C, class R, class... Args>
struct CallableType<KeySet, R (C::*)(Args...) noexcept>
    : CallableType<KeySet, R (*)(Args...)> {};
template <class KeySet, class C, class R, class... Args>
struct CallableType<KeySet, R (C::*)(Args...) const noexcept>
    : CallableType<KeySet, R (*)(Args...)> {};

}  // namespace detail

template <class Traits, class Type>
inline constexpr const Signature<Traits>* signature_of =
    &detail::SignatureOf<Traits, Type>::value;

/// A kernel with a state. Several threads may call it at once.
template <class Traits>
class KernelFunctor {
 public:
  using KeySet = typename Traits::KeySet;
  using Stack = dispatch_codegen::Stack<typename Traits::Value>;

  virtual ~KernelFunctor() = default;
  virtual void call_boxed(const OperatorHandle<Traits>& op,
                          KeySet keys,
                          Stack* stack) = 0;
  /// The type of `TypedFunctor` that it is; null if it is none.
  virtual const Signature<Traits>* signature() const { return nullptr; }
};

/// A kernel with a state and a type.
template <class Traits, class Type>
class TypedFunctor;
template <class Traits, class R, class... Args>
class TypedFunctor<Traits, R(Args...)> : public KernelFunctor<Traits> {
 public:
  using typename KernelFunctor<Traits>::KeySet;
  using typename KernelFunctor<Traits>::Stack;

  virtual R call(KeySet keys, Args... args) = 0;

  void call_boxed(const OperatorHandle<Traits>&, KeySet keys, Stack* stack) final {
    const auto run = [&](Args... args) -> R {
      return call(keys, static_cast<Args&&>(args)...);
    };
    Boxing<typename Traits::Value, R, Args...>::call_unboxed(run, stack);
  }
  const Signature<Traits>* signature() const final {
    return signature_of<Traits, R(Args...)>;
  }
};

/// What `Library::impl` and `Library::fallback` take, as torch's CppFunction: a function
/// or callable of an operator's arguments, one on a stack, or none at all.
template <class Traits>
class CppFunction {
 public:
  using KeySet = typename Traits::KeySet;
  using Stack = dispatch_codegen::Stack<typename Traits::Value>;
  using Handle = OperatorHandle<Traits>;

  /// Skips the key.
  static CppFunction makeFallthrough() {
    CppFunction result;
    result.is_fallthrough = true;
    result.name = "fallthrough";
    return result;
  }

  /// A function on a stack: `(op, keys, stack)` or `(op, stack)`.
  template <auto* F>
  static CppFunction makeFromBoxedFunction() {
    CppFunction result;
    if constexpr (std::is_convertible_v<decltype(F), BoxedFunction<Traits>>) {
      result.boxed = F;
    } else {
      result.boxed = [](const Handle& op, KeySet, Stack* stack) { F(op, stack); };
    }
    return result;
  }

  /// A callable on a stack: `(op, keys, stack)`.
  template <class F>
  static CppFunction makeFromBoxedFunctor(F callable) {
    struct Functor final : KernelFunctor<Traits> {
      explicit Functor(F given) : function(std::move(given)) {}
      void call_boxed(const Handle& op, KeySet keys, Stack* stack) override {
        function(op, keys, stack);
      }
      F function;
    };
    CppFunction result;
    result.functor = std::make_shared<Functor>(std::move(callable));
    return result;
  }

  /// A function that is known at compile time; it may take the keyset first. Costs what
  /// the function costs.
  template <auto* F>
  static CppFunction makeFromUnboxedFunction() {
    using Callable = detail::CallableType<KeySet, decltype(F)>;
    CppFunction result;
    result.set_unboxed<F>(static_cast<typename Callable::Type*>(nullptr));
    return result;
  }

  /// A callable, or a pointer to a function; it may take the keyset first.
  template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, CppFunction>)
  // NOLINTNEXTLINE: as in torch, functions are kernels without further words.
  CppFunction(F&& callable) {
    using Callable = detail::CallableType<KeySet, std::decay_t<F>>;
    set_callable(std::decay_t<F>(std::forward<F>(callable)),
                 static_cast<typename Callable::Type*>(nullptr));
  }

  /// Says where it comes from, for dumps.
  CppFunction&& debug(std::string text) && {
    debug_text = std::move(text);
    return std::move(*this);
  }
  /// Says how dumps call it.
  CppFunction&& named(std::string text) && {
    name = std::move(text);
    return std::move(*this);
  }

  // What it is; the first of these that is set says how it is called.
  bool is_fallthrough = false;
  /// A function of `signature` that takes the keyset first.
  ErasedFunction unboxed = nullptr;
  /// A function of `signature` that does not.
  ErasedFunction plain = nullptr;
  BoxedFunction<Traits> boxed = nullptr;
  std::shared_ptr<KernelFunctor<Traits>> functor;

  /// Whether it can be called; a kernel that is declared by name may have no body here.
  bool has_body() const {
    return unboxed != nullptr || plain != nullptr || boxed != nullptr ||
           functor != nullptr;
  }

  const Signature<Traits>* signature = nullptr;
  std::string name = "kernel";
  std::string debug_text;

  /// A kernel that is declared by name and has no body here.
  static CppFunction declared(std::string_view name) {
    CppFunction result;
    result.name = name;
    result.debug_text = "declared";
    return result;
  }

 private:
  CppFunction() = default;

  template <auto* F, class R, class... Args>
  void set_unboxed(R (*)(Args...)) {
    using Function = R (*)(KeySet, Args...);
    Function function;
    if constexpr (detail::CallableType<KeySet, decltype(F)>::takes_keys) {
      function = F;
    } else {
      function = [](KeySet, Args... args) -> R {
        return F(static_cast<Args&&>(args)...);
      };
    }
    signature = signature_of<Traits, R(Args...)>;
    // NOLINTNEXTLINE: only this signature calls it.
    unboxed = reinterpret_cast<ErasedFunction>(function);
  }

  template <class F, class R, class... Args>
  void set_callable(F callable, R (*)(Args...)) {
    constexpr bool takes_keys = detail::CallableType<KeySet, F>::takes_keys;
    signature = signature_of<Traits, R(Args...)>;
    if constexpr (std::is_pointer_v<F>) {
      // NOLINTBEGIN: only this signature calls it.
      if constexpr (takes_keys) {
        unboxed = reinterpret_cast<ErasedFunction>(callable);
      } else {
        plain = reinterpret_cast<ErasedFunction>(callable);
      }
      // NOLINTEND
    } else if constexpr (std::is_empty_v<F> && std::is_default_constructible_v<F>) {
      // A lambda without captures is as good as a function.
      using Function = R (*)(KeySet, Args...);
      const Function function = [](KeySet keys, Args... args) -> R {
        F made;
        if constexpr (takes_keys) {
          return made(keys, static_cast<Args&&>(args)...);
        } else {
          static_cast<void>(keys);
          return made(static_cast<Args&&>(args)...);
        }
      };
      // NOLINTNEXTLINE: only this signature calls it.
      unboxed = reinterpret_cast<ErasedFunction>(function);
    } else {
      struct Functor final : TypedFunctor<Traits, R(Args...)> {
        explicit Functor(F given) : function(std::move(given)) {}
        R call(KeySet keys, Args... args) override {
          if constexpr (takes_keys) {
            return function(keys, static_cast<Args&&>(args)...);
          } else {
            static_cast<void>(keys);
            return function(static_cast<Args&&>(args)...);
          }
        }
        F function;
      };
      functor = std::make_shared<Functor>(std::move(callable));
    }
  }
};

/// Calls a kernel of any kind but one without a body, with arguments on a stack.
template <class Traits>
void call_kernel(const CppFunction<Traits>& kernel,
                 const OperatorHandle<Traits>& op,
                 typename Traits::KeySet keys,
                 Stack<typename Traits::Value>* stack) {
  if (kernel.unboxed != nullptr) {
    kernel.signature->call(kernel.unboxed, &keys, stack);
  } else if (kernel.plain != nullptr) {
    kernel.signature->call(kernel.plain, nullptr, stack);
  } else if (kernel.boxed != nullptr) {
    kernel.boxed(op, keys, stack);
  } else {
    kernel.functor->call_boxed(op, keys, stack);
  }
}

}  // namespace dispatch_codegen

#endif
