// Typed operators: the path of a call, and what the slots of their tables hold.
//
// See Notes [Path of a call], [Tables at a fixed address] and [Slots that are skipped] in
// docs/architecture.md of the generator.

#ifndef DISPATCH_CODEGEN_OPERATOR_H
#define DISPATCH_CODEGEN_OPERATOR_H

#include <array>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "policies.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

namespace detail {

template <class Traits, class T>
concept HasKeys = requires(const T& value) {
  { key_set(value) } -> std::convertible_to<typename Traits::KeySet>;
};

/// The keys of an argument: of a tensor, an optional tensor, or the tensors of a list.
template <class Traits, class T>
struct KeysOf {
  using Bits = typename Traits::KeySet::Bits;
  static constexpr bool any = HasKeys<Traits, T>;
  static constexpr bool is_list = false;
  [[gnu::always_inline]] static Bits get(const T& value) {
    return typename Traits::KeySet(key_set(value)).raw_repr();
  }
};

template <class Traits, class T>
struct KeysOf<Traits, std::optional<T>> {
  using Bits = typename Traits::KeySet::Bits;
  // Lists that are optional themselves are not looked into, as in PyTorch.
  static constexpr bool any = HasKeys<Traits, T>;
  static constexpr bool is_list = false;
  [[gnu::always_inline]] static Bits get(const std::optional<T>& value) {
    return value.has_value() ? KeysOf<Traits, T>::get(*value) : Bits{};
  }
};

template <class Traits, class T>
struct KeysOfList {
  using Bits = typename Traits::KeySet::Bits;
  // Lists of lists are not looked into.
  static constexpr bool any = KeysOf<Traits, T>::any && !KeysOf<Traits, T>::is_list;
  static constexpr bool is_list = true;
  template <class List>
  static Bits get(const List& values) {
    Bits bits{};
    for (const T& value : values) bits |= KeysOf<Traits, T>::get(value);
    return bits;
  }
};
template <class Traits, class T>
struct KeysOf<Traits, std::span<const T>> : KeysOfList<Traits, T> {};
template <class Traits, class T>
struct KeysOf<Traits, std::vector<T>> : KeysOfList<Traits, T> {};

/// The union of the keys of all arguments.
template <class Traits, class... Args>
[[gnu::always_inline]] inline typename Traits::KeySet::Bits keys_of(
    const Args&... args) {
  typename Traits::KeySet::Bits bits{};
  const auto add = [&]<class T>(const T& value) __attribute__((always_inline)) {
    if constexpr (KeysOf<Traits, T>::any) bits |= KeysOf<Traits, T>::get(value);
  };
  static_cast<void>(add);  // Not used without arguments.
  (add(args), ...);
  return bits;
}

/// Calls a boxed function with arguments that it borrows. For all operators of a type, and
/// with what the functions of slots are called with first, so that those only add to it.
template <class Traits, class R, class... Args>
[[gnu::noinline]] R box(typename Traits::KeySet keys,
                        Args... args,
                        const OperatorHandle<Traits>& op,
                        BoxedFunction<Traits> function) {
  using Value = typename Traits::Value;
  return Boxing<Value, R, Args...>::call(
      [&](Stack<Value>* stack) { function(op, keys, stack); }, args...);
}

}  // namespace detail

/// An operator's table: what is AND-ed into the keyset of a call, and a function for each
/// slot. Other threads may change it at any time.
template <class Traits, class Function>
class Table {
 public:
  using Layout = typename Traits::KeySet::Layout;
  using Bits = typename Layout::Bits;

  // Where a keyset may have no slot, one more slot is for those.
  static constexpr std::size_t size = Layout::num_slots + (Layout::has_rows ? 0 : 1);
  using Functions = std::array<Function, size>;

  constexpr Table(const Bits& mask, const Functions& functions)
      : Table(mask, functions, std::make_index_sequence<size>()) {}

  [[gnu::always_inline]] Bits mask() const { return mask_.load(); }
  [[gnu::always_inline]] Function at(const Bits& keys) const {
    std::size_t slot = Layout::table_index(keys);
    if constexpr (!Layout::has_rows) {
      if (slot == Layout::no_slot) slot = size - 1;
    }
    return functions_[slot].load(std::memory_order_acquire);
  }

  Function load(std::size_t slot) const {
    return functions_[slot].load(std::memory_order_acquire);
  }
  void store(std::size_t slot, Function function) {
    functions_[slot].store(function, std::memory_order_release);
  }
  void store_mask(const Bits& mask) { mask_.store(mask); }

 private:
  template <std::size_t... I>
  constexpr Table(const Bits& mask,
                  const Functions& functions,
                  std::index_sequence<I...>)
      : functions_{std::atomic<Function>(functions[I])...}, mask_(mask) {}

  // First, so that a slot is found without an addition.
  std::atomic<Function> functions_[size];
  AtomicBits<Bits> mask_;
};

/// What slots hold for operators of one type. `Self` says which operator a function of a
/// slot belongs to: `entry()`, `handle()`, `made_handle()` and `table()`.
template <class Traits, class Self, class R, class... Args>
class Slots {
 public:
  using KeySet = typename Traits::KeySet;
  using Layout = typename KeySet::Layout;
  using Bits = typename Layout::Bits;
  using Value = typename Traits::Value;
  using Stack = dispatch_codegen::Stack<Value>;
  using Function = R (*)(KeySet, Args...);
  using Declared = DeclaredFallbacks<Traits>;
  static constexpr auto box = &detail::box<Traits, R, Args...>;

  /// The path of a call.
  [[gnu::always_inline]] static R call(Args... args) {
    if constexpr (Self::asks_observers) {
      if (observing<Traits>.load(std::memory_order_relaxed) != 0) [[unlikely]] {
        return skip({}, static_cast<Args&&>(args)...);
      }
    }
    const auto& local = Traits::local();
    const auto& table = Self::table();
    const Bits keys = (detail::keys_of<Traits, std::remove_cvref_t<Args>...>(args...) |
                       local.included) &
                      local.keep & table.mask();
    return table.at(keys)(KeySet(RAW, keys), static_cast<Args&&>(args)...);
  }

  [[gnu::always_inline]] static R redispatch(KeySet keys, Args... args) {
    const Function function = Self::table().at(keys.raw_repr());
    if (function == &skip) [[unlikely]] {
      return redispatch_skipped(keys, static_cast<Args&&>(args)...);
    }
    if constexpr (Self::asks_observers) {
      if (observing<Traits>.load(std::memory_order_relaxed) == observes_everything)
          [[unlikely]] {
        return redispatch_skipped(keys, static_cast<Args&&>(args)...);
      }
    }
    return function(keys, static_cast<Args&&>(args)...);
  }

  // Slots

  static R missing(KeySet keys, Args...) { Self::entry().throw_missing(keys); }
  static R unbound(KeySet keys, Args...) { Self::entry().throw_unbound(keys); }
  static R ambiguous(KeySet keys, Args...) { Self::entry().throw_ambiguous(keys); }
  static R fallthrough(KeySet keys, Args...) { Self::entry().throw_fallthrough(keys); }

  /// Finds the kernel of a call again, slowly, and tells observers.
  static R skip(KeySet, Args... args) {
    const auto reached = Self::entry().reach_call(all_keys(args...));
    if (observing<Traits>.load(std::memory_order_acquire) != 0 &&
        Self::entry().is_kernel(reached.function)) {
      return observed(
          typed(reached.function), reached.keys, false, static_cast<Args&&>(args)...);
    }
    return typed(reached.function)(reached.keys, static_cast<Args&&>(args)...);
  }

  /// A redispatch to a slot that holds `skip`, or that observers are told of.
  [[gnu::noinline]] static R redispatch_skipped(KeySet keys, Args... args) {
    const Function function = typed(Self::entry().reach_redispatch(keys));
    if (observing<Traits>.load(std::memory_order_acquire) == observes_everything &&
        Self::entry().is_kernel(erased(function))) {
      return observed(function, keys, true, static_cast<Args&&>(args)...);
    }
    return function(keys, static_cast<Args&&>(args)...);
  }

  static R run_plain(KeySet keys, Args... args) {
    OperatorEntry<Traits>& entry = Self::entry();
    // NOLINTNEXTLINE: back to the type that it was made from.
    const auto function = reinterpret_cast<R (*)(Args...)>(entry.plain(keys));
    if (function == nullptr) [[unlikely]] {
      return run_functor(keys, static_cast<Args&&>(args)...);
    }
    return function(static_cast<Args&&>(args)...);
  }
  static R run_boxed(KeySet keys, Args... args) {
    const BoxedFunction<Traits> function = Self::entry().boxed(keys);
    if (function == nullptr) [[unlikely]] {
      return run_functor(keys, static_cast<Args&&>(args)...);
    }
    return box(keys, static_cast<Args&&>(args)..., Self::handle(), function);
  }
  /// A kernel with a state, which is kept alive meanwhile.
  static R run_functor(KeySet keys, Args... args) {
    OperatorEntry<Traits>& entry = Self::entry();
    const auto kernel = entry.held(keys);
    if (kernel == nullptr || !kernel->has_body()) {
      // Taken back a moment ago: whatever is there now. It may fall through, and then a call
      // goes on below.
      const auto reached = entry.reach_call(keys);
      return typed(reached.function)(reached.keys, static_cast<Args&&>(args)...);
    }
    if (kernel->functor != nullptr &&
        kernel->functor->signature() == signature_of<Traits, R(Args...)>) {
      auto& functor = static_cast<TypedFunctor<Traits, R(Args...)>&>(*kernel->functor);
      return functor.call(keys, static_cast<Args&&>(args)...);
    }
    return box(
        keys, static_cast<Args&&>(args)..., Self::handle(), &detail::run_held<Traits>);
  }
  static R run_fallback(KeySet keys, Args... args) {
    const std::size_t slot = Layout::table_index(keys.raw_repr());
    const BoxedFunction<Traits> function =
        fallback_functions<Traits>[slot].load(std::memory_order_acquire);
    return box(keys, static_cast<Args&&>(args)..., Self::made_handle(), function);
  }

  /// Declared fallbacks of any kind.
  static R run_policy(KeySet keys, Args... args) {
    return box(keys,
               static_cast<Args&&>(args)...,
               Self::handle(),
               &detail::run_declared<Traits>);
  }
  /// Those that only redispatch, which need no stack.
  template <std::size_t Place>
  static R run_redispatch(KeySet keys, Args... args) {
    constexpr auto fallback = Traits::fallbacks()[Place];
    const KeySet below = keys & fallback.redispatch_to;
    if constexpr (fallback.policy == Policy::autograd_not_implemented) {
      if (autograd_asks<Traits>.load(std::memory_order_relaxed)) [[unlikely]] {
        return run_policy(keys, static_cast<Args&&>(args)...);
      }
    }
    if constexpr (fallback.policy == Policy::python_tls_snapshot) {
      const MaybeSetTLSOnEntryGuard<Traits> on_entry;
      return redispatch(below, static_cast<Args&&>(args)...);
    } else {
      return redispatch(below, static_cast<Args&&>(args)...);
    }
  }

  /// What runs the declared fallback at a place.
  static constexpr Function policy(std::size_t place) {
    return place < policies.size() ? policies[place] : &missing;
  }

  static const TableFunctions<Traits>& functions() {
    static const TableFunctions<Traits> result{
        .signature = signature_of<Traits, R(Args...)>,
        .missing = erased(&missing),
        .unbound = erased(&unbound),
        .ambiguous = erased(&ambiguous),
        .fallthrough = erased(&fallthrough),
        .skip = erased(&skip),
        .run_plain = erased(&run_plain),
        .run_boxed = erased(&run_boxed),
        .run_functor = erased(&run_functor),
        .run_fallback = erased(&run_fallback),
        .policy = [](std::size_t place) { return erased(policy(place)); },
        .store =
            [](void* table, std::size_t slot, ErasedFunction function) {
              static_cast<Table<Traits, Function>*>(table)->store(slot,
                                                                  typed(function));
            },
        .load =
            [](const void* table, std::size_t slot) {
              return erased(
                  static_cast<const Table<Traits, Function>*>(table)->load(slot));
            },
        .store_mask =
            [](void* table, const Bits& mask) {
              static_cast<Table<Traits, Function>*>(table)->store_mask(mask);
            },
    };
    return result;
  }

  static ErasedFunction erased(Function function) {
    // NOLINTNEXTLINE: made into its type again before it is called.
    return reinterpret_cast<ErasedFunction>(function);
  }
  static Function typed(ErasedFunction function) {
    // NOLINTNEXTLINE: back to the type that it was made from.
    return reinterpret_cast<Function>(function);
  }

 private:
  template <std::size_t Place>
  static constexpr Function policy_at() {
    constexpr auto fallback = Traits::fallbacks()[Place];
    constexpr bool only_redispatches =
        fallback.policy == Policy::redispatch ||
        fallback.policy == Policy::python_tls_snapshot ||
        fallback.policy == Policy::autograd_not_implemented;
    if constexpr (only_redispatches && stands_for_itself<Place>()) {
      return &run_redispatch<Place>;
    } else {
      return &run_policy;
    }
  }
  template <std::size_t Place>
  static constexpr bool stands_for_itself() {
    for (const std::size_t place : Declared::by_slot) {
      if (place == Place) return true;
    }
    return false;
  }

  using Policies = std::array<Function, Traits::fallbacks().size()>;
  template <std::size_t... I>
  static constexpr Policies make_policies(std::index_sequence<I...>) {
    return Policies{policy_at<I>()...};
  }
  static constexpr Policies policies =
      make_policies(std::make_index_sequence<Traits::fallbacks().size()>());

  static KeySet all_keys(const std::remove_reference_t<Args>&... args) {
    return OperatorEntry<Traits>::with_local(
        KeySet(RAW, detail::keys_of<Traits, std::remove_cvref_t<Args>...>(args...)));
  }

  [[gnu::cold, gnu::noinline]] static R observed(Function function,
                                                 KeySet keys,
                                                 bool is_redispatch,
                                                 Args... args) {
    StackBuffer<Value, sizeof...(Args)> values;
    (push_borrowed(values, args), ...);
    OperatorEntry<Traits>& entry = Self::entry();
    const Observed<Traits> told(
        {entry.name(),
         keys,
         is_redispatch,
         std::span<const Value>(values.begin(), values.size())});
    // Observers may have called other operators.
    Traits::local().current = &entry;
    return function(keys, static_cast<Args&&>(args)...);
  }
};

/// The table of an operator that can be changed, and of one that cannot.
template <class Op>
inline constinit typename Op::Table mutable_table = Op::make_table();
template <class Op>
inline constexpr typename Op::Table constant_table = Op::make_table();

template <class Op>
inline constinit std::atomic<typename Op::Entry*> entry_pointer{nullptr};

/// What boxed kernels are told. Made with the entry, before slots hold what was registered.
template <class Op>
inline constinit typename Op::Handle operator_handle{nullptr};

/// Makes an operator known before `main` if anything calls it.
template <class Op>
inline const bool is_attached = (Op::attach(), true);

/// A declared operator. Generated structs derive from it:
///
///   struct add : Operator<Traits, add, Tensor(const Tensor&, const Tensor&)> {
///     static constexpr SchemaView schema = ...;
///     static constexpr std::array<DeclaredKernel, ...> kernels = ...;
///   };
template <class Traits, class Op, class Type>
class Operator;

template <class Traits, class Op, class R, class... Args>
class Operator<Traits, Op, R(Args...)> {
 public:
  using KeySet = typename Traits::KeySet;
  using Layout = typename KeySet::Layout;
  using Bits = typename Layout::Bits;
  using Key = typename Traits::Numbering::Key;
  using Entry = OperatorEntry<Traits>;
  using Handle = OperatorHandle<Traits>;
  using Stack = dispatch_codegen::Stack<typename Traits::Value>;
  using Slots = dispatch_codegen::Slots<Traits, Operator, R, Args...>;
  /// What its slots hold.
  using Function = typename Slots::Function;
  using Table = dispatch_codegen::Table<Traits, Function>;
  /// The type of its kernels that do not take the keyset.
  using Plain = R(Args...);

  /// A kernel that is declared for a key; without a function, its body has to be
  /// registered.
  struct DeclaredKernel {
    Key key;
    std::string_view name;
    Function function = nullptr;
  };

  /// The function of a slot that runs a kernel, which may take the keyset first.
  template <auto* F>
  static constexpr Function linked = [] {
    if constexpr (std::is_same_v<decltype(F), Function>) {
      return F;
    } else if constexpr (std::is_invocable_r_v<R, decltype(F), KeySet, Args...>) {
      return +[](KeySet keys, Args... args) -> R {
        return F(keys, static_cast<Args&&>(args)...);
      };
    } else {
      return +[](KeySet, Args... args) -> R { return F(static_cast<Args&&>(args)...); };
    }
  }();

  // What a generated struct may say otherwise.
  static constexpr bool is_static = false;
  static constexpr std::array<DeclaredKernel, 0> kernels{};
  static constexpr std::array<std::string_view, 0> tags{};
  static constexpr std::string_view python_module{};

  /// Runs the kernel that the keys of the arguments and of the thread lead to.
  [[gnu::always_inline]] static R call(Args... args) {
    static_cast<void>(&is_attached<Op>);
    return Slots::call(static_cast<Args&&>(args)...);
  }

  /// Runs the kernel that a keyset leads to; nothing is added to it or taken from it.
  [[gnu::always_inline]] static R redispatch(KeySet keys, Args... args) {
    static_cast<void>(&is_attached<Op>);
    return Slots::redispatch(keys, static_cast<Args&&>(args)...);
  }

  /// The same with arguments at the end of a stack, where the results are left.
  static void call_boxed(Stack* stack) { entry().call_boxed(stack); }
  static void redispatch_boxed(KeySet keys, Stack* stack) {
    entry().redispatch_boxed(keys, stack);
  }

  static const Handle& handle() {
    static_cast<void>(entry());
    return operator_handle<Op>;
  }
  /// Only after something was registered at run time.
  static const Handle& made_handle() { return operator_handle<Op>; }

  /// Whether calls ask if there are observers. A table that can change sends them to the
  /// observers instead, see Note [Observed operators].
  static constexpr bool asks_observers = Op::is_static && Traits::is_observable;

  static Entry& entry() {
    Entry* const known = entry_pointer<Op>.load(std::memory_order_acquire);
    return known != nullptr ? *known : *attach();
  }

  static const auto& table() {
    if constexpr (Op::is_static) {
      return constant_table<Op>;
    } else {
      return mutable_table<Op>;
    }
  }

  /// Makes it known by name; doing so again does nothing.
  [[gnu::noinline]] static Entry* attach() {
    void* table = nullptr;
    if constexpr (Op::is_static) {
      table = const_cast<Table*>(&constant_table<Op>);
    } else {
      table = &mutable_table<Op>;
    }
    Entry* const made = Dispatcher<Traits>::singleton().attach(info(), table);
    entry_pointer<Op>.store(made, std::memory_order_release);
    return made;
  }

  /// The table as it is declared, if it is constant; else closed, so that the first call,
  /// from whatever constructor, sees what is registered by then.
  static constexpr Table make_table() {
    constexpr auto& masks = declared_masks;
    typename Table::Functions functions = declared_functions;
    if constexpr (!Op::is_static) functions[0] = &Slots::skip;
    return Table(Op::is_static && masks.is_uniform ? masks.by_backend[0]
                                                   : Layout::full_backend_mask,
                 functions);
  }

 private:
  using Numbering = typename Traits::Numbering;

  struct Slot {
    Function function;
    bool falls_through;
  };

  static constexpr Slot declared_slot(Key key,
                                      std::size_t index,
                                      const KeyValues<Numbering>& registered) {
    const auto choice = evaluate<Numbering>(
        Traits::alias_rules(), registered, DeclaredFallbacks<Traits>::keys, key);
    switch (choice.source) {
      case Source::nothing:
        return {&Slots::missing, false};
      case Source::ambiguous:
        return {&Slots::ambiguous, false};
      case Source::fallback: {
        const std::size_t place = DeclaredFallbacks<Traits>::by_slot[index];
        if (Traits::fallbacks()[place].policy == Policy::fallthrough) {
          return {&Slots::skip, true};
        }
        return {Slots::policy(place), false};
      }
      case Source::kernel:
        break;
    }
    for (const auto& kernel : Op::kernels) {
      if (kernel.key != choice.key) continue;
      if (kernel.name == "fallthrough") return {&Slots::skip, true};
      return {kernel.function != nullptr ? kernel.function : &Slots::unbound, false};
    }
    return {&Slots::missing, false};
  }

  static constexpr std::array<Slot, Layout::num_slots> declared_slots = [] {
    KeyValues<Numbering> registered{};
    for (const auto& kernel : Op::kernels) {
      registered |= key_values<Numbering>({kernel.key});
    }
    std::array<Slot, Layout::num_slots> slots{};
    for (std::size_t i = 0; i < slots.size(); ++i) {
      slots[i] = declared_slot(Layout::slot_keys[i], i, registered);
    }
    return slots;
  }();

  static constexpr CallMasks<Numbering> declared_masks = CallMasks<Numbering>::of(
      [](std::size_t slot) { return declared_slots[slot].falls_through; });

  static constexpr typename Table::Functions declared_functions = [] {
    typename Table::Functions functions{};
    for (Function& function : functions) function = &Slots::missing;
    for (std::size_t i = 0; i < declared_slots.size(); ++i) {
      functions[i] = declared_slots[i].function;
    }
    if (!declared_masks.is_uniform) functions[0] = &Slots::skip;
    return functions;
  }();

  static DeclaredKernelView<Traits> declared_kernel(std::size_t index) {
    const DeclaredKernel& kernel = Op::kernels[index];
    return {kernel.key,
            kernel.name,
            kernel.function == nullptr ? nullptr : Slots::erased(kernel.function)};
  }

  static const OperatorInfo<Traits>& info() {
    static const OperatorInfo<Traits> result{
        .schema = &Op::schema,
        .tags = Op::tags,
        .python_module = Op::python_module,
        .num_kernels = Op::kernels.size(),
        .kernel = &declared_kernel,
        .functions = &Slots::functions(),
        .is_static = Op::is_static,
        .masks = &declared_masks,
        .handle = &operator_handle<Op>,
        .first_slot = Slots::erased(declared_slots[0].function),
    };
    return result;
  }
};

/// An operator of a known type that is looked up by name, as c10's TypedOperatorHandle.
template <class Traits, class Type>
class TypedOperatorHandle;

template <class Traits, class R, class... Args>
class TypedOperatorHandle<Traits, R(Args...)> : public OperatorHandle<Traits> {
 public:
  using typename OperatorHandle<Traits>::KeySet;

  /// Throws TypeError if the operator, or one of its kernels, has another type.
  explicit TypedOperatorHandle(const OperatorHandle<Traits>& op)
      : OperatorHandle<Traits>(op) {
    const auto held = Dispatcher<Traits>::singleton().lock();
    OperatorEntry<Traits>& entry = *op.entry();
    const auto* const type = signature_of<Traits, R(Args...)>;
    if (entry.table() == nullptr) {
      if (const auto* known = entry.kernel_signature();
          known == nullptr || known == type) {
        // Kept for ever: other handles may hold it.
        typename Table::Functions functions;
        for (auto& function : functions) function = &Slots::missing;
        entry.set_table(Slots::functions(), new Table(Layout::full, functions));
      }
    }
    if (entry.signature() != type) {
      throw_type_error(entry.name() +
                       ": it takes or returns other types than it is asked for with");
    }
    skip_ = Slots::typed(entry.skip());
    is_static_ = entry.is_static();
  }

  R call(Args... args) const {
    Traits::local().current = this->entry();
    if (is_static_) [[unlikely]] {
      if (observing<Traits>.load(std::memory_order_relaxed) != 0) {
        return Slots::skip({}, static_cast<Args&&>(args)...);
      }
    }
    return Slots::call(static_cast<Args&&>(args)...);
  }
  R redispatch(KeySet keys, Args... args) const {
    Traits::local().current = this->entry();
    // Not by Slots::redispatch: a declared operator skips with a function of its own.
    const auto function = Self::table().at(keys.raw_repr());
    if (function == skip_ ||
        (is_static_ && observing<Traits>.load(std::memory_order_relaxed) != 0))
        [[unlikely]] {
      return Slots::redispatch_skipped(keys, static_cast<Args&&>(args)...);
    }
    return function(keys, static_cast<Args&&>(args)...);
  }

 private:
  /// Says which operator a function of a slot belongs to: the one called last.
  struct Self {
    static constexpr bool asks_observers = false;
    static OperatorEntry<Traits>& entry() { return *Traits::local().current; }
    static OperatorHandle<Traits> handle() { return OperatorHandle<Traits>(&entry()); }
    static OperatorHandle<Traits> made_handle() { return handle(); }
    static const auto& table() { return *static_cast<Table*>(entry().table()); }
  };
  using Slots = dispatch_codegen::Slots<Traits, Self, R, Args...>;
  using Table = dispatch_codegen::Table<Traits, typename Slots::Function>;
  using Layout = typename KeySet::Layout;

  typename Slots::Function skip_ = nullptr;
  bool is_static_ = false;
};

}  // namespace dispatch_codegen

#endif
