// A stack of boxed values, on the machine's stack while they fit.
#ifndef DISPATCH_CODEGEN_STACK_H
#define DISPATCH_CODEGEN_STACK_H

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// A stack of `V` that grows onto the heap. References into it end when it grows.
///
/// `V` either has `relocate_to`, as Value, or moves without an exception.
template <class V>
class Stack {
 public:
  using value_type = V;

  /// An empty stack without memory.
  Stack() noexcept = default;

  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  [[gnu::always_inline]] ~Stack() { end_all(); }

  std::size_t size() const noexcept { return static_cast<std::size_t>(end_ - data_); }
  bool empty() const noexcept { return end_ == data_; }
  std::size_t capacity() const noexcept {
    return static_cast<std::size_t>(limit() - data_);
  }

  /// Counted from the bottom; it has to be less than the size.
  V& operator[](std::size_t index) noexcept { return data_[index]; }
  const V& operator[](std::size_t index) const noexcept { return data_[index]; }

  /// The top; the stack must not be empty.
  V& back() noexcept { return end_[-1]; }
  const V& back() const noexcept { return end_[-1]; }

  V* begin() noexcept { return data_; }
  V* end() noexcept { return end_; }
  const V* begin() const noexcept { return data_; }
  const V* end() const noexcept { return end_; }

  /// The upper `count` values, the lowest of them first. There have to be so many.
  std::span<V> last(std::size_t count) noexcept { return {end_ - count, count}; }
  std::span<const V> last(std::size_t count) const noexcept {
    return {end_ - count, count};
  }

  /// Pushes what `make()` returns, without a move: a borrowed value stays borrowed. It
  /// must not refer into this stack.
  template <class Make>
  [[gnu::always_inline]] V& emplace_from(Make&& make) {
    if (limit_of(end_) == limit_) [[unlikely]] {
      grow();
    }
    V* const top = ::new (static_cast<void*>(end_)) V(make());
    ++end_;
    return *top;
  }

  /// Pushes `V(arguments...)`; the arguments may refer to values of this stack.
  template <class... Arguments>
  V& emplace(Arguments&&... arguments) {
    if (limit_of(end_) == limit_) [[unlikely]] {
      return emplace_and_grow(std::forward<Arguments>(arguments)...);
    }
    ::new (static_cast<void*>(end_)) V(std::forward<Arguments>(arguments)...);
    return *end_++;
  }

  void push(V&& value) { emplace(std::move(value)); }
  void push(const V& value) { emplace(value); }

  /// Takes the top off. It is moved out, so a borrowed value is owned from then on.
  V pop() {
    V value(std::move(back()));
    drop(1);
    return value;
  }

  /// Destroys the upper `count` values. There have to be so many.
  void drop(std::size_t count) noexcept {
    V* const bottom = end_ - count;
#if defined(__GNUC__)
    if constexpr (requires { end_->can_be_forgotten(); }) {
      // Compilers would make a loop of this.
      if (__builtin_constant_p(count) && count <= 3 &&
          (count < 1 || end_[-1].can_be_forgotten()) &&
          (count < 2 || end_[-2].can_be_forgotten()) &&
          (count < 3 || end_[-3].can_be_forgotten())) [[likely]] {
        end_ = bottom;
        return;
      }
    }
#endif
    destroy_to(bottom);
  }

  void clear() noexcept { drop(size()); }

  /// Makes room for `capacity` values in all.
  void reserve(std::size_t capacity) {
    if (capacity > this->capacity()) {
      move_to(allocate(capacity), capacity);
    }
  }

 protected:
  /// A stack over memory for `capacity` values that outlives it.
  Stack(V* memory, std::size_t capacity) noexcept
      : end_(memory), data_(memory), limit_(limit_of(memory + capacity)) {}

  void end_all() noexcept {
    if (end_ != data_ || is_on_heap_) [[unlikely]]
      release();
  }

  /// Destroys the values and frees what was allocated.
  [[gnu::noinline]] void release() noexcept {
    clear();
    if (is_on_heap_) [[unlikely]] {
      free(data_);
      is_on_heap_ = false;
      data_ = end_ = nullptr;
      limit_ = 0;
    }
  }

  /// Leaves the values and the memory to whoever knows that nothing is to be done.
  void forget() noexcept {
    end_ = data_;
    is_on_heap_ = false;
  }

 private:
  static constexpr std::align_val_t kAlignment{alignof(V)};
  static constexpr std::size_t kFirstCapacity = 8;

  static std::uintptr_t limit_of(V* end) noexcept {
    return reinterpret_cast<std::uintptr_t>(end);
  }
  V* limit() const noexcept { return reinterpret_cast<V*>(limit_); }

  static V* allocate(std::size_t capacity) {
    if (capacity > static_cast<std::size_t>(-1) / sizeof(V)) {
      throw std::bad_array_new_length();
    }
    return static_cast<V*>(::operator new(capacity * sizeof(V), kAlignment));
  }

  static void free(V* memory) noexcept {
    ::operator delete(static_cast<void*>(memory), kAlignment);
  }

  static void relocate(V* from, V* to) noexcept {
    if constexpr (requires { from->relocate_to(static_cast<void*>(to)); }) {
      from->relocate_to(static_cast<void*>(to));
    } else {
      static_assert(std::is_nothrow_move_constructible_v<V>);
      ::new (static_cast<void*>(to)) V(std::move(*from));
      from->~V();
    }
  }

  [[gnu::noinline]] void destroy_to(V* bottom) noexcept {
    for (V* top = end_; top != bottom;) {
      (--top)->~V();
    }
    end_ = bottom;
  }

  void move_to(V* memory, std::size_t capacity) noexcept {
    const std::size_t size = this->size();
    for (std::size_t i = 0; i != size; ++i) {
      relocate(data_ + i, memory + i);
    }
    if (is_on_heap_) {
      free(data_);
    }
    data_ = memory;
    end_ = memory + size;
    limit_ = limit_of(memory + capacity);
    is_on_heap_ = true;
  }

  [[gnu::cold, gnu::noinline]] void grow() {
    const std::size_t more =
        capacity() < kFirstCapacity ? kFirstCapacity : capacity() * 2;
    move_to(allocate(more), more);
  }

  template <class... Arguments>
  [[gnu::cold, gnu::noinline]] V& emplace_and_grow(Arguments&&... arguments) {
    // First, since growing moves the values.
    V value(std::forward<Arguments>(arguments)...);
    grow();
    ::new (static_cast<void*>(end_)) V(std::move(value));
    return *end_++;
  }

  // In this order: GCC would join the first stores of neighbours of one type, which takes
  // more instructions than it saves.
  V* end_ = nullptr;
  bool is_on_heap_ = false;
  V* data_ = nullptr;
  std::uintptr_t limit_ = 0;
};

/// A stack with memory of its own for `N` values; only further ones are on the heap.
template <class V, std::size_t N>
class StackBuffer : public Stack<V> {
 public:
  // NOLINTNEXTLINE: the memory is left as it is.
  StackBuffer() noexcept : Stack<V>(reinterpret_cast<V*>(memory_), N) {}

  // Here, since the memory ends before the base does.
  [[gnu::always_inline]] ~StackBuffer() {
    this->end_all();
    this->forget();
  }

  /// Whether all that it holds is `count` values in its own memory.
  bool holds_here(std::size_t count) const noexcept {
    return this->end() == reinterpret_cast<const V*>(memory_) + count;
  }
  /// The lowest value, of such.
  V& first_here() noexcept { return *reinterpret_cast<V*>(memory_); }

  /// Ends the values and the memory of a buffer, which does so no more itself.
  class Ended {
   public:
    explicit Ended(StackBuffer& stack) noexcept : stack_(stack) {}
    Ended(const Ended&) = delete;
    Ended& operator=(const Ended&) = delete;
    ~Ended() { stack_.release(); }

   private:
    StackBuffer& stack_;
  };
  /// For a block in which somebody else does.
  class Forgotten {
   public:
    explicit Forgotten(StackBuffer& stack) noexcept : stack_(stack) {}
    Forgotten(const Forgotten&) = delete;
    Forgotten& operator=(const Forgotten&) = delete;
    ~Forgotten() { stack_.forget(); }

   private:
    StackBuffer& stack_;
  };

 private:
  alignas(V) unsigned char memory_[N == 0 ? 1 : N * sizeof(V)];
};

/// Pushes each argument, the first one lowest, as a value of its own.
template <class V, class... Arguments>
void push(Stack<V>& stack, Arguments&&... arguments) {
  (static_cast<void>(stack.emplace(std::forward<Arguments>(arguments))), ...);
}

/// Pushes values that borrow the arguments, which have to outlive them; copies if `V`
/// always owns.
template <class V, class... Arguments>
[[gnu::always_inline]] inline void push_borrowed(Stack<V>& stack,
                                                 const Arguments&... arguments) {
  const auto push = [&]<class T>(const T& argument) __attribute__((always_inline)) {
    if constexpr (requires { V::borrow(argument); }) {
      stack.emplace_from([&] { return V::borrow(argument); });
    } else {
      static_assert(std::is_constructible_v<V, const T&>,
                    "the boxed value type cannot hold this argument: Note [Boxed "
                    "values] in boxing.h says what it has to have");
      stack.emplace_from([&] { return V(argument); });
    }
  };
  (push(arguments), ...);
}

/// Pushes a value that borrows what a kernel writes to.
template <class V, class T>
[[gnu::always_inline]] inline void push_borrowed_mutable(Stack<V>& stack, T& argument) {
  static_assert(
      requires { V::borrow_mutable(argument); },
      "an operator writes to this argument, so the boxed value type needs "
      "`borrow_mutable`: see Note [Boxed values] in boxing.h");
  stack.emplace_from([&] { return V::borrow_mutable(argument); });
}

/// Takes the top off; the stack must not be empty.
template <class V>
V pop(Stack<V>& stack) {
  return stack.pop();
}

/// Destroys the upper `count` values.
template <class V>
void drop(Stack<V>& stack, std::size_t count) noexcept {
  stack.drop(count);
}

/// The upper `count` values.
template <class V>
std::span<V> last(Stack<V>& stack, std::size_t count) noexcept {
  return stack.last(count);
}
template <class V>
std::span<const V> last(const Stack<V>& stack, std::size_t count) noexcept {
  return stack.last(count);
}

/// Argument `index` of the upper `count`.
template <class V>
V& peek(Stack<V>& stack, std::size_t index, std::size_t count) noexcept {
  return stack[stack.size() - count + index];
}
template <class V>
const V& peek(const Stack<V>& stack, std::size_t index, std::size_t count) noexcept {
  return stack[stack.size() - count + index];
}

}  // namespace dispatch_codegen

#endif  // DISPATCH_CODEGEN_STACK_H
