// All operators and fallbacks of a dispatcher.
//
// Mirrors ATen/core/dispatch/Dispatcher.h.

#ifndef DISPATCH_CODEGEN_DISPATCHER_H
#define DISPATCH_CODEGEN_DISPATCHER_H

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entry.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

namespace detail {

/// Runs a fallback that is no boxed function, or what came after one that is gone.
template <class Traits>
void run_given(const OperatorHandle<Traits>& op,
               typename Traits::KeySet keys,
               Stack<typename Traits::Value>* stack);

template <class Traits, std::size_t... I>
constexpr auto given_functions(std::index_sequence<I...>) {
  using Function = std::atomic<BoxedFunction<Traits>>;
  return std::array<Function, sizeof...(I)>{
      (static_cast<void>(I), Function(&run_given<Traits>))...};
}

}  // namespace detail

/// The boxed functions that libraries registered as fallbacks, by slot.
template <class Traits>
inline constinit auto fallback_functions = detail::given_functions<Traits>(
    std::make_index_sequence<Layout<typename Traits::Numbering>::num_slots>());

/// Is told of every operator that is defined or removed.
template <class Traits>
class OpRegistrationListener {
 public:
  virtual ~OpRegistrationListener() = default;
  virtual void onOperatorRegistered(const OperatorHandle<Traits>& op) = 0;
  virtual void onOperatorDeregistered(const OperatorHandle<Traits>& op) = 0;
};

template <class Traits>
class Dispatcher {
 public:
  using Numbering = typename Traits::Numbering;
  using Key = typename Numbering::Key;
  using KeySet = typename Traits::KeySet;
  using Layout = typename KeySet::Layout;
  using Entry = OperatorEntry<Traits>;
  using Handle = OperatorHandle<Traits>;
  using Kernel = CppFunction<Traits>;
  using KernelPtr = std::shared_ptr<const Kernel>;
  using Listener = OpRegistrationListener<Traits>;
  using Declared = DeclaredFallbacks<Traits>;

  static Dispatcher& singleton() {
    // Never destroyed: libraries end in an order that nobody knows.
    static Dispatcher* const dispatcher = new Dispatcher();
    return *dispatcher;
  }

  std::unique_lock<std::recursive_mutex> lock() {
    return std::unique_lock<std::recursive_mutex>(mutex_);
  }

  // Operators

  /// Makes the entry of a declared operator, once.
  Entry* attach(const OperatorInfo<Traits>& info, void* table) {
    const auto held = lock();
    Entry& entry = entry_of(full_name(*info.schema));
    if (entry.is_defined() && entry.table() != table) {
      throw_registration_error(entry.name() + " is declared, and defined too, " +
                               entry.debug());
    }
    if (!entry.is_defined()) {
      entry.check_kernels(info.functions->signature);
      const bool is_as_declared = entry.kernels().empty() && !has_given_fallbacks_ &&
                                  observing<Traits>.load() == 0;
      *info.handle = Handle(&entry);
      entry.declare(info, table, is_as_declared);
      if (!is_as_declared && !info.is_static) entry.refresh();
    }
    return &entry;
  }

  /// The operator of a name, `ns::name.overload`; null if there is none.
  Entry* find(std::string_view name) {
    const auto held = lock();
    const std::size_t place = place_of(name);
    if (place == entries_.size() || entries_[place]->name() != name) return nullptr;
    Entry* const entry = entries_[place].get();
    return entry->is_defined() ? entry : nullptr;
  }

  /// Throws a DispatchError if there is no operator of that name.
  Handle findSchemaOrThrow(std::string_view name) {
    Entry* const entry = find(name);
    if (entry == nullptr) {
      throw DispatchError("there is no operator " + std::string(name));
    }
    return Handle(entry);
  }

  /// All defined operators, by name.
  std::vector<Handle> operators() {
    const auto held = lock();
    std::vector<Handle> found;
    for (const auto& entry : entries_) {
      if (entry->is_defined()) found.emplace_back(entry.get());
    }
    return found;
  }

  // Registration

  /// Defines an operator. Throws RegistrationError if it is defined already.
  Entry* define(Schema schema, std::string python_module, std::string debug) {
    Entry* entry = nullptr;
    std::vector<Listener*> listeners;
    {
      const auto held = lock();
      const std::string name = full_name(schema.view());
      entry = &entry_of(name);
      if (entry->is_defined()) {
        throw_registration_error(name + " is defined already, " + entry->debug() +
                                 "; an operator's name and overload can be defined "
                                 "once: give it another overload name");
      }
      entry->define(std::move(schema), std::move(python_module), std::move(debug));
      listeners = listeners_;
    }
    try {
      for (Listener* listener : listeners)
        listener->onOperatorRegistered(Handle(entry));
    } catch (...) {
      retire(entry);
      throw;
    }
    return entry;
  }

  /// Ends a definition. Handles of it only throw from now on, whatever is defined by the
  /// same name later.
  void retire(Entry* entry) {
    std::vector<Listener*> listeners;
    {
      const auto held = lock();
      auto next = std::make_unique<Entry>(entry->name());
      next->inherit(entry->retire());
      auto& place = entries_[place_of(entry->name())];
      // Kept for ever: handles know it.
      retired_.push_back(std::exchange(place, std::move(next)));
      listeners = listeners_;
    }
    for (Listener* listener : listeners) {
      listener->onOperatorDeregistered(Handle(entry));
    }
  }

  /// Registers a kernel; the newest one of a key is the active one.
  void add_kernel(const std::string& name,
                  Key key,
                  const KernelPtr& kernel,
                  bool allow_override) {
    auto held = lock();
    Entry& entry = entry_of(name);
    const KernelPtr known = entry.kernel(key);
    if (known != nullptr && known->debug_text != "declared" && !allow_override) {
      throw_registration_error(name + " has a kernel for " +
                               std::string(Traits::name(key)) +
                               " already: " + known->name + ", " + known->debug_text);
    }
    entry.add(key, kernel);
    held.unlock();
    if (known != nullptr && !allow_override &&
        (known->has_body() || known->is_fallthrough)) {
      warn(name + ": the declared kernel for " + std::string(Traits::name(key)) + ", " +
           known->name + ", is replaced by " + kernel->name);
    }
  }

  void remove_kernel(const std::string& name, Key key, const KernelPtr& kernel) {
    const auto held = lock();
    entry_of(name).remove(key, kernel);
  }

  /// Registers the backend fallback of a key.
  ///
  /// Throws RegistrationError if the key has one, unless that is declared to be
  /// overridable, or is a kernel whose body is registered here.
  void add_fallback(Key key, const KernelPtr& kernel) {
    const auto held = lock();
    const std::size_t slot = Layout::slot_of(key);
    if (slot == Layout::no_slot || slot == 0) {
      throw_registration_error(std::string(Traits::name(key)) +
                               " is no runtime key, and only these have fallbacks");
    }
    auto& given = given_[slot];
    const auto* declared = Declared::find(key);
    const bool stays = declared != nullptr && !declared->overridable &&
                       declared->policy != Policy::kernel;
    if (stays || (!given.empty() && (declared == nullptr || !declared->overridable))) {
      throw_registration_error(
          std::string(Traits::name(key)) + " has a backend fallback already: " +
          (given.empty() ? std::string(declared->kernel) + ", declared"
                         : given.front()->name + ", " + given.front()->debug_text) +
          "; a key can have one");
    }
    given.insert(given.begin(), kernel);
    has_given_fallbacks_ = true;
    fallback_changed(key, slot);
  }

  void remove_fallback(Key key, const KernelPtr& kernel) {
    const auto held = lock();
    const std::size_t slot = Layout::slot_of(key);
    auto& given = given_[slot];
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (given[i] != kernel) continue;
      given.erase(given.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
    fallback_changed(key, slot);
  }

  /// The keys that have a fallback now; under the lock.
  const KeyValues<Numbering>& fallback_keys() const { return fallback_keys_; }

  /// The fallback that a library registered for a key; null if none did; under the lock.
  KernelPtr given_fallback(Key key) const {
    const auto& given = given_[Layout::slot_of(key)];
    return given.empty() ? nullptr : given.front();
  }

  bool hasBackendFallbackForDispatchKey(Key key) {
    const auto held = lock();
    return has_bit(fallback_keys(), static_cast<std::size_t>(key));
  }

  /// Throws RegistrationError if a library defines the namespace already.
  void add_namespace(std::string_view name, std::string debug) {
    const auto held = lock();
    for (const auto& [known, where] : namespaces_) {
      if (known == name) {
        throw_registration_error(
            "only one library can define the namespace " + std::string(name) +
            ", and there is one already: " + where + "; use FRAGMENT to add to it");
      }
    }
    namespaces_.emplace_back(name, std::move(debug));
  }
  void remove_namespace(std::string_view name) {
    const auto held = lock();
    for (std::size_t i = 0; i < namespaces_.size(); ++i) {
      if (namespaces_[i].first != name) continue;
      namespaces_.erase(namespaces_.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
  }

  /// Tells a listener of every operator that comes or goes, and at once of those there
  /// are. It has to be removed before it ends.
  void add_listener(Listener* listener) {
    {
      const auto held = lock();
      listeners_.push_back(listener);
    }
    for (const Handle& op : operators()) listener->onOperatorRegistered(op);
  }
  void remove_listener(Listener* listener) {
    const auto held = lock();
    for (std::size_t i = 0; i < listeners_.size(); ++i) {
      if (listeners_[i] != listener) continue;
      listeners_.erase(listeners_.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
  }

  /// Lets all operators see who observes now; under the lock.
  void observe() {
    for (const auto& entry : entries_) entry->observe();
  }

  /// Says how one finds out whether a Python module is imported; without that, none is.
  using PythonModuleQuestion = bool (*)(const std::string& module);
  void set_python_module_question(PythonModuleQuestion question) {
    python_module_question_.store(question, std::memory_order_release);
  }
  bool python_module_is_imported(const std::string& module) const {
    const auto question = python_module_question_.load(std::memory_order_acquire);
    return question != nullptr && question(module);
  }

  /// Where warnings go; to stderr unless somebody else takes them.
  using WarningHandler = void (*)(std::string_view text);
  void set_warning_handler(WarningHandler handler) {
    warning_handler_.store(handler, std::memory_order_release);
  }
  void warn(std::string_view text) const {
    const WarningHandler handler = warning_handler_.load(std::memory_order_acquire);
    if (handler != nullptr) return handler(text);
    std::fprintf(stderr, "warning: %.*s\n", static_cast<int>(text.size()), text.data());
  }

 private:
  Dispatcher() = default;

  /// Where the entry of a name is, or would be.
  std::size_t place_of(std::string_view name) const {
    std::size_t low = 0;
    std::size_t high = entries_.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (entries_[middle]->name() < name) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  Entry& entry_of(const std::string& name) {
    const std::size_t place = place_of(name);
    if (place == entries_.size() || entries_[place]->name() != name) {
      entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(place),
                      std::make_unique<Entry>(name));
    }
    return *entries_[place];
  }

  static std::string full_name(const SchemaView& schema) {
    std::string name(schema.name);
    if (!schema.overload.empty()) {
      name += '.';
      name += schema.overload;
    }
    return name;
  }

  void fallback_changed(Key key, std::size_t slot) {
    const auto own = key_values<Numbering>({key});
    fallback_keys_ = given_[slot].empty()
                         ? (fallback_keys_ & ~own) | (Declared::keys & own)
                         : fallback_keys_ | own;
    const auto& given = given_[slot];
    const bool is_boxed = !given.empty() && given.front()->boxed != nullptr;
    fallback_functions<Traits>[slot].store(
        is_boxed ? given.front()->boxed : &detail::run_given<Traits>,
        std::memory_order_release);
    for (const auto& entry : entries_) {
      if (!entry->is_static()) entry->refresh_slot(key);
    }
  }

  std::recursive_mutex mutex_;
  std::vector<std::unique_ptr<Entry>> entries_;  // By name.
  std::vector<std::unique_ptr<Entry>> retired_;
  std::array<std::vector<KernelPtr>, Layout::num_slots> given_;
  bool has_given_fallbacks_ = false;
  KeyValues<Numbering> fallback_keys_ = Declared::keys;
  std::vector<std::pair<std::string, std::string>> namespaces_;
  std::vector<Listener*> listeners_;
  std::atomic<PythonModuleQuestion> python_module_question_{nullptr};
  std::atomic<WarningHandler> warning_handler_{nullptr};
};

// ---- what entries know of the dispatcher

template <class Traits>
typename OperatorEntry<Traits>::Slot OperatorEntry<Traits>::resolve(std::size_t slot) {
  if (!is_defined()) return {functions_->missing, false};
  const Key key = Layout::slot_keys[slot];
  const auto [kernel, choice] = content(key);
  switch (choice.source) {
    case Source::nothing:
      return {functions_->missing, false};
    case Source::ambiguous:
      return {functions_->ambiguous, false};
    case Source::fallback:
      if (kernel == nullptr) {
        const std::size_t place = DeclaredFallbacks<Traits>::by_slot[slot];
        const bool skips = Traits::fallbacks()[place].policy == Policy::fallthrough;
        return {skips ? functions_->skip : functions_->policy(place), skips};
      }
      if (kernel->is_fallthrough) return {functions_->skip, true};
      if (kernel->boxed != nullptr) return {functions_->run_fallback, false};
      return {functions_->run_functor, false};
    case Source::kernel:
      break;
  }
  if (kernel->is_fallthrough) return {functions_->skip, true};
  if (kernel->unboxed != nullptr) return {kernel->unboxed, false};
  if (kernel->plain != nullptr) {
    keep(plain_, slot, kernel->plain);
    return {functions_->run_plain, false};
  }
  if (kernel->boxed != nullptr) {
    keep(boxed_, slot, kernel->boxed);
    return {functions_->run_boxed, false};
  }
  if (kernel->functor != nullptr) return {functions_->run_functor, false};
  return {functions_->unbound, false};
}

template <class Traits>
template <class Selected>
void OperatorEntry<Traits>::refresh_slots(Selected selected) {
  if (is_static_) return;
  const bool is_first = !has_slots_;
  has_slots_ = true;
  ErasedFunction resolved[num_slots] = {};
  for (std::size_t slot = 0; slot < num_slots; ++slot) {
    const Key key = Layout::slot_keys[slot];
    if (!is_first && !selected(key)) continue;
    if (functions_ == nullptr) {
      const auto [kernel, choice] = content(key);
      const Fallback<Numbering>* declared = nullptr;
      if (choice.source == Source::fallback && kernel == nullptr) {
        declared = DeclaredFallbacks<Traits>::find(key);
      }
      falls_through_[slot] = declared != nullptr
                                 ? declared->policy == Policy::fallthrough
                                 : kernel != nullptr && kernel->is_fallthrough;
      continue;
    }
    const Slot found = resolve(slot);
    resolved[slot] = found.function;
    falls_through_[slot] = found.falls_through;
  }
  const auto masks = CallMasks<Numbering>::of(
      [&](std::size_t slot) -> bool { return falls_through_[slot]; });
  if (functions_ == nullptr) return set_masks(masks);
  const std::uint8_t observed = observing<Traits>.load();
  const bool comes_first = !masks.is_uniform || (observed & observes_calls) != 0;
  const bool comes_always = (observed & observes_redispatches) != 0;
  if (comes_always) keep_slots();
  for (std::size_t slot = 0; slot < num_slots; ++slot) {
    if (resolved[slot] == nullptr) continue;
    if (slot == 0) first_slot_.store(resolved[slot], std::memory_order_release);
    if (slots_.load() != nullptr) keep(slots_, slot, resolved[slot]);
  }
  // Slot 0 skips before a mask sends calls there, and for ever: a call that read such a mask
  // may come there late.
  skips_first_ |= comes_first;
  if (skips_first_) functions_->store(table_, 0, functions_->skip);
  for (std::size_t slot = 0; slot < num_slots; ++slot) {
    if (resolved[slot] == nullptr || (slot == 0 && skips_first_)) continue;
    functions_->store(table_, slot, comes_always ? functions_->skip : resolved[slot]);
  }
  set_masks(masks);
  functions_->store_mask(table_, call_mask(comes_first));
}

template <class Traits>
void OperatorEntry<Traits>::observe() {
  if (functions_ == nullptr || is_static_) return;
  const std::uint8_t observed = observing<Traits>.load();
  const bool comes_first = !is_uniform_ || (observed & observes_calls) != 0;
  const bool comes_always = (observed & observes_redispatches) != 0;
  skips_first_ |= comes_first;
  if (skips_first_) functions_->store(table_, 0, functions_->skip);
  if (comes_always) keep_slots();
  if (const auto* const slots = slots_.load(); slots != nullptr) {
    for (std::size_t slot = 1; slot < num_slots; ++slot) {
      functions_->store(
          table_, slot, comes_always ? functions_->skip : slots[slot].load());
    }
  }
  functions_->store_mask(table_, call_mask(comes_first));
}

template <class Traits>
void OperatorEntry<Traits>::throw_missing(KeySet keys, std::optional<Key> slot) {
  if (!is_defined()) throw DispatchError(name_ + " is not defined any more");
  const auto lock = Dispatcher<Traits>::singleton().lock();
  const std::string key(Traits::name(keys.highestPriorityTypeId()));
  std::string text = name_ + ": there is no kernel for " + key + ", which " +
                     Traits::text(keys) + " reaches\nkernels are registered for:";
  const char* separator = " ";
  const Values all = registered();
  for (std::size_t value = 0; value < Layout::num_values; ++value) {
    if (!has_bit(all, value)) continue;
    text += separator;
    text += Traits::name(static_cast<Key>(value));
    separator = ", ";
  }
  if (kernels().empty()) text += " none";
  if (!slot.has_value()) {
    throw_not_implemented(text + "\n" + key + " has no slot in a dispatch table");
  }
  text += "\nwhy the slot of ";
  text += Traits::name(*slot);
  text += " is empty:";
  evaluate<Numbering>(Traits::alias_rules(),
                      registered(),
                      Dispatcher<Traits>::singleton().fallback_keys(),
                      *slot,
                      [&](const Step<Numbering>& step) {
                        text += "\n  ";
                        text += Traits::name(step.key);
                        text += " [";
                        text += step.reason;
                        text += "]: ";
                        text += describe(step.outcome);
                        const char* before = " (";
                        for (std::size_t value = 0; value < Layout::num_values;
                             ++value) {
                          if (!has_bit(step.because, value)) continue;
                          text += before;
                          text += Traits::name(static_cast<Key>(value));
                          before = ", ";
                        }
                        if (step.because != Values{}) text += ")";
                      });
  throw_not_implemented(text);
}

template <class Traits>
void OperatorEntry<Traits>::throw_unbound(std::optional<Key> slot) {
  const auto lock = Dispatcher<Traits>::singleton().lock();
  const Key key = slot.value_or(Key{});
  const auto [kernel, choice] = content(key);
  std::string name(kernel == nullptr ? "" : kernel->name);
  if (const auto* declared = DeclaredFallbacks<Traits>::find(key);
      choice.source == Source::fallback && declared != nullptr) {
    name = declared->kernel;
  }
  throw_not_implemented(name_ + ": the kernel `" + name + "` for " +
                        std::string(Traits::name(choice.key)) +
                        " is declared, and its body is not linked in; link the "
                        "registration source of the key, or register one for it");
}

template <class Traits>
void OperatorEntry<Traits>::throw_ambiguous(std::optional<Key> at) {
  const auto lock = Dispatcher<Traits>::singleton().lock();
  const Key slot = at.value_or(Key{});
  const std::string key(Traits::name(slot));
  std::string text = name_ + ": ambiguous at " + key + ": the kernel for ";
  evaluate<Numbering>(Traits::alias_rules(),
                      registered(),
                      Dispatcher<Traits>::singleton().fallback_keys(),
                      slot,
                      [&](const Step<Numbering>& step) {
                        if (step.outcome != Outcome::ambiguous) return;
                        text += Traits::name(step.key);
                        text += " would serve it, but there are kernels for ";
                        const char* separator = "";
                        for (std::size_t value = 0; value < Layout::num_values;
                             ++value) {
                          if (!has_bit(step.because, value)) continue;
                          text += separator;
                          text += Traits::name(static_cast<Key>(value));
                          separator = ", ";
                        }
                      });
  throw DispatchError(text + " too; register one for " + key + " itself");
}

}  // namespace dispatch_codegen

#endif
