// An operator at run time: its schema, what is registered, and what its slots hold.
//
// Mirrors ATen/core/dispatch/OperatorEntry.h. Everything here is off the path of a call.

#ifndef DISPATCH_CODEGEN_ENTRY_H
#define DISPATCH_CODEGEN_ENTRY_H

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel.h"
#include "schema.h"
#include "table.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

template <class Traits>
class Dispatcher;

/// Which calls somebody observes now: bits of these two.
inline constexpr std::uint8_t observes_calls = 1;
inline constexpr std::uint8_t observes_redispatches = 2;
inline constexpr std::uint8_t observes_everything =
    observes_calls | observes_redispatches;

template <class Traits>
inline constinit std::atomic<std::uint8_t> observing{0};

/// What is known of the declared fallbacks at compile time.
template <class Traits>
struct DeclaredFallbacks {
  using Numbering = typename Traits::Numbering;
  using Layout = dispatch_codegen::Layout<Numbering>;

  static constexpr std::size_t none = ~std::size_t{0};

  static constexpr bool do_the_same(const Fallback<Numbering>& a,
                                    const Fallback<Numbering>& b) {
    // A policy that looks at its key is never shared.
    const bool by_key = a.policy == Policy::python || a.policy == Policy::kernel ||
                        a.policy == Policy::python_dispatcher ||
                        a.policy == Policy::backend_fallback_to;
    return a.policy == b.policy && (a.key == b.key || !by_key) &&
           a.redispatch_to == b.redispatch_to && a.message == b.message;
  }

  /// The fallback of each slot, by its place in `Traits::fallbacks()`. Of those that do
  /// the same, the first stands for all, so that code is made for it once.
  static constexpr std::array<std::size_t, Layout::num_slots> by_slot = [] {
    std::array<std::size_t, Layout::num_slots> result{};
    for (std::size_t& place : result) place = none;
    const auto fallbacks = Traits::fallbacks();
    for (std::size_t i = 0; i < fallbacks.size(); ++i) {
      const std::size_t slot = Layout::slot_of(fallbacks[i].key);
      if (slot == Layout::no_slot || fallbacks[i].policy == Policy::none) continue;
      std::size_t first = 0;
      while (!do_the_same(fallbacks[first], fallbacks[i])) ++first;
      result[slot] = first;
    }
    return result;
  }();

  /// The keys that have one.
  static constexpr KeyValues<Numbering> keys = [] {
    KeyValues<Numbering> result{};
    for (const auto& fallback : Traits::fallbacks()) {
      if (fallback.policy != Policy::none)
        result |= key_values<Numbering>({fallback.key});
    }
    return result;
  }();

  /// The fallback of a key; null if it has none.
  static constexpr const Fallback<Numbering>* find(typename Numbering::Key key) {
    for (const auto& fallback : Traits::fallbacks()) {
      if (fallback.key == key && fallback.policy != Policy::none) return &fallback;
    }
    return nullptr;
  }
};

/// What an operator's table needs of the operator's type; one for each typed operator, and
/// one for each type of those that are defined at run time.
template <class Traits>
struct TableFunctions {
  using Bits = typename Traits::KeySet::Bits;

  const Signature<Traits>* signature;
  // What slots hold where that is no kernel.
  ErasedFunction missing;
  ErasedFunction unbound;
  ErasedFunction ambiguous;
  ErasedFunction fallthrough;
  ErasedFunction skip;
  // How kernels that are known at run time only are called.
  ErasedFunction run_plain;
  ErasedFunction run_boxed;
  ErasedFunction run_functor;
  ErasedFunction run_fallback;
  /// What runs the declared fallback at a place of `Traits::fallbacks()`.
  ErasedFunction (*policy)(std::size_t place);

  void (*store)(void* table, std::size_t slot, ErasedFunction function);
  ErasedFunction (*load)(const void* table, std::size_t slot);
  void (*store_mask)(void* table, const Bits& mask);
};

/// A kernel that is declared for a key; the body is null where it is not known here.
template <class Traits>
struct DeclaredKernelView {
  typename Traits::Numbering::Key key;
  std::string_view name;
  ErasedFunction function;
};

/// What is declared of an operator.
template <class Traits>
struct OperatorInfo {
  using Bits = typename Traits::KeySet::Bits;

  const SchemaView* schema;
  std::span<const std::string_view> tags;
  std::string_view python_module;
  std::size_t num_kernels;
  DeclaredKernelView<Traits> (*kernel)(std::size_t index);
  const TableFunctions<Traits>* functions;
  /// Whether its table is constant.
  bool is_static;
  const CallMasks<typename Traits::Numbering>* masks;
  OperatorHandle<Traits>* handle;
  ErasedFunction first_slot;
};

/// Whether an argument's tensors decide where a call goes. Lists that are optional
/// themselves are not looked into, as in PyTorch.
constexpr bool is_searched(const Argument& argument) {
  switch (argument.kind) {
    case ArgumentKind::kTensor:
    case ArgumentKind::kOptionalTensor:
      return true;
    case ArgumentKind::kTensorList:
    case ArgumentKind::kOptionalTensorList:
      return !argument.type.ends_with('?');
    case ArgumentKind::kOther:
      break;
  }
  return false;
}

template <class Traits>
class OperatorEntry {
 public:
  using Numbering = typename Traits::Numbering;
  using Key = typename Numbering::Key;
  using KeySet = typename Traits::KeySet;
  using Layout = typename KeySet::Layout;
  using Bits = typename Layout::Bits;
  using Kernel = CppFunction<Traits>;
  using KernelPtr = std::shared_ptr<const Kernel>;
  using Stack = dispatch_codegen::Stack<typename Traits::Value>;
  using Values = KeyValues<Numbering>;
  /// By key, newest first; in the order of first registration.
  using Kernels = std::vector<std::pair<Key, std::vector<KernelPtr>>>;

  static_assert(BoxedValue<typename Traits::Value, typename Traits::Tensor>,
                "Traits::Value cannot be a boxed value over Traits::Tensor: see Note "
                "[Boxed values] in boxing.h");

  static constexpr std::size_t num_slots = Layout::num_slots;

  explicit OperatorEntry(std::string name) : name_(std::move(name)) {
    for (AtomicBits<Bits>& mask : masks_) mask.store(Layout::full);
  }
  OperatorEntry(const OperatorEntry&) = delete;
  OperatorEntry& operator=(const OperatorEntry&) = delete;
  ~OperatorEntry() {
    delete[] slots_.load();
    delete[] plain_.load();
    delete[] boxed_.load();
  }

  /// With namespace and overload, `ns::name.overload`.
  const std::string& name() const { return name_; }
  /// Whether it has a schema; kernels can be registered before it has.
  bool is_defined() const { return defined_.load(std::memory_order_acquire); }
  /// Throws a DispatchError if it is not defined.
  const SchemaView& schema() const {
    if (!is_defined()) throw DispatchError(name_ + ": there is no such operator");
    return *schema_;
  }
  std::span<const std::string_view> tags() const { return tags_; }
  /// The Python module that has what it lacks; empty if nobody says so.
  const std::string& python_module() const { return python_module_; }
  const std::string& debug() const { return debug_; }
  const Signature<Traits>* signature() const {
    return functions_ == nullptr ? nullptr : functions_->signature;
  }
  void* table() const { return table_; }
  /// What slots hold whose keys calls skip; once it has a table.
  ErasedFunction skip() const { return functions_->skip; }

  // Definition; under the dispatcher's lock

  /// Takes over what is declared. Until then all calls skip to slot 0, and so come here
  /// first; `opens` says whether the table is right as it is declared.
  void declare(const OperatorInfo<Traits>& info, void* table, bool opens) {
    info_ = &info;
    schema_ = info.schema;
    tags_ = info.tags;
    python_module_ = info.python_module;
    debug_ = "declared";
    is_static_ = info.is_static;
    functions_ = info.functions;
    table_ = table;
    set_masks(*info.masks);
    skips_first_ = !info.masks->is_uniform;
    first_slot_.store(info.first_slot, std::memory_order_release);
    typed_.store(true, std::memory_order_release);
    defined_.store(true, std::memory_order_release);
    if (!opens || is_static_) return;
    if (!skips_first_) functions_->store(table_, 0, info.first_slot);
    functions_->store_mask(table_, call_mask(skips_first_));
  }

  void define(Schema schema, std::string python_module, std::string debug) {
    own_schema_ = std::make_unique<OwnSchema>(std::move(schema));
    schema_ = &own_schema_->view;
    python_module_ = std::move(python_module);
    debug_ = std::move(debug);
    defined_.store(true, std::memory_order_release);
    refresh();
  }

  /// Ends a definition: calls only throw from now on. What was defined is kept, since
  /// other threads may be looking at it. Returns the kernels, which wait for another
  /// definition.
  Kernels retire() {
    defined_.store(false, std::memory_order_release);
    Kernels kernels = std::exchange(kernels_, {});
    refresh();
    return kernels;
  }
  /// Takes over the kernels of an operator that was retired.
  void inherit(Kernels kernels) {
    kernels_ = std::move(kernels);
    refresh();
  }

  /// Gives it a table, for calls of a type that is known now.
  void set_table(const TableFunctions<Traits>& functions, void* table) {
    functions_ = &functions;
    table_ = table;
    refresh();
    typed_.store(true, std::memory_order_release);
  }

  // Registrations; under the dispatcher's lock

  /// Throws RegistrationError for a kernel of another type than the operator.
  void add(Key key, KernelPtr kernel) {
    check_can_change();
    if (kernel->signature != nullptr) {
      const Signature<Traits>* const known =
          functions_ != nullptr ? signature() : kernel_signature();
      if (known != nullptr && known != kernel->signature) {
        throw_wrong_kernel(key, *kernel);
      }
    }
    kernels();  // Declared ones come first.
    auto& list = list_of(key);
    list.insert(list.begin(), std::move(kernel));
    refresh(key);
  }

  void remove(Key key, const KernelPtr& kernel) {
    auto& all = kernels();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].first != key) continue;
      auto& list = all[i].second;
      for (std::size_t j = 0; j < list.size(); ++j) {
        if (list[j] != kernel) continue;
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(j));
        break;
      }
      if (list.empty()) all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
    refresh(key);
  }

  /// What is registered.
  Kernels& kernels() {
    if (info_ != nullptr && !has_declared_) {
      has_declared_ = true;
      for (std::size_t i = 0; i < info_->num_kernels; ++i) {
        const DeclaredKernelView<Traits> declared = info_->kernel(i);
        Kernel kernel = declared.name == "fallthrough"
                            ? Kernel::makeFallthrough()
                            : Kernel::declared(declared.name);
        kernel.debug_text = "declared";
        if (declared.function != nullptr) {
          kernel.unboxed = declared.function;
          kernel.signature = functions_->signature;
        }
        // After those that came before the declaration was seen.
        list_of(declared.key)
            .push_back(std::make_shared<const Kernel>(std::move(kernel)));
      }
    }
    return kernels_;
  }

  /// The active kernel of a key; null if there is none.
  KernelPtr kernel(Key key) {
    for (const auto& [other, list] : kernels()) {
      if (other == key) return list.front();
    }
    return nullptr;
  }

  /// The type of its unboxed kernels; null if none is registered.
  const Signature<Traits>* kernel_signature() {
    for (const auto& [key, list] : kernels()) {
      for (const KernelPtr& kernel : list) {
        if (kernel->signature != nullptr) return kernel->signature;
      }
    }
    return nullptr;
  }

  Values registered() {
    Values result{};
    for (const auto& [key, list] : kernels()) {
      result |= bit<Values>(static_cast<std::size_t>(key));
    }
    return result;
  }

  /// Throws RegistrationError if a kernel that came before the operator has another type.
  void check_kernels(const Signature<Traits>* type) const {
    for (const auto& [key, list] : kernels_) {
      for (const KernelPtr& kernel : list) {
        if (kernel->signature != nullptr && kernel->signature != type) {
          throw_wrong_kernel(key, *kernel);
        }
      }
    }
  }

  /// Throws RegistrationError if its table is constant.
  void check_can_change() const {
    if (is_static_) {
      throw_registration_error(name_ +
                               " is declared static: its table cannot be changed");
    }
  }
  bool is_static() const { return is_static_; }

  // Tables; under the dispatcher's lock

  Choice<Numbering> choose(Key slot) {
    return evaluate<Numbering>(Traits::alias_rules(),
                               registered(),
                               Dispatcher<Traits>::singleton().fallback_keys(),
                               slot);
  }

  /// The kernel of a slot and what decided it; null where it is empty or ambiguous.
  std::pair<KernelPtr, Choice<Numbering>> content(Key slot) {
    const Choice<Numbering> choice = choose(slot);
    KernelPtr found;
    if (choice.source == Source::kernel) found = kernel(choice.key);
    if (choice.source == Source::fallback) {
      found = Dispatcher<Traits>::singleton().given_fallback(slot);
    }
    return {found, choice};
  }

  /// Computes slots anew: those that a registration for a key could change, or all.
  void refresh() {
    refresh_slots([](Key) { return true; });
  }
  void refresh(Key changed) {
    if (Layout::is_alias(changed)) return refresh();
    refresh_slots([&](Key slot) { return depends(slot, changed); });
  }
  /// Lets calls come to observers, or no longer; see Note [Observed operators].
  void observe();
  /// For fallbacks: nothing but the slot itself depends on them.
  void refresh_slot(Key changed) {
    refresh_slots([&](Key slot) { return slot == changed; });
  }

  // Calls; without the lock

  /// A function of the operator's type, and what it is called with.
  struct Reached {
    ErasedFunction function;
    KeySet keys;
  };

  /// Where a call with these keys ends, whatever falls through.
  Reached reach_call(KeySet keys) {
    const auto masked = [&] {
      return keys & KeySet(RAW, masks_[keys.getBackendIndex()].load());
    };
    KeySet reached = masked();
    ErasedFunction function = load(slot_index(reached));
    if (function == functions_->skip) {
      // Somebody registers just now.
      const auto lock = Dispatcher<Traits>::singleton().lock();
      reached = masked();
      function = load(slot_index(reached));
      // Where nothing is left, the call ends in slot 0, even if that falls through.
      if (function == functions_->skip) function = functions_->fallthrough;
    }
    return {function, reached};
  }

  /// Where a redispatch with these keys ends. Throws a DispatchError where the key falls
  /// through.
  ErasedFunction reach_redispatch(KeySet keys) {
    ErasedFunction function = load(slot_index(keys));
    if (function == functions_->skip) {
      // Somebody registers or observes just now, or it falls through.
      const auto lock = Dispatcher<Traits>::singleton().lock();
      function = load(slot_index(keys));
      if (function == functions_->skip) throw_fallthrough(keys);
    }
    return function;
  }

  /// Whether a slot that holds this function is not empty: observers are not told of calls
  /// that reach an empty one.
  bool is_kernel(ErasedFunction function) const {
    return function != functions_->missing;
  }

  /// The keys of a call with the arguments at the end of a stack, fallthroughs too.
  KeySet keys_of(const Stack& stack) const {
    KeySet keys;
    const auto arguments = schema().arguments;
    check_size(stack);
    const auto values = stack.last(arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (!is_searched(arguments[i])) continue;
      for_each_tensor(values[i], [&](const auto& tensor) {
        keys = keys | KeySet(key_set(tensor));
      });
    }
    return with_local(keys);
  }

  static KeySet with_local(KeySet keys) {
    const auto& local = Traits::local();
    return KeySet(RAW, (keys.raw_repr() | local.included) & local.keep);
  }

  void call_boxed(Stack* stack);
  void redispatch_boxed(KeySet keys, Stack* stack);

  /// What a call with the arguments at the end of a stack dispatches by.
  KeySet call_keys(const Stack& stack) const {
    const KeySet keys = keys_of(stack);
    return keys & KeySet(RAW, masks_[keys.getBackendIndex()].load());
  }

  /// Runs what is in the slot of a key, whatever the keyset would lead to.
  void run_content(Key slot, KeySet keys, Stack* stack);

  /// What the stubs for pointers call: the last ones that were registered for the slot, so
  /// that a call which is already there when something else is registered runs what was.
  ErasedFunction plain(KeySet keys) const { return at(plain_, keys); }
  BoxedFunction<Traits> boxed(KeySet keys) const { return at(boxed_, keys); }
  /// Goes where a call with these keys goes now; only if it has a table.
  void call_reached(KeySet keys, Stack* stack) {
    const Reached reached = reach_call(keys);
    run(reached.function, reached.keys, stack);
  }

  /// The kernel in the slot of a keyset, held; null if there is none.
  KernelPtr held(KeySet keys) {
    const auto lock = Dispatcher<Traits>::singleton().lock();
    const std::size_t slot = Layout::table_index(keys.raw_repr());
    return slot == Layout::no_slot ? nullptr : content(Layout::slot_keys[slot]).first;
  }

  // Errors

  [[noreturn, gnu::cold, gnu::noinline]] void throw_missing(KeySet keys) {
    throw_missing(keys, slot_key(keys));
  }
  [[noreturn, gnu::cold, gnu::noinline]] void throw_unbound(KeySet keys) {
    throw_unbound(slot_key(keys));
  }
  [[noreturn, gnu::cold, gnu::noinline]] void throw_ambiguous(KeySet keys) {
    throw_ambiguous(slot_key(keys));
  }
  /// For a keyset that did not lead to the slot by itself; without a slot if that is none.
  [[noreturn, gnu::cold]] void throw_missing(KeySet keys, std::optional<Key> slot);
  [[noreturn, gnu::cold]] void throw_unbound(std::optional<Key> slot);
  [[noreturn, gnu::cold]] void throw_ambiguous(std::optional<Key> at);
  [[noreturn, gnu::cold, gnu::noinline]] void throw_fallthrough(KeySet keys) const {
    const std::string key(Traits::name(keys.highestPriorityTypeId()));
    throw DispatchError(
        name_ + ": a redispatch reached " + key +
        ", which falls through; only a call skips such keys, a "
        "redispatch uses the keyset it is given: take the key out of it");
  }

  /// Whether nobody was warned yet that its fallback for a key runs.
  bool warn_once(Key key) {
    const auto lock = Dispatcher<Traits>::singleton().lock();
    const bool is_first = !has_bit(warned_, static_cast<std::size_t>(key));
    warned_ |= bit<Values>(static_cast<std::size_t>(key));
    return is_first;
  }

  // Python dispatcher

  /// Kernels that run while the Python dispatcher is on, by key; under the lock.
  std::vector<std::pair<Key, KernelPtr>> python_kernels;

 private:
  struct OwnSchema {
    explicit OwnSchema(Schema given) : schema(std::move(given)), view(schema.view()) {}
    Schema schema;
    SchemaView view;
  };

  template <class F>
  static F at(const std::atomic<std::atomic<F>*>& functions, KeySet keys) {
    std::atomic<F>* const found = functions.load(std::memory_order_acquire);
    if (found == nullptr) return nullptr;
    return found[slot_index(keys)].load(std::memory_order_acquire);
  }

  std::vector<KernelPtr>& list_of(Key key) {
    for (auto& [other, list] : kernels_) {
      if (other == key) return list;
    }
    return kernels_.emplace_back(key, std::vector<KernelPtr>()).second;
  }

  /// The slot of a keyset; one after the last where there is none.
  static std::size_t slot_index(KeySet keys) {
    const std::size_t slot = Layout::table_index(keys.raw_repr());
    return slot < num_slots ? slot : num_slots;
  }

  ErasedFunction load(std::size_t slot) const {
    if (slot == 0) return first_slot_.load(std::memory_order_acquire);
    if (slot >= num_slots) return functions_->missing;
    if (const auto* const slots = slots_.load(std::memory_order_acquire)) {
      return slots[slot].load(std::memory_order_acquire);
    }
    return functions_->load(table_, slot);
  }

  void check_size(const Stack& stack) const {
    const std::size_t count = schema().arguments.size();
    if (stack.size() < count) {
      throw_type_error(name_ + ": the stack holds " + std::to_string(stack.size()) +
                       " of " + std::to_string(count) + " arguments");
    }
  }

  void run(ErasedFunction function, KeySet keys, Stack* stack) {
    Traits::local().current = this;
    functions_->signature->call(function, &keys, stack);
  }

  /// Whether it has a table: boxed calls of operators without one look for a kernel each
  /// time.
  bool is_typed() const { return typed_.load(std::memory_order_acquire); }

  /// What is in a slot now, and what it is called with.
  struct Found {
    KernelPtr kernel;
    Choice<Numbering> choice;
    Key slot;
    KeySet keys;

    bool is_kernel() const { return choice.source != Source::nothing; }
  };
  Found find(Key slot, KeySet keys) {
    const auto lock = Dispatcher<Traits>::singleton().lock();
    if (!is_defined()) throw_missing(keys);
    auto [kernel, choice] = content(slot);
    return {std::move(kernel), choice, slot, keys};
  }
  Found find(KeySet keys) {
    const std::optional<Key> slot = slot_key(keys);
    if (!slot.has_value()) throw_missing(keys);
    return find(*slot, keys);
  }
  /// The same for a call. At once with what falls through, since that may change.
  Found find_call(KeySet keys) {
    const auto lock = Dispatcher<Traits>::singleton().lock();
    return find(keys & KeySet(RAW, masks_[keys.getBackendIndex()].load()));
  }
  void run_found(const Found& found, Stack* stack);

  auto tell(bool is_kernel, KeySet keys, std::uint8_t what, const Stack& stack) const;

  [[noreturn, gnu::cold, gnu::noinline]] void throw_wrong_kernel(
      Key key, const Kernel& kernel) const {
    throw_registration_error(
        name_ + ": the kernel " + kernel.name + " for " +
        std::string(Traits::name(key)) +
        " takes or returns other types than the operator and its other kernels");
  }
  [[noreturn, gnu::cold, gnu::noinline]] void throw_wrong_results(
      const SchemaView& called, std::size_t wanted, std::size_t found) const {
    throw_type_error(name_ + ": a boxed kernel has to leave " +
                     std::to_string(called.returns.size()) +
                     " values in place of the arguments; the stack has " +
                     std::to_string(found) + " values, not " + std::to_string(wanted));
  }

  /// The key whose slot a keyset leads to; nothing where there is none.
  static std::optional<Key> slot_key(KeySet keys) {
    const std::size_t slot = Layout::table_index(keys.raw_repr());
    if (slot == Layout::no_slot) return std::nullopt;
    return Layout::slot_keys[slot];
  }

  static bool depends(Key slot, Key changed) {
    if (slot == changed) return true;
    const KeySet bits(changed);
    for (const AliasRule<Numbering>& rule : Traits::alias_rules()) {
      if (rule.is_ambiguous && slot == rule.ambiguous_slot &&
          rule.ambiguous_with.has_all(bits)) {
        return true;
      }
      if (rule.yields_to_backends_of != nullptr &&
          rule.yields_to_backends_of(slot).has_all(bits)) {
        return true;
      }
    }
    return false;
  }

  void set_masks(const CallMasks<Numbering>& masks) {
    for (std::size_t i = 0; i < std::size(masks.by_backend); ++i) {
      masks_[i].store(masks.by_backend[i]);
    }
    is_uniform_ = masks.is_uniform;
  }

  /// The mask of the table: none of the keys if calls come to slot 0 first.
  Bits call_mask(bool comes_first) const {
    return comes_first ? Layout::full_backend_mask : masks_[0].load();
  }

  /// What a slot holds, and whether calls skip it.
  struct Slot {
    ErasedFunction function = nullptr;
    bool falls_through = false;
  };
  Slot resolve(std::size_t slot);

  template <class F>
  static void keep(std::atomic<std::atomic<F>*>& functions,
                   std::size_t slot,
                   F function) {
    std::atomic<F>* found = functions.load();
    if (found == nullptr) {
      found = new std::atomic<F>[num_slots + 1]();
      functions.store(found, std::memory_order_release);
    }
    found[slot].store(function, std::memory_order_release);
  }

  /// Keeps what slots hold apart from the table, for observers.
  void keep_slots() {
    if (slots_.load() != nullptr) return;
    auto* const slots = new std::atomic<ErasedFunction>[num_slots + 1];
    for (std::size_t slot = 0; slot < num_slots; ++slot) {
      slots[slot].store(functions_->load(table_, slot));
    }
    slots_.store(slots, std::memory_order_release);
  }

  template <class Selected>
  void refresh_slots(Selected selected);

  const std::string name_;
  std::atomic<bool> defined_{false};
  std::atomic<bool> typed_{false};
  bool is_static_ = false;
  bool has_declared_ = false;
  bool has_slots_ = false;
  bool skips_first_ = false;
  bool is_uniform_ = true;
  const OperatorInfo<Traits>* info_ = nullptr;
  const SchemaView* schema_ = nullptr;
  std::unique_ptr<OwnSchema> own_schema_;
  std::span<const std::string_view> tags_;
  std::string python_module_;
  std::string debug_;
  Kernels kernels_;
  Values warned_{};

  const TableFunctions<Traits>* functions_ = nullptr;
  void* table_ = nullptr;
  // The truth about what falls through, by backend, and about slot 0: see Note [Slots that
  // are skipped] in docs/architecture.md of the generator.
  AtomicBits<Bits> masks_[Layout::num_backends == 0 ? 1 : Layout::num_backends];
  std::vector<bool> falls_through_ = std::vector<bool>(num_slots);
  std::atomic<ErasedFunction> first_slot_{nullptr};
  // What slots hold apart from observers; null until somebody observes redispatches.
  std::atomic<std::atomic<ErasedFunction>*> slots_{nullptr};
  std::atomic<std::atomic<ErasedFunction>*> plain_{nullptr};
  std::atomic<std::atomic<BoxedFunction<Traits>>*> boxed_{nullptr};
};

/// An operator that is known at run time only, as c10's OperatorHandle.
template <class Traits>
class OperatorHandle {
 public:
  using Key = typename Traits::Numbering::Key;
  using KeySet = typename Traits::KeySet;
  using Stack = dispatch_codegen::Stack<typename Traits::Value>;

  constexpr explicit OperatorHandle(OperatorEntry<Traits>* entry) : entry_(entry) {}

  const std::string& operator_name() const { return entry_->name(); }
  /// Throws a DispatchError if it is not defined any more.
  const SchemaView& schema() const { return entry_->schema(); }
  bool hasSchema() const { return entry_->is_defined(); }

  /// Takes the arguments from the end of a stack and leaves the results there.
  void callBoxed(Stack* stack) const { entry_->call_boxed(stack); }
  /// The same with the keyset to dispatch by.
  void redispatchBoxed(KeySet keys, Stack* stack) const {
    entry_->redispatch_boxed(keys, stack);
  }

  /// Whether a kernel is registered for this very key.
  bool hasKernelForDispatchKey(Key key) const {
    const auto lock = Dispatcher<Traits>::singleton().lock();
    return entry_->kernel(key) != nullptr;
  }
  /// Whether the slot of a runtime key holds a kernel or fallback.
  bool hasComputedKernelForDispatchKey(Key key) const {
    const auto lock = Dispatcher<Traits>::singleton().lock();
    return entry_->choose(key).source != Source::nothing;
  }

  OperatorEntry<Traits>* entry() const { return entry_; }
  friend bool operator==(const OperatorHandle&, const OperatorHandle&) = default;

 private:
  OperatorEntry<Traits>* entry_;
};

}  // namespace dispatch_codegen

#endif
