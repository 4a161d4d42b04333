// What a thread knows: the sets that its calls include and exclude, and what guards,
// modes and snapshots keep.

#ifndef DISPATCH_CODEGEN_LOCAL_STATE_H
#define DISPATCH_CODEGEN_LOCAL_STATE_H

#include "errors.h"
#include "rules.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

template <class Traits>
class OperatorEntry;
template <class Traits>
class DispatchModeGuard;

/// The two sets of a thread, as c10's LocalDispatchKeySet.
template <class KeySet>
struct LocalDispatchKeySet {
  KeySet included_;
  KeySet excluded_;

  friend constexpr bool operator==(const LocalDispatchKeySet&,
                                   const LocalDispatchKeySet&) = default;
};

/// The state of a thread. Constant-initialized and trivially destroyed, so that reading it
/// is one access; a generated header holds the variable.
template <class Traits>
struct LocalState {
  using KeySet = typename Traits::KeySet;
  using Layout = typename KeySet::Layout;
  using Bits = typename Layout::Bits;

  // The path of a call reads these two.
  Bits included;
  /// All but what is excluded. Backend bits stay: they cannot be taken away.
  Bits keep;

  Bits excluded;
  LocalDispatchKeySet<KeySet> on_entry{};
  bool has_on_entry = false;
  bool python_dispatcher = false;
  /// The innermost mode; its guard, on somebody's stack, knows the next one.
  DispatchModeGuard<Traits>* mode = nullptr;
  /// The operator of a call that is not known at compile time.
  OperatorEntry<Traits>* current = nullptr;

  constexpr LocalState(KeySet include, KeySet exclude)
      : included(include.raw_repr()),
        keep(kept(exclude.raw_repr())),
        excluded(exclude.raw_repr()) {}

  void include(const Bits& bits) { included = bits; }
  void exclude(const Bits& bits) {
    excluded = bits;
    keep = kept(bits);
  }
  LocalDispatchKeySet<KeySet> sets() const {
    return {KeySet(RAW, included), KeySet(RAW, excluded)};
  }
  void set(const LocalDispatchKeySet<KeySet>& sets) {
    include(sets.included_.raw_repr());
    exclude(sets.excluded_.raw_repr());
  }

 private:
  static constexpr Bits kept(const Bits& excluded) {
    return ~excluded | Layout::full_backend_mask;
  }
};

/// Adds bits to the two sets and takes bits from them while it is alive.
///
/// When it ends, a set that it changes is again what it was when the guard began, as with
/// c10's guards; the other one stays as it is. Ends in the thread where it began.
template <class Traits>
class ChangeGuard {
 public:
  using KeySet = typename Traits::KeySet;

  explicit ChangeGuard(const TlsChange<typename Traits::Numbering>& change)
      : before_(Traits::local().sets()),
        included_(!(change.include | change.stop_including).empty()),
        excluded_(!(change.exclude | change.stop_excluding).empty()) {
    auto& local = Traits::local();
    if (included_) {
      local.include((local.included | change.include.raw_repr()) &
                    ~change.stop_including.raw_repr());
    }
    if (excluded_) {
      local.exclude((local.excluded | change.exclude.raw_repr()) &
                    ~change.stop_excluding.raw_repr());
    }
  }
  ChangeGuard(const ChangeGuard&) = delete;
  ChangeGuard& operator=(const ChangeGuard&) = delete;
  ~ChangeGuard() {
    auto& local = Traits::local();
    if (included_) local.include(before_.included_.raw_repr());
    if (excluded_) local.exclude(before_.excluded_.raw_repr());
  }

 private:
  LocalDispatchKeySet<KeySet> before_;
  bool included_;
  bool excluded_;
};

/// Adds keys to what calls include while it is alive.
template <class Traits>
class IncludeDispatchKeyGuard : public ChangeGuard<Traits> {
 public:
  using KeySet = typename Traits::KeySet;
  explicit IncludeDispatchKeyGuard(KeySet keys)
      : ChangeGuard<Traits>({.include = keys}) {}
  explicit IncludeDispatchKeyGuard(typename KeySet::Key key)
      : IncludeDispatchKeyGuard(KeySet(key)) {}
};

/// Adds keys to what calls leave out while it is alive.
template <class Traits>
class ExcludeDispatchKeyGuard : public ChangeGuard<Traits> {
 public:
  using KeySet = typename Traits::KeySet;
  explicit ExcludeDispatchKeyGuard(KeySet keys)
      : ChangeGuard<Traits>({.exclude = keys}) {}
  explicit ExcludeDispatchKeyGuard(typename KeySet::Key key)
      : ExcludeDispatchKeyGuard(KeySet(key)) {}
};

/// A guard whose change is declared.
template <class Traits, const TlsChange<typename Traits::Numbering>& Change>
class DeclaredGuard : public ChangeGuard<Traits> {
 public:
  DeclaredGuard() : ChangeGuard<Traits>(Change) {}
};

/// Brings back what calls included and left out when it began.
template <class Traits>
class PreserveDispatchKeyGuard {
 public:
  PreserveDispatchKeyGuard() : before_(Traits::local().sets()) {}
  PreserveDispatchKeyGuard(const PreserveDispatchKeyGuard&) = delete;
  PreserveDispatchKeyGuard& operator=(const PreserveDispatchKeyGuard&) = delete;
  ~PreserveDispatchKeyGuard() { Traits::local().set(before_); }

 private:
  LocalDispatchKeySet<typename Traits::KeySet> before_;
};

/// Replaces what calls include and leave out while it is alive.
template <class Traits>
class ForceDispatchKeyGuard : public PreserveDispatchKeyGuard<Traits> {
 public:
  using KeySet = typename Traits::KeySet;
  ForceDispatchKeyGuard(KeySet include, KeySet exclude) {
    Traits::local().set({include, exclude});
  }
  explicit ForceDispatchKeyGuard(const LocalDispatchKeySet<KeySet>& sets) {
    Traits::local().set(sets);
  }
};

/// Keeps the sets that the outermost call finds, and only those of the outermost.
template <class Traits>
class MaybeSetTLSOnEntryGuard {
 public:
  MaybeSetTLSOnEntryGuard() : is_outermost_(!Traits::local().has_on_entry) {
    if (!is_outermost_) return;
    auto& local = Traits::local();
    local.on_entry = local.sets();
    local.has_on_entry = true;
  }
  MaybeSetTLSOnEntryGuard(const MaybeSetTLSOnEntryGuard&) = delete;
  MaybeSetTLSOnEntryGuard& operator=(const MaybeSetTLSOnEntryGuard&) = delete;
  ~MaybeSetTLSOnEntryGuard() {
    if (is_outermost_) Traits::local().has_on_entry = false;
  }

 private:
  bool is_outermost_;
};

/// Brings back the sets that the outermost call found, and empties the place they were in.
///
/// Throws a DispatchError where nothing is kept: outside of a call into a mode or
/// subclass, or inside another such guard.
template <class Traits>
class RestorePythonTLSSnapshot {
 public:
  RestorePythonTLSSnapshot()
      : kept_(Traits::local().on_entry), before_(Traits::local().sets()) {
    auto& local = Traits::local();
    if (!local.has_on_entry) {
      throw DispatchError(
          "the state on entry can be asked for only inside of what a mode or subclass "
          "runs");
    }
    local.set(kept_);
    local.has_on_entry = false;
  }
  RestorePythonTLSSnapshot(const RestorePythonTLSSnapshot&) = delete;
  RestorePythonTLSSnapshot& operator=(const RestorePythonTLSSnapshot&) = delete;
  ~RestorePythonTLSSnapshot() {
    auto& local = Traits::local();
    local.set(before_);
    local.on_entry = kept_;
    local.has_on_entry = true;
  }

 private:
  LocalDispatchKeySet<typename Traits::KeySet> kept_;
  LocalDispatchKeySet<typename Traits::KeySet> before_;
};

/// What is kept of the sets that the outermost call found; throws as
/// RestorePythonTLSSnapshot does.
template <class Traits>
LocalDispatchKeySet<typename Traits::KeySet> tls_on_entry() {
  RestorePythonTLSSnapshot<Traits> restored;
  return Traits::local().sets();
}

}  // namespace dispatch_codegen

#endif
