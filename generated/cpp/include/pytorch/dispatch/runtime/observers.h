// Who watches calls: like RecordFunction, at no cost while there is nobody.
//
// Note [Observed operators]. While calls are observed, the masks of all operators let no
// functionality through and their slots 0 hold `skip`, so that calls come there and observers
// are told. While redispatches are observed too, all slots hold `skip`, and the entry knows
// what they would hold otherwise. A constant table cannot change; calls that use one read a
// flag.

#ifndef DISPATCH_CODEGEN_OBSERVERS_H
#define DISPATCH_CODEGEN_OBSERVERS_H

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "dispatcher.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// What is observed.
template <class Traits>
struct Event {
  /// Of the operator, or of a part of a call.
  std::string_view name;
  /// What the kernel is called with; empty for a part of a call.
  typename Traits::KeySet keys;
  /// Whether another kernel redispatched to it.
  bool is_redispatch;
  /// Borrowed: valid while the call runs.
  std::span<const typename Traits::Value> arguments;
};

/// Watches the calls of all threads.
template <class Traits>
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on_start(const Event<Traits>& event) = 0;
  /// After errors too.
  virtual void on_end(const Event<Traits>&) noexcept {}
  /// Whether it sees the redispatches of a call too, and so each kernel that a call passes
  /// through.
  virtual bool sees_redispatches() const { return false; }
};

template <class Traits>
class Observers {
 public:
  using List = std::vector<std::shared_ptr<Observer<Traits>>>;

  static Observers& singleton() {
    static Observers* const observers = new Observers();
    return *observers;
  }

  void add(std::shared_ptr<Observer<Traits>> observer) {
    change([&](List& list) { list.push_back(std::move(observer)); });
  }
  /// Ends one `add`. Calls that run now still tell it when they end.
  void remove(const Observer<Traits>* observer) {
    change([&](List& list) {
      for (std::size_t i = list.size(); i > 0; --i) {
        if (list[i - 1].get() != observer) continue;
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(i - 1));
        return;
      }
    });
  }
  std::shared_ptr<const List> installed() {
    const std::lock_guard<std::mutex> held(mutex_);
    return installed_;
  }

 private:
  template <class F>
  void change(F&& f) {
    // Ends last: an observer may do anything when it ends.
    std::shared_ptr<const List> before;
    const auto registering = Dispatcher<Traits>::singleton().lock();
    const std::lock_guard<std::mutex> held(mutex_);
    auto changed = std::make_shared<List>(*installed_);
    f(*changed);
    std::uint8_t bits = 0;
    for (const auto& one : *changed) {
      bits |= one->sees_redispatches() ? observes_everything : observes_calls;
    }
    before = std::exchange(installed_, std::move(changed));
    observing<Traits>.store(bits, std::memory_order_release);
    Dispatcher<Traits>::singleton().observe();
  }

  std::mutex mutex_;
  std::shared_ptr<const List> installed_ = std::make_shared<const List>();
};

/// Observes while it is alive.
template <class Traits>
class ObserverGuard {
 public:
  explicit ObserverGuard(std::shared_ptr<Observer<Traits>> observer)
      : observer_(observer.get()) {
    Observers<Traits>::singleton().add(std::move(observer));
  }
  ObserverGuard(const ObserverGuard&) = delete;
  ObserverGuard& operator=(const ObserverGuard&) = delete;
  ~ObserverGuard() { Observers<Traits>::singleton().remove(observer_); }

 private:
  const Observer<Traits>* observer_;
};

/// Tells the observers of something that begins now and ends with this object.
template <class Traits>
class Observed {
 public:
  explicit Observed(const Event<Traits>& event)
      : event_(event), observers_(Observers<Traits>::singleton().installed()) {
    try {
      for (; started_ < observers_->size(); ++started_) {
        if (is_told((*observers_)[started_])) (*observers_)[started_]->on_start(event_);
      }
    } catch (...) {
      end();
      throw;
    }
  }
  Observed(const Observed&) = delete;
  Observed& operator=(const Observed&) = delete;
  ~Observed() { end(); }

 private:
  bool is_told(const std::shared_ptr<Observer<Traits>>& one) const {
    return !event_.is_redispatch || one->sees_redispatches();
  }
  void end() noexcept {
    for (; started_ > 0; --started_) {
      if (is_told((*observers_)[started_ - 1])) {
        (*observers_)[started_ - 1]->on_end(event_);
      }
    }
  }

  Event<Traits> event_;
  std::shared_ptr<const typename Observers<Traits>::List> observers_;
  std::size_t started_ = 0;
};

/// The same for a call with arguments on a stack. It keeps copies of them, since the call
/// takes them off.
template <class Traits>
class ObservedOnStack {
 public:
  using Value = typename Traits::Value;

  ObservedOnStack(std::string_view name,
                  typename Traits::KeySet keys,
                  bool is_redispatch,
                  std::span<const Value> arguments)
      : arguments_(arguments.begin(), arguments.end()),
        observed_({name, keys, is_redispatch, arguments_}) {}

 private:
  std::vector<Value> arguments_;
  Observed<Traits> observed_;
};

}  // namespace dispatch_codegen

#endif
