// The numbering of a dispatcher's keys and the arithmetic of keysets that follows from it.
//
// The numbering is c10's; see Notes [Numbering] and [Bits] in the generator's layout.py,
// which says the same in Python. `Numbering` is a generated struct:
//
//   using Key = DispatchKey;
//   using Backend = BackendComponent;
//   static constexpr std::size_t num_backends, num_functionality_keys, num_alias_keys;
//   static constexpr std::array<Key, ...> per_backend, in_every_full_after;
//   static constexpr bool is_trimmed;
//   static constexpr std::array<Key, ...> trimmed_slots;

#ifndef DISPATCH_CODEGEN_LAYOUT_H
#define DISPATCH_CODEGEN_LAYOUT_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "bits.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

template <class Numbering>
struct Layout {
  using Key = typename Numbering::Key;
  using Backend = typename Numbering::Backend;

  static constexpr std::size_t num_backends = Numbering::num_backends;
  static constexpr std::size_t num_functionality_keys =
      Numbering::num_functionality_keys;
  static constexpr std::size_t num_bits = num_backends + num_functionality_keys;
  static constexpr std::size_t num_per_backend = Numbering::per_backend.size();

  /// Value of the placeholder after the functionality keys.
  static constexpr std::size_t end_of_functionality = num_functionality_keys + 1;
  /// Value of the last runtime key.
  static constexpr std::size_t end_of_runtime =
      end_of_functionality + num_per_backend * (num_backends + 1);
  /// How many values the enum of keys has.
  static constexpr std::size_t num_values =
      end_of_runtime + 1 + Numbering::num_alias_keys;

  using Bits = dispatch_codegen::Bits<num_bits>;

  static constexpr Bits full = low_bits<Bits>(num_bits);
  static constexpr Bits full_backend_mask = low_bits<Bits>(num_backends);

  static constexpr std::size_t value(Key key) { return static_cast<std::size_t>(key); }
  static constexpr std::size_t value(Backend backend) {
    return static_cast<std::size_t>(backend);
  }

 private:
  // For each functionality key: one more than its place in `per_backend`, or 0.
  static constexpr std::array<std::uint16_t, num_functionality_keys + 1> per_backend_ =
      [] {
        std::array<std::uint16_t, num_functionality_keys + 1> result{};
        for (std::size_t i = 0; i < num_per_backend; ++i) {
          result[value(Numbering::per_backend[i])] = static_cast<std::uint16_t>(i + 1);
        }
        return result;
      }();

 public:
  // Keys

  static constexpr bool is_alias(Key key) { return value(key) > end_of_runtime; }

  /// Whether the key is a functionality with one runtime key for each backend.
  static constexpr bool is_per_backend(Key key) {
    return value(key) <= num_functionality_keys && per_backend_[value(key)] != 0;
  }

  /// The functionality key of any key; the undefined key for an alias key.
  static constexpr Key functionality_of(Key key) {
    const std::size_t v = value(key);
    if (v <= end_of_functionality) return key;
    if (v > end_of_runtime) return Key{};
    return Numbering::per_backend[(v - end_of_functionality - 1) / (num_backends + 1)];
  }

  /// The backend of a per-backend runtime key; no backend for any other key.
  static constexpr Backend backend_of(Key key) {
    const std::size_t v = value(key);
    if (v <= end_of_functionality || v > end_of_runtime) return Backend{};
    return static_cast<Backend>((v - end_of_functionality - 1) % (num_backends + 1));
  }

  /// The runtime key of a per-backend functionality on a backend.
  ///
  /// Without a backend that is the functionality's start placeholder; for a key that is
  /// not a per-backend functionality it is the undefined key.
  static constexpr Key runtime_key(Key functionality, Backend backend) {
    if (!is_per_backend(functionality)) return Key{};
    const std::size_t index = per_backend_[value(functionality)] - 1U;
    return static_cast<Key>(end_of_functionality + 1 + index * (num_backends + 1) +
                            value(backend));
  }

  // Keysets

  static constexpr Bits mask(Backend backend) {
    return value(backend) == 0 ? Bits{} : bit<Bits>(value(backend) - 1);
  }

  /// The bits of a key; none for an alias key and the undefined key.
  static constexpr Bits mask(Key key) {
    const std::size_t functionality = value(functionality_of(key));
    const std::size_t position = num_backends + functionality - 1;
    // As in c10, the placeholder after the functionality keys has the bit after theirs,
    // where a word has room for it.
    if (functionality == 0 || position >= sizeof(Bits) * 8) return Bits{};
    return bit<Bits>(position) | mask(backend_of(key));
  }

  static constexpr Bits full_after(Key key) {
    const std::size_t position = num_backends + value(functionality_of(key));
    return low_bits<Bits>(position == 0 ? 0 : position - 1) | in_every_full_after_;
  }

  /// `bits` without the functionality bits of `other`.
  ///
  /// Backend bits stay: they belong to all per-backend functionalities of the set at
  /// once, so that no single key can take one away.
  static constexpr Bits difference(const Bits& bits, const Bits& other) {
    return bits & (full_backend_mask | ~other);
  }

  static constexpr Key highest_functionality(const Bits& bits) {
    const std::size_t length = bit_length(bits);
    return static_cast<Key>(length > num_backends ? length - num_backends : 0);
  }

  static constexpr Backend highest_backend(const Bits& bits) {
    return static_cast<Backend>(bit_length(bits & full_backend_mask));
  }

  /// The key that a call with this keyset dispatches to.
  static constexpr Key highest_key(const Bits& bits) {
    const Key functionality = highest_functionality(bits);
    if (!is_per_backend(functionality)) return functionality;
    return runtime_key(functionality, highest_backend(bits));
  }

  /// Offset of the set's highest backend within a functionality's slots.
  ///
  /// A set without a backend bit lands on the first backend's slot, as in c10.
  static constexpr std::size_t backend_index(const Bits& bits) {
    const std::size_t length = bit_length(bits & full_backend_mask);
    return length == 0 ? 0 : length - 1;
  }

 private:
  static constexpr Bits in_every_full_after_ = [] {
    Bits result{};
    for (const Key key : Numbering::in_every_full_after) result |= mask(key);
    return result;
  }();

  // The first slot of each functionality key; bits above them lead to the first slot of all.
  static constexpr std::array<std::size_t, (num_bits + 63) / 64 * 64 + 1> offsets_ =
      [] {
        std::array<std::size_t, (num_bits + 63) / 64 * 64 + 1> result{};
        std::size_t slot = 0;
        for (std::size_t v = 0; v <= num_functionality_keys; ++v) {
          result[v] = slot;
          slot += is_per_backend(static_cast<Key>(v)) ? num_backends : 1;
        }
        return result;
      }();

 public:
  // Slots

  static constexpr std::size_t num_slots =
      Numbering::is_trimmed ? 1 + Numbering::trimmed_slots.size()
                            : num_functionality_keys + 1 +
                                  num_per_backend * num_backends - num_per_backend;
  static constexpr std::size_t no_slot = ~std::size_t{0};

  /// The runtime key of each slot.
  static constexpr std::array<Key, num_slots> slot_keys = [] {
    std::array<Key, num_slots> keys{};
    std::size_t slot = 0;
    if constexpr (Numbering::is_trimmed) {
      ++slot;
      for (const Key key : Numbering::trimmed_slots) keys[slot++] = key;
    } else {
      for (std::size_t v = 0; v <= num_functionality_keys; ++v) {
        const Key key = static_cast<Key>(v);
        if (!is_per_backend(key)) {
          keys[slot++] = key;
          continue;
        }
        for (std::size_t b = 1; b <= num_backends; ++b) {
          keys[slot++] = runtime_key(key, static_cast<Backend>(b));
        }
      }
    }
    return keys;
  }();

 private:
  // By the value of a key, and of what bits above all keys would be.
  static constexpr std::array<std::size_t, num_values + 64> slots_ = [] {
    std::array<std::size_t, num_values + 64> result{};
    for (std::size_t& slot : result) slot = no_slot;
    for (std::size_t i = 0; i < num_slots; ++i) result[value(slot_keys[i])] = i;
    return result;
  }();

 public:
  /// The slot of a runtime key; `no_slot` for any other key, and where a trimmed table
  /// has none.
  static constexpr std::size_t slot_of(Key key) { return slots_[value(key)]; }

  /// Where the slots of a keyset with some highest bit are: the first of them, and the
  /// backend bits that choose among them.
  struct Row {
    using Mask = std::conditional_t<(num_backends <= 32), std::uint32_t, std::uint64_t>;
    Mask offset = 0;
    // The lowest bit is in every row, so that what is left of a set is never empty.
    Mask backends = 1;
  };

  /// Whether the path of a call can look slots up by row.
  static constexpr bool has_rows = std::is_integral_v<Bits> && !Numbering::is_trimmed &&
                                   num_backends >= 1 && num_backends <= 63;

  /// By the position of a keyset's highest bit.
  static constexpr std::array<Row, 64> rows = [] {
    std::array<Row, 64> result{};
    // Whole rows: GCC 12 forgets initializers of members when another one is assigned.
    for (Row& row : result) row = {.offset = 0, .backends = 1};
    if constexpr (has_rows) {
      for (std::size_t v = 1; v <= num_functionality_keys; ++v) {
        using Mask = typename Row::Mask;
        const bool many = is_per_backend(static_cast<Key>(v));
        result[num_backends + v - 1] = {
            .offset = static_cast<Mask>(offsets_[v]),
            .backends = many ? static_cast<Mask>(full_backend_mask) : Mask{1}};
      }
    }
    return result;
  }();

  /// The slot of a keyset; `no_slot` where there is none.
  static constexpr std::size_t table_index(const Bits& bits) {
    if constexpr (has_rows) {
      // Without branches. The lowest bit decides nothing: it is the first backend, whose
      // slot is that of sets without a backend too.
      const std::uint64_t some = bits | 1U;
      const Row& row = rows[highest_bit(some)];
      return row.offset +
             highest_bit(static_cast<typename Row::Mask>(some) & row.backends);
    } else if constexpr (Numbering::is_trimmed) {
      const Key key = highest_key(bits);
      return slots_[value(key)];
    } else {
      const Key functionality = highest_functionality(bits);
      const std::size_t offset = offsets_[value(functionality)];
      if (!is_per_backend(functionality)) return offset;
      return num_backends == 0 ? no_slot : offset + backend_index(bits);
    }
  }
};

}  // namespace dispatch_codegen

#endif
