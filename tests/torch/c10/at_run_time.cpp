// Everything that is known at run time only, equal in both: of all keys and backends, and
// of as many random sets as the arguments say.

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "comparing.h"

namespace {

// ---- keys

template <class Ask>
void for_keys(const char* name, Ask ask) {
  Question question("keys", name, std::move(ask));
  for (int value = 0; value < num_keys; ++value) question(key_at(value));
}

template <class Ask>
void for_pairs_of_keys(const char* name, Ask ask) {
  Question question("pairs_of_keys", name, std::move(ask));
  for (int first = 0; first < num_keys; ++first) {
    for (int second = 0; second < num_keys; ++second) {
      question(key_at(first), key_at(second));
    }
  }
}

// A row of the table of slots: of all but the mark after the last functionality, which
// has a bit and no row.
void rows_of_keys() {
  Question index("rows_of_keys", "getDispatchTableIndexForDispatchKey", [](auto key) {
    return getDispatchTableIndexForDispatchKey(key);
  });
  for (int value = 0; value < num_keys; ++value) {
    const KeyValue key = key_at(value);
    if (key.of<Stock>() != Stock::Key::EndOfFunctionalityKeys) index(key);
  }
}

template <class T>
auto keys_in(T set) {
  std::vector<KeyValue> keys;
  for (auto key : set) keys.push_back(plain(key));
  return keys;
}

void keys() {
  for_keys("toString", [](auto key) { return toString(key); });
  for_keys("operator<<", [](auto key) { return printed(key); });
  for_keys("hash", [](auto key) { return std::hash<decltype(key)>()(key); });
  for_keys("isAliasDispatchKey", [](auto key) { return isAliasDispatchKey(key); });
  for_keys("isPerBackendFunctionalityKey",
           [](auto key) { return isPerBackendFunctionalityKey(key); });
  for_keys("toFunctionalityKey", [](auto key) { return toFunctionalityKey(key); });
  for_keys("toBackendComponent", [](auto key) { return toBackendComponent(key); });
  for_keys("isBackendDispatchKey", [](auto key) { return isBackendDispatchKey(key); });
  for_keys("getRuntimeDispatchKeySet",
           [](auto key) { return getRuntimeDispatchKeySet(key); });
  for_keys("getBackendKeySetFromAutograd",
           [](auto key) { return getBackendKeySetFromAutograd(key); });
  for_keys("DispatchKeySet", [](auto key) { return set_of(key); });
  for_keys("toString of a set of it", [](auto key) {
    // The mark is no key, and is never taken out of the set.
    const bool is_mark = key == decltype(key)::EndOfFunctionalityKeys;
    return is_mark ? std::string() : toString(set_of(key));
  });
  rows_of_keys();

  for_pairs_of_keys("runtimeDispatchKeySetHas", [](auto alias, auto key) {
    return runtimeDispatchKeySetHas(alias, key);
  });
  for_pairs_of_keys("isIncludedInAlias",
                    [](auto key, auto alias) { return isIncludedInAlias(key, alias); });
  for_pairs_of_keys("initializer_list", [](auto first, auto second) {
    return typename SideOf<decltype(first)>::Set({first, second});
  });
  for_pairs_of_keys("has",
                    [](auto in, auto key) { return set_of(in).add(in).has(key); });
  for_pairs_of_keys("has_all",
                    [](auto in, auto key) { return set_of(in).has_all(set_of(key)); });
  for_pairs_of_keys(
      "|", [](auto first, auto second) { return set_of(first) | set_of(second); });
  for_pairs_of_keys(
      "&", [](auto first, auto second) { return set_of(first) & set_of(second); });
  for_pairs_of_keys(
      "^", [](auto first, auto second) { return set_of(first) ^ set_of(second); });
  for_pairs_of_keys(
      "-", [](auto first, auto second) { return set_of(first) - set_of(second); });
  for_pairs_of_keys("add",
                    [](auto first, auto second) { return set_of(first).add(second); });
  for_pairs_of_keys(
      "remove", [](auto first, auto second) { return set_of(first).remove(second); });
  for_pairs_of_keys("FULL_AFTER without", [](auto first, auto second) {
    using Set = typename SideOf<decltype(first)>::Set;
    return Set(Set::FULL_AFTER, first).remove(second);
  });
}

// ---- backends

template <class Ask>
void for_backends(const char* domain, int end, const char* name, Ask ask) {
  Question question(domain, name, std::move(ask));
  for (int value = 0; value < end; ++value) {
    question(BackendValue{static_cast<std::uint8_t>(value)});
  }
}

// Of any value of the enum's type.
template <class Ask>
void for_values(const char* name, Ask ask) {
  for_backends("backend_values", 256, name, std::move(ask));
}

// PyTorch leaves out, for two backends, what all other names end in.
template <class Backend>
std::string with_suffix(Backend backend, std::string text) {
  const bool is_cut = backend == Backend::MTIABit || backend == Backend::MAIABit;
  return is_stock<Backend> && is_cut ? text + "Bit" : text;
}

void backends() {
  for_values("toString",
             [](auto backend) { return with_suffix(backend, toString(backend)); });
  for_values("operator<<",
             [](auto backend) { return with_suffix(backend, printed(backend)); });
  for_values("getAutogradKeyFromBackend",
             [](auto backend) { return getAutogradKeyFromBackend(backend); });
  for_values("getAutogradRelatedKeySetFromBackend",
             [](auto backend) { return getAutogradRelatedKeySetFromBackend(backend); });
  for_values("getAutocastRelatedKeySetFromBackend",
             [](auto backend) { return getAutocastRelatedKeySetFromBackend(backend); });
  for_backends("backends", num_backends, "DispatchKeySet", [](auto backend) {
    return set_of(backend);
  });
  for_backends("backends", num_backends, "initializer_list", [](auto backend) {
    using Backend = decltype(backend);
    return typename SideOf<Backend>::Set({backend, Backend::CUDABit});
  });
  Question runtime_key("keys_and_backends",
                       "toRuntimePerBackendFunctionalityKey",
                       [](auto key, auto backend) {
                         return toRuntimePerBackendFunctionalityKey(key, backend);
                       });
  for (int value = 0; value < num_keys; ++value) {
    for (int backend = 0; backend < num_backends; ++backend) {
      runtime_key(key_at(value), BackendValue{static_cast<std::uint8_t>(backend)});
    }
  }
}

// ---- names

// A name without a side.
struct Name {
  const char* text;
  template <class Side>
  auto of() const {
    return std::pair(text, Side());
  }
};

std::ostream& operator<<(std::ostream& out, Name name) {
  return out << '"' << name.text << '"';
}

constexpr auto parse = [](auto name_and_side) {
  const auto [text, side] = name_and_side;
  if constexpr (std::is_same_v<std::remove_const_t<decltype(side)>, Stock>) {
    return c10::parseDispatchKey(text);
  } else {
    return generated::parseDispatchKey(text);
  }
};

// Names that PyTorch's parser lacks are the one thing in which both may differ.
void parsed_names() {
  struct Parsed {
    const char* text;
    bool is_key;
  };
  const Parsed names[] = {
#define BACKEND(name, declared)
#define KEY(name, declared)
#define VALUE(name)
#define KEYSET(name)
#define DECLARED_KEYSET(name, raw)
#define PARSED(name, is_key) {name, is_key},
#include "names.inc"
      {"", false},
      {"nonsense", false},
      {"cpu", false},
      {"CPU ", false},
      {"DispatchKey::CPU", false},
      {"UNKNOWN_TENSOR_TYPE_ID", false},
      {"UnknownUnknown", false},
      {"QuantizedUndefined", false},
  };
  Question same("names", "parseDispatchKey", parse);
  int num_lacking = 0;
  for (const Parsed& name : names) {
    const auto stock = outcome<Stock>(parse, Name{name.text});
    if (!name.is_key || stock.index() == 0) {
      same(Name{name.text});
      continue;
    }
    ++num_lacking;
    const auto key = outcome<Generated>(parse, Name{name.text});
    if (key.index() == 0 &&
        toString(std::get<0>(key).of<Generated>()) == std::string(name.text)) {
      continue;
    }
    std::cerr << "parseDispatchKey: " << Name{name.text} << "\n  generated: ";
    show(std::cerr, key);
    std::cerr << std::endl;
    std::_Exit(1);
  }
  std::cout << "names parseDispatchKey_beyond_PyTorch's " << num_lacking << "\n";
}

// ---- the table of slots

void rows() {
  const auto stock = c10::initializeFunctionalityOffsetsAndMasks();
  const auto generated = generated::initializeFunctionalityOffsetsAndMasks();
  static_assert(stock.size() == generated.size());
  for (std::size_t row = 0; row < stock.size(); ++row) {
    const auto& cached = generated::offsetsAndMasks()[row];
    if (stock[row].offset == generated[row].offset &&
        stock[row].mask == generated[row].mask && stock[row].offset == cached.offset &&
        stock[row].mask == cached.mask) {
      continue;
    }
    std::cerr << "initializeFunctionalityOffsetsAndMasks: row " << row
              << "\n  PyTorch:   offset " << stock[row].offset << ", mask "
              << stock[row].mask << "\n  generated: offset " << generated[row].offset
              << ", mask " << generated[row].mask << std::endl;
    std::_Exit(1);
  }
  std::cout << "rows initializeFunctionalityOffsetsAndMasks " << stock.size() << "\n";
}

// ---- random sets

void sets(std::uint64_t count) {
  const char* domain = "sets";
  Random random;
#define OF_SET(name, expression) \
  Question ask_##name(domain, #name, [](auto set) { return expression; })
  OF_SET(highestFunctionalityKey, set.highestFunctionalityKey());
  OF_SET(highestBackendKey, set.highestBackendKey());
  OF_SET(highestPriorityTypeId, set.highestPriorityTypeId());
  OF_SET(indexOfHighestBit, set.indexOfHighestBit());
  OF_SET(getBackendIndex, set.getBackendIndex());
  OF_SET(raw_repr, set.raw_repr());
  OF_SET(from_raw_repr, set.from_raw_repr(set.raw_repr()));
  OF_SET(empty, set.empty());
  OF_SET(highestPriorityBackendTypeId, highestPriorityBackendTypeId(set));
  OF_SET(legacyExtractDispatchKey, legacyExtractDispatchKey(set));
  // Of declared bits alone.
  OF_SET(getDispatchTableIndexForDispatchKeySet,
         set.getDispatchTableIndexForDispatchKeySet());
#undef OF_SET
#define OF_TWO(name, expression) \
  Question ask_##name(domain, #name, [](auto set, auto other) { return expression; })
  OF_TWO(has, set.has(other));
  OF_TWO(has_backend, set.has_backend(other));
  OF_TWO(add, set.add(other));
  OF_TWO(remove, set.remove(other));
  OF_TWO(remove_backend, set.remove_backend(other));
  OF_TWO(has_all, set.has_all(other));
  OF_TWO(has_any, set.has_any(other));
  OF_TWO(isSupersetOf, set.isSupersetOf(other));
  OF_TWO(add_set, set.add(other));
  OF_TWO(union_of, set | other);
  OF_TWO(intersection_of, set & other);
  OF_TWO(difference_of, set - other);
  OF_TWO(symmetric_difference_of, set ^ other);
  OF_TWO(is_equal, set == other);
  OF_TWO(is_unequal, set != other);
#undef OF_TWO

  for (std::uint64_t turn = 0; turn < count; ++turn) {
    const SetValue set = random.set(turn);
    ask_highestFunctionalityKey(set);
    ask_highestBackendKey(set);
    ask_highestPriorityTypeId(set);
    ask_indexOfHighestBit(set);
    ask_getBackendIndex(set);
    ask_raw_repr(set);
    ask_from_raw_repr(set);
    ask_empty(set);
    ask_highestPriorityBackendTypeId(set);
    ask_legacyExtractDispatchKey(set);
    ask_getDispatchTableIndexForDispatchKeySet(SetValue{set.value & declared_bits});

    const KeyValue key = random.key();
    ask_has(set, key);
    ask_add(set, key);
    ask_remove(set, key);
    const BackendValue backend = random.backend();
    ask_has_backend(set, backend);
    ask_remove_backend(set, backend);

    // Now and then equal to the first, or part of it.
    SetValue other = random.set(turn / 4);
    if (turn % 16 == 0) other = set;
    if (turn % 16 == 1) other.value &= set.value;
    ask_has_all(set, other);
    ask_has_any(set, other);
    ask_isSupersetOf(set, other);
    ask_add_set(set, other);
    ask_union_of(set, other);
    ask_intersection_of(set, other);
    ask_difference_of(set, other);
    ask_symmetric_difference_of(set, other);
    ask_is_equal(set, other);
    ask_is_unequal(set, other);
  }
}

void slow_sets(std::uint64_t count) {
  Random random;
  Question iteration(
      "iterated_sets", "iteration", [](auto set) { return keys_in(set); });
  Question postfix("iterated_sets", "iterator++", [](auto set) {
    std::vector<KeyValue> keys;
    for (auto at = set.begin(); at != set.end();) keys.push_back(plain(*at++));
    const bool is_end = set.begin() == set.end();
    if (is_end != keys.empty()) keys.clear();
    return keys;
  });
  Question to_string(
      "printed_sets", "toString", [](auto set) { return toString(set); });
  Question print("printed_sets", "operator<<", [](auto set) { return printed(set); });
  for (std::uint64_t turn = 0; turn < count; ++turn) {
    const SetValue set{random.set(turn).value & declared_bits};
    iteration(set);
    postfix(set);
    if (turn % 5 < 2) {
      to_string(set);
      print(set);
    }
  }
  for (const std::uint64_t raw : {std::uint64_t{0}, declared_bits}) {
    iteration(SetValue{raw});
    postfix(SetValue{raw});
    to_string(SetValue{raw});
    print(SetValue{raw});
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  keys();
  backends();
  parsed_names();
  rows();
  slow_sets(std::strtoull(argv[2], nullptr, 10));
  sets(std::strtoull(argv[1], nullptr, 10));
}
