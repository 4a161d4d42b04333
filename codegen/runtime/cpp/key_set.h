// A set of dispatch keys: functionality bits above backend bits.
//
// Names and meaning are those of c10's DispatchKeySet, and all of it is constexpr.

#ifndef DISPATCH_CODEGEN_KEY_SET_H
#define DISPATCH_CODEGEN_KEY_SET_H

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "layout.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// Arguments of keyset constructors that say which set is meant.
enum Full { FULL };
enum FullAfter { FULL_AFTER };
enum Raw { RAW };

template <class Numbering>
class KeySet {
 public:
  using Layout = dispatch_codegen::Layout<Numbering>;
  using Key = typename Layout::Key;
  using Backend = typename Layout::Backend;
  using Bits = typename Layout::Bits;

  static constexpr Full FULL = dispatch_codegen::FULL;
  static constexpr FullAfter FULL_AFTER = dispatch_codegen::FULL_AFTER;
  static constexpr Raw RAW = dispatch_codegen::RAW;

  constexpr KeySet() = default;
  /// Every functionality and every backend bit.
  constexpr explicit KeySet(Full) : bits_(Layout::full) {}
  /// Everything of lower priority than the key's functionality, and the keys that are
  /// declared to be in every such set.
  constexpr KeySet(FullAfter, Key key) : bits_(Layout::full_after(key)) {}
  constexpr KeySet(Raw, const Bits& bits) : bits_(bits) {}
  /// The bits of a key; none for an alias key and the undefined key.
  constexpr explicit KeySet(Key key) : bits_(Layout::mask(key)) {}
  constexpr explicit KeySet(Backend backend) : bits_(Layout::mask(backend)) {}
  constexpr explicit KeySet(std::initializer_list<Key> keys) {
    for (const Key key : keys) bits_ |= Layout::mask(key);
  }
  constexpr explicit KeySet(std::initializer_list<Backend> backends) {
    for (const Backend backend : backends) bits_ |= Layout::mask(backend);
  }

  /// The union of the bits of keys and backends.
  template <class... Members>
  static constexpr KeySet of(Members... members) {
    return KeySet(RAW, (Bits{} | ... | Layout::mask(members)));
  }
  static constexpr KeySet from_raw_repr(const Bits& bits) { return KeySet(RAW, bits); }

  // Questions

  constexpr Bits raw_repr() const { return bits_; }
  constexpr bool empty() const { return bits_ == Bits{}; }
  /// Whether all bits of the key are set.
  constexpr bool has(Key key) const { return has_all(KeySet(key)); }
  constexpr bool has_backend(Backend backend) const { return has_all(KeySet(backend)); }
  constexpr bool has_all(KeySet other) const {
    return (bits_ & other.bits_) == other.bits_;
  }
  /// Whether the sets share a bit.
  ///
  /// Ask it only with sets that hold no runtime key of a per-backend functionality: two
  /// such keys share their backend's bit without being the same key.
  constexpr bool has_any(KeySet other) const { return (bits_ & other.bits_) != Bits{}; }
  constexpr bool isSupersetOf(KeySet other) const { return has_all(other); }

  constexpr Key highestFunctionalityKey() const {
    return Layout::highest_functionality(bits_);
  }
  constexpr Backend highestBackendKey() const { return Layout::highest_backend(bits_); }
  /// The key that a call with this keyset dispatches to.
  constexpr Key highestPriorityTypeId() const { return Layout::highest_key(bits_); }
  /// One more than the position of the highest bit; 0 for the empty set.
  constexpr std::uint8_t indexOfHighestBit() const {
    return static_cast<std::uint8_t>(bit_length(bits_));
  }
  /// The slot of an operator's table, -1 where a trimmed table has none.
  constexpr int getDispatchTableIndexForDispatchKeySet() const {
    return static_cast<int>(Layout::table_index(bits_));
  }
  constexpr std::uint64_t getBackendIndex() const {
    return Layout::backend_index(bits_);
  }

  // Operations

  [[nodiscard]] constexpr KeySet add(Key key) const { return *this | KeySet(key); }
  [[nodiscard]] constexpr KeySet add(KeySet other) const { return *this | other; }
  /// The set without the key's functionality bit; backend bits stay.
  [[nodiscard]] constexpr KeySet remove(Key key) const { return *this - KeySet(key); }
  [[nodiscard]] constexpr KeySet remove_backend(Backend backend) const {
    return KeySet(RAW, bits_ & ~Layout::mask(backend));
  }

  friend constexpr KeySet operator|(KeySet a, KeySet b) {
    return KeySet(RAW, a.bits_ | b.bits_);
  }
  friend constexpr KeySet operator&(KeySet a, KeySet b) {
    return KeySet(RAW, a.bits_ & b.bits_);
  }
  friend constexpr KeySet operator^(KeySet a, KeySet b) {
    return KeySet(RAW, a.bits_ ^ b.bits_);
  }
  /// The set without the functionality bits of `b`; backend bits stay.
  friend constexpr KeySet operator-(KeySet a, KeySet b) {
    return KeySet(RAW, Layout::difference(a.bits_, b.bits_));
  }
  /// All bits of the full set that are not in this one.
  friend constexpr KeySet operator~(KeySet a) {
    return KeySet(RAW, Layout::full & ~a.bits_);
  }
  friend constexpr bool operator==(KeySet, KeySet) = default;

  /// The runtime keys of a set, lowest priority first.
  ///
  /// A per-backend functionality yields one key for each backend bit of the set, and none
  /// if the set has no backend bit.
  class iterator {
   public:
    using value_type = Key;
    using difference_type = std::ptrdiff_t;

    constexpr iterator() = default;
    constexpr iterator(const Bits& bits, std::size_t functionality)
        : bits_(bits), functionality_(functionality) {
      settle();
    }

    constexpr Key operator*() const {
      const Key key = static_cast<Key>(functionality_);
      if (!Layout::is_per_backend(key)) return key;
      return Layout::runtime_key(key, static_cast<Backend>(backend_));
    }
    constexpr iterator& operator++() {
      ++backend_;
      settle();
      return *this;
    }
    constexpr iterator operator++(int) {
      iterator before = *this;
      ++*this;
      return before;
    }
    friend constexpr bool operator==(const iterator& a, const iterator& b) {
      return a.functionality_ == b.functionality_ && a.backend_ == b.backend_;
    }

   private:
    // Moves on to the next key of the set, from where it is now.
    constexpr void settle() {
      for (; functionality_ <= Layout::num_functionality_keys; next()) {
        if (!has_bit(bits_, Layout::num_backends + functionality_ - 1)) continue;
        if (!Layout::is_per_backend(static_cast<Key>(functionality_))) {
          if (backend_ == 1) return;
          continue;
        }
        for (; backend_ <= Layout::num_backends; ++backend_) {
          if (has_bit(bits_, backend_ - 1)) return;
        }
      }
    }
    constexpr void next() {
      ++functionality_;
      backend_ = 1;
    }

    Bits bits_{};
    std::size_t functionality_ = Layout::num_functionality_keys + 1;
    std::size_t backend_ = 1;
  };

  constexpr iterator begin() const { return iterator(bits_, 1); }
  constexpr iterator end() const { return iterator(); }

 private:
  Bits bits_{};
};

}  // namespace dispatch_codegen

#endif
