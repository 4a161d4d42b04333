// The numbering and sets of keys: what tests of calls do not reach.

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "bits.h"
#include "key_set.h"
#include "table.h"

namespace dispatch_codegen {

template <std::size_t Backends, std::size_t Functionalities, bool IsTrimmed = false>
struct Numbered {
  enum class Key : std::uint16_t {};
  enum class Backend : std::uint8_t {};
  static constexpr std::size_t num_backends = Backends;
  static constexpr std::size_t num_functionality_keys = Functionalities;
  static constexpr std::size_t num_alias_keys = 1;
  static constexpr std::array per_backend{Key{1}, Key{3}};
  static constexpr std::array in_every_full_after{Key{2}};
  static constexpr bool is_trimmed = IsTrimmed;
  static constexpr std::array trimmed_slots{Key{2}, Key{Functionalities}};
};

namespace {

/// Compares what a call looks up with what a slot is for, for every set of few bits.
template <class Numbering>
void check_slots() {
  using Layout = dispatch_codegen::Layout<Numbering>;
  using Set = KeySet<Numbering>;
  using Bits = typename Layout::Bits;
  EXPECT_EQ(Layout::table_index(Bits{}), 0U);
  for (std::size_t i = 0; i < Layout::num_bits; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const Bits bits = bit<Bits>(i) | bit<Bits>(j);
      const std::size_t slot = Layout::table_index(bits);
      const Set set(RAW, bits);
      auto key = set.highestPriorityTypeId();
      const bool has_backend = (bits & Layout::full_backend_mask) != Bits{};
      if (!has_backend && Layout::is_per_backend(set.highestFunctionalityKey())) {
        // As in c10, they land on the first backend's slot.
        key = Layout::runtime_key(set.highestFunctionalityKey(),
                                  typename Layout::Backend{1});
        if (Layout::num_backends == 0) {
          EXPECT_EQ(slot, Layout::no_slot);
          continue;
        }
      }
      ASSERT_EQ(slot, Layout::slot_of(key)) << i << " " << j;
    }
  }
  // Bits that no key has lead to some slot, or none.
  const std::size_t size = sizeof(Bits) * 8;
  for (std::size_t i = Layout::num_bits; i < size; ++i) {
    const std::size_t slot = Layout::table_index(bit<Bits>(i) | bit<Bits>(0));
    EXPECT_TRUE(slot < Layout::num_slots || slot == Layout::no_slot) << i;
  }
}

TEST(Layout, FindsTheSlotOfEverySet) {
  check_slots<Numbered<3, 7>>();
  check_slots<Numbered<1, 5>>();
  check_slots<Numbered<14, 50>>();  // All 64 bits.
  check_slots<Numbered<32, 20>>();
  check_slots<Numbered<33, 20>>();
  check_slots<Numbered<60, 4>>();
  check_slots<Numbered<3, 62>>();  // One bit too many for a word.
  check_slots<Numbered<63, 4>>();
  check_slots<Numbered<70, 70>>();
}

TEST(Layout, WorksWithoutBackends) {
  check_slots<Numbered<0, 5>>();
  check_slots<Numbered<0, 70>>();
}

TEST(Layout, OfATrimmedTableHasSlotsForSomeKeys) {
  check_slots<Numbered<3, 7, true>>();
  check_slots<Numbered<3, 70, true>>();
}

// The compiler computes it too, and has to find the same.
static_assert(Layout<Numbered<3, 7>>::table_index(1U << 9U) ==
              Layout<Numbered<3, 7>>::slot_of(Numbered<3, 7>::Key{7}));

TEST(KeySets, AreListedInOrder) {
  using Numbering = Numbered<70, 9>;
  using Set = KeySet<Numbering>;
  const Set set = Set(Numbering::Key{1}) | Set(Numbering::Key{4}) |
                  Set(Numbering::Key{9}) | Set(Numbering::Backend{2}) |
                  Set(Numbering::Backend{70});
  std::vector<int> found;
  for (const auto key : set) found.push_back(static_cast<int>(key));
  EXPECT_EQ(found, (std::vector<int>{11 + 2, 11 + 70, 4, 9}));
  EXPECT_EQ(~set & set, Set());
  EXPECT_EQ((~set | set), Set(FULL));
  EXPECT_EQ(set - set, Set(Numbering::Backend{2}) | Set(Numbering::Backend{70}));
  EXPECT_TRUE(Set(FULL_AFTER, Numbering::Key{1}).has(Numbering::Key{2}));
}

TEST(AtomicBits, AreNeverTorn) {
  AtomicBits<WideBits<3>> bits;
  std::atomic<bool> ends{false};
  std::atomic<int> torn{0};
  std::vector<std::thread> readers;
  readers.reserve(8);
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!ends.load()) {
        const WideBits<3> seen = bits.load();
        if (seen.words[0] != seen.words[1] || seen.words[0] != seen.words[2]) ++torn;
      }
    });
  }
  for (std::uint64_t i = 1; i < 20000; ++i) {
    WideBits<3> next;
    for (std::uint64_t& word : next.words) word = i;
    bits.store(next);
    EXPECT_EQ(bits.load(), next);
  }
  ends.store(true);
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(torn.load(), 0);
}

}  // namespace
}  // namespace dispatch_codegen
