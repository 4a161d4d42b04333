// What is asserted in debug builds, and how many slots the table of a trimmed build has:
// what changes with macros, of functions that are compiled here.

#include "comparing.h"

namespace {

// A set that has_any cannot answer for, though the list in PyTorch's assertion lacks it.
bool is_nested(Stock::Key key) {
  return toFunctionalityKey(key) == Stock::Key::NestedTensor &&
         toBackendComponent(key) != Stock::Backend::InvalidBit;
}

void asserted() {
  Question has("keys", "has", [](auto key) {
    using Set = typename SideOf<decltype(key)>::Set;
    return Set(Set::FULL).has(key);
  });
  const auto ask_any = [](auto in, auto key) {
    return set_of(in).has_any(set_of(key));
  };
  Question has_any("pairs_of_keys", "has_any", ask_any);
  int num_lacking = 0;
  for (int value = 0; value < num_keys; ++value) {
    has(key_at(value));
    const KeyValue key = key_at(value);
    for (int in = 0; in < num_keys; ++in) {
      if (is_nested(key.of<Stock>()) &&
          outcome<Stock>(ask_any, key_at(in), key).index() == 0 &&
          outcome<Generated>(ask_any, key_at(in), key).index() == 1) {
        ++num_lacking;
      } else {
        has_any(key_at(in), key);
      }
    }
  }
  std::cout << "pairs_of_keys has_any_beyond_PyTorch's " << num_lacking << "\n";
}

#ifdef C10_MOBILE_TRIM_DISPATCH_KEYS

static_assert(generated::num_runtime_entries == c10::num_runtime_entries);

void slots(std::uint64_t count) {
  Question of_key("keys", "getDispatchTableIndexForDispatchKey", [](auto key) {
    return getDispatchTableIndexForDispatchKey(key);
  });
  for (int value = 0; value < num_keys; ++value) of_key(key_at(value));
  Question of_set("sets", "getDispatchTableIndexForDispatchKeySet", [](auto set) {
    return set.getDispatchTableIndexForDispatchKeySet();
  });
  Random random;
  for (std::uint64_t turn = 0; turn < count; ++turn) of_set(random.set(turn));
}

#else

void slots(std::uint64_t) {}

#endif

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  asserted();
  slots(std::strtoull(argv[1], nullptr, 10));
}
