// A set of bits: one machine word while it fits, several when not.

#ifndef DISPATCH_CODEGEN_BITS_H
#define DISPATCH_CODEGEN_BITS_H

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// Bits for which one machine word is not enough; behaves as an unsigned integer does.
template <std::size_t Words>
struct WideBits {
  std::uint64_t words[Words] = {};  // Lowest first.

  constexpr WideBits() = default;
  explicit constexpr WideBits(std::uint64_t low) : words{low} {}

  friend constexpr bool operator==(const WideBits&, const WideBits&) = default;

  friend constexpr WideBits operator|(WideBits a, const WideBits& b) {
    for (std::size_t i = 0; i < Words; ++i) a.words[i] |= b.words[i];
    return a;
  }
  friend constexpr WideBits operator&(WideBits a, const WideBits& b) {
    for (std::size_t i = 0; i < Words; ++i) a.words[i] &= b.words[i];
    return a;
  }
  friend constexpr WideBits operator^(WideBits a, const WideBits& b) {
    for (std::size_t i = 0; i < Words; ++i) a.words[i] ^= b.words[i];
    return a;
  }
  friend constexpr WideBits operator~(WideBits a) {
    for (std::size_t i = 0; i < Words; ++i) a.words[i] = ~a.words[i];
    return a;
  }
  constexpr WideBits& operator|=(const WideBits& other) {
    return *this = *this | other;
  }
  constexpr WideBits& operator&=(const WideBits& other) {
    return *this = *this & other;
  }
  constexpr WideBits& operator^=(const WideBits& other) {
    return *this = *this ^ other;
  }
};

/// The type of a set of `Size` bits.
template <std::size_t Size>
using Bits =
    std::conditional_t<(Size <= 64), std::uint64_t, WideBits<(Size + 63) / 64>>;

/// The set of one bit.
template <class B>
constexpr B bit(std::size_t index) {
  if constexpr (std::is_integral_v<B>) {
    return B{1} << index;
  } else {
    B result;
    result.words[index / 64] = std::uint64_t{1} << (index % 64);
    return result;
  }
}

/// The set of the lowest `count` bits.
template <class B>
constexpr B low_bits(std::size_t count) {
  if constexpr (std::is_integral_v<B>) {
    return count >= 64 ? ~B{0} : (B{1} << count) - 1;
  } else {
    B result;
    for (std::size_t i = 0; i < count; ++i) result |= bit<B>(i);
    return result;
  }
}

/// One more than the position of the highest bit; 0 for the empty set.
constexpr std::size_t bit_length(std::uint64_t bits) {
  return static_cast<std::size_t>(std::bit_width(bits));
}

template <std::size_t Words>
constexpr std::size_t bit_length(const WideBits<Words>& bits) {
  for (std::size_t i = Words; i > 0; --i) {
    if (bits.words[i - 1] != 0) return (i - 1) * 64 + bit_length(bits.words[i - 1]);
  }
  return 0;
}

/// The position of the highest bit of a word that has one. GCC makes two instructions more
/// of std::countl_zero, which is asked about 0 too.
constexpr unsigned highest_bit(std::uint64_t bits) {
#if defined(__GNUC__)
  return 63U ^ static_cast<unsigned>(__builtin_clzll(bits));
#else
  return 63U ^ static_cast<unsigned>(std::countl_zero(bits));
#endif
}
constexpr unsigned highest_bit(std::uint32_t bits) {
#if defined(__GNUC__)
  return 31U ^ static_cast<unsigned>(__builtin_clz(bits));
#else
  return 31U ^ static_cast<unsigned>(std::countl_zero(bits));
#endif
}

/// Whether a bit is set.
template <class B>
constexpr bool has_bit(const B& bits, std::size_t index) {
  return (bits & bit<B>(index)) != B{};
}

/// Bits that threads read while another one changes them. One thread at a time does that.
template <class B>
class AtomicBits;

template <>
class AtomicBits<std::uint64_t> {
 public:
  constexpr AtomicBits() = default;
  constexpr explicit AtomicBits(std::uint64_t bits) : bits_(bits) {}
  std::uint64_t load() const { return bits_.load(std::memory_order_acquire); }
  void store(std::uint64_t bits) { bits_.store(bits, std::memory_order_release); }

 private:
  std::atomic<std::uint64_t> bits_{0};
};

template <std::size_t Words>
class AtomicBits<WideBits<Words>> {
 public:
  constexpr AtomicBits() = default;
  constexpr explicit AtomicBits(const WideBits<Words>& bits)
      : AtomicBits(bits, std::make_index_sequence<Words>()) {}

  // All words of one `store`, never some of one and some of another: half a mask would lead
  // a call to a key that was never the highest one.
  WideBits<Words> load() const {
    for (;;) {
      const std::uint32_t version = version_.load(std::memory_order_acquire);
      WideBits<Words> result;
      for (std::size_t i = 0; i < Words; ++i) {
        result.words[i] = words_[version & 1U][i].load(std::memory_order_acquire);
      }
      // Whoever writes there again has said so before.
      if (version_.load(std::memory_order_relaxed) == version) [[likely]] {
        return result;
      }
    }
  }
  void store(const WideBits<Words>& bits) {
    const std::uint32_t next = version_.load(std::memory_order_relaxed) + 1;
    for (std::size_t i = 0; i < Words; ++i) {
      words_[next & 1U][i].store(bits.words[i], std::memory_order_release);
    }
    version_.store(next, std::memory_order_release);
  }

 private:
  template <std::size_t... I>
  constexpr AtomicBits(const WideBits<Words>& bits, std::index_sequence<I...>)
      : words_{{std::atomic<std::uint64_t>(bits.words[I])...}, {}} {}

  // Those that are read, and those that are written next.
  std::atomic<std::uint64_t> words_[2][Words] = {};
  std::atomic<std::uint32_t> version_{0};
};

}  // namespace dispatch_codegen

#endif
