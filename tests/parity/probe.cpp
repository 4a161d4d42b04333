// Asks c10 what its dispatch keys, backends and keysets are, and prints the answers as one JSON
// object.
//
// extract_facts.py compiles and runs it twice: once against libc10, and once with
// C10_MOBILE_TRIM_DISPATCH_KEYS and no library at all, for the short mobile table. It writes
// names.inc first: one BACKEND, KEY or CONSTANT line for each name in c10's headers, and one
// CYCLE_KEY line for each key that the random cases go through.
//
// Lists stand in the order of the values 0, 1, 2, ...; a set is a string of 16 hexadecimal digits;
// null means that c10 throws, or has no defined answer. c10's debug asserts are off (NDEBUG), as in
// the wheel. The random cases and their digest are described in facts.py, their twin.

#include <c10/core/DispatchKeySet.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#ifndef C10_MOBILE_TRIM_DISPATCH_KEYS
#include <ATen/core/LegacyTypeDispatch.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#endif

using c10::BackendComponent;
using c10::DispatchKey;
using c10::DispatchKeySet;

namespace {

// ---- names

struct Named {
  const char* name;
  int value;
};

const Named backend_names[] = {
#define BACKEND(name) {#name, static_cast<int>(BackendComponent::name)},
#include "names.inc"
};

const Named key_names[] = {
#define KEY(name) {#name, static_cast<int>(DispatchKey::name)},
#include "names.inc"
};

template <std::size_t size>
int greatest(const Named (&names)[size]) {
  return std::max_element(
             names,
             names + size,
             [](const Named& a, const Named& b) { return a.value < b.value; })
      ->value;
}

DispatchKey key_at(int value) {
  return static_cast<DispatchKey>(value);
}

BackendComponent backend_at(int value) {
  return static_cast<BackendComponent>(value);
}

// ---- JSON

std::string json(int value) {
  return std::to_string(value);
}

std::string json(bool value) {
  return value ? "true" : "false";
}

std::string json(const std::string& text) {
  return '"' + text + '"';  // nothing that is printed here needs an escape
}

std::string json(const char* text) {
  return json(std::string(text));
}

std::string json(DispatchKey key) {
  return json(static_cast<int>(key));
}

std::string json(BackendComponent backend) {
  return json(static_cast<int>(backend));
}

[[maybe_unused]] std::string json(DispatchKeySet set) {
  char digits[20];
  std::snprintf(
      digits,
      sizeof digits,
      "0x%016llx",
      static_cast<unsigned long long>(set.raw_repr()));
  return json(digits);
}

std::string list(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const auto& item : items) {
    text += (text.size() > 1 ? "," : "") + item;
  }
  return text + "]";
}

class Object {
 public:
  Object& field(const std::string& name, const std::string& value) {
    text_ += (text_.empty() ? "{" : ",\n") + json(name) + ": " + value;
    return *this;
  }
  std::string text() const {
    return text_.empty() ? "{}" : text_ + "}";
  }

 private:
  std::string text_;
};

template <class Ask>
std::string ask(Ask question) {
  try {
    return json(question());
  } catch (const std::exception&) {
    return "null";
  }
}

// The answers for every key value, placeholders and alias keys included.
template <class Ask>
std::string for_each_key(Ask question) {
  std::vector<std::string> answers;
  for (int value = 0; value <= greatest(key_names); ++value) {
    answers.push_back(ask([&] { return question(key_at(value)); }));
  }
  return list(answers);
}

#ifndef C10_MOBILE_TRIM_DISPATCH_KEYS

// The answers for every backend value; the first is InvalidBit.
template <class Ask>
std::string for_each_backend(Ask question) {
  std::vector<std::string> answers;
  for (int value = 0; value <= greatest(backend_names); ++value) {
    answers.push_back(ask([&] { return question(backend_at(value)); }));
  }
  return list(answers);
}

// Of all pairs (row, key), those with the answer yes, and those for which c10 throws.
template <class Ask>
void relation(Object& out, const std::string& name, Ask question) {
  std::vector<std::string> members, throws;
  for (int row = 0; row <= greatest(key_names); ++row) {
    std::vector<std::string> yes, thrown;
    for (int value = 0; value <= greatest(key_names); ++value) {
      try {
        if (question(key_at(row), key_at(value))) {
          yes.push_back(json(value));
        }
      } catch (const std::exception&) {
        thrown.push_back(json(value));
      }
    }
    members.push_back(list(yes));
    throws.push_back(list(thrown));
  }
  out.field(name, list(members)).field(name + "_throws", list(throws));
}

// ---- random cases

constexpr int set_size = c10::num_backends + c10::num_functionality_keys - 1;
constexpr std::uint64_t set_bits = (1ULL << set_size) - 1;

class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

std::uint64_t random_set(SplitMix64& source, int index) {
  const std::uint64_t first = source.next();
  switch (index % 5) {
    case 0:
      return first & set_bits;
    case 1: {
      std::uint64_t set = 0;
      for (std::uint64_t i = 0; i < first % 5; ++i) {
        set |= 1ULL << source.next() % set_size;
      }
      return set;
    }
    case 2:
      return first & source.next() & set_bits;
    case 3: {
      const auto low =
          c10::num_backends + source.next() % c10::num_functionality_keys;
      return first & ((1ULL << low) - 1);
    }
    default: {
      const std::uint64_t second = source.next();
      const std::uint64_t third = source.next();
      return first & second & third & source.next() & set_bits;
    }
  }
}

struct Case {
  DispatchKeySet s, t;
  DispatchKey key;
  BackendComponent backend;
};

std::string line(std::uint64_t value) {
  return std::to_string(value);
}

std::string line(DispatchKeySet set) {
  return std::to_string(set.raw_repr());
}

std::string line(DispatchKey key) {
  return std::to_string(static_cast<int>(key));
}

std::string line(BackendComponent backend) {
  return std::to_string(static_cast<int>(backend));
}

std::string line(std::string text) {
  return text;
}

std::string members(DispatchKeySet set) {
  std::string text;
  for (DispatchKey key : set) {
    text += (text.empty() ? "" : " ") + line(key);
  }
  return text;
}

struct Column {
  const char* name;
  std::string (*answer)(const Case&);
};

#define COLUMN(name, expression) \
  {name, [](const Case& c) { return line(expression); }}

const Column columns[] = {
    COLUMN("raw_repr", c.s),
    COLUMN("empty", c.s.empty()),
    COLUMN("highestPriorityTypeId", c.s.highestPriorityTypeId()),
    COLUMN("highestFunctionalityKey", c.s.highestFunctionalityKey()),
    COLUMN("highestBackendKey", c.s.highestBackendKey()),
    COLUMN(
        "getDispatchTableIndexForDispatchKeySet",
        c.s.getDispatchTableIndexForDispatchKeySet()),
    COLUMN("getBackendIndex", c.s.getBackendIndex()),
    COLUMN("indexOfHighestBit", c.s.indexOfHighestBit()),
    COLUMN("iterate", members(c.s)),
    COLUMN("operator|", c.s | c.t),
    COLUMN("operator&", c.s & c.t),
    COLUMN("operator-", c.s - c.t),
    COLUMN("operator^", c.s ^ c.t),
    COLUMN("has_all", c.s.has_all(c.t)),
    COLUMN("has_any", c.s.has_any(c.t)),
    COLUMN("isSupersetOf", c.s.isSupersetOf(c.t)),
    COLUMN("has", c.s.has(c.key)),
    COLUMN("add", c.s.add(c.key)),
    COLUMN("remove", c.s.remove(c.key)),
    COLUMN("has_backend", c.s.has_backend(c.backend)),
    COLUMN("remove_backend", c.s.remove_backend(c.backend)),
    COLUMN("highestPriorityBackendTypeId", highestPriorityBackendTypeId(c.s)),
    COLUMN("legacyExtractDispatchKey", legacyExtractDispatchKey(c.s)),
    COLUMN("toString", toString(c.s)),
};

std::string random_digests() {
  const std::vector<DispatchKey> cycle = {
#define CYCLE_KEY(name) DispatchKey::name,
#include "names.inc"
  };
  SplitMix64 source(RANDOM_SEED);
  std::vector<DispatchKeySet> sets;
  for (int i = 0; i < RANDOM_COUNT; ++i) {
    sets.push_back(DispatchKeySet::from_raw_repr(random_set(source, i)));
  }

  Object out;
  for (const Column& column : columns) {
    std::vector<std::string> blocks;
    for (int start = 0; start < RANDOM_COUNT; start += RANDOM_BLOCK) {
      std::uint64_t hash = 0xcbf29ce484222325;
      const auto feed = [&hash](const std::string& text) {
        for (unsigned char byte : text) {
          hash = (hash ^ byte) * 0x100000001b3;
        }
      };
      for (int i = start; i < start + RANDOM_BLOCK; ++i) {
        feed(i == start ? "" : "\n");
        feed(column.answer(
            {sets[i],
             sets[(i + 1) % RANDOM_COUNT],
             cycle[i % cycle.size()],
             backend_at(1 + i % c10::num_backends)}));
      }
      char digits[20];
      std::snprintf(
          digits,
          sizeof digits,
          "%016llx",
          static_cast<unsigned long long>(hash));
      blocks.push_back(json(digits));
    }
    out.field(column.name, list(blocks));
  }
  return out.text();
}

// ---- thread-local sets

std::string tls() {
  const auto now = c10::impl::tls_local_dispatch_key_set();
  return Object()
      .field("included", json(now.included_))
      .field("excluded", json(now.excluded_))
      .text();
}

template <class Guard>
std::string tls_inside() {
  Guard guard;
  return tls();
}

std::string inference_mode_off_inside_on() {
  c10::InferenceMode on(true);
  c10::InferenceMode off(false);
  return tls();
}

std::string guards() {
  return Object()
      .field("default", tls())
      .field(
          "at::AutoDispatchBelowAutograd",
          tls_inside<at::AutoDispatchBelowAutograd>())
      .field(
          "at::AutoDispatchBelowADInplaceOrView",
          tls_inside<at::AutoDispatchBelowADInplaceOrView>())
      .field(
          "at::AutoDispatchSkipFunctionalize",
          tls_inside<at::AutoDispatchSkipFunctionalize>())
      .field("c10::InferenceMode", tls_inside<c10::InferenceMode>())
      .field(
          "c10::InferenceMode(false) in c10::InferenceMode",
          inference_mode_off_inside_on())
      .text();
}

#endif

} // namespace

int main() {
  Object out;
  out.field("num_runtime_entries", json(int{c10::num_runtime_entries}));

#ifdef C10_MOBILE_TRIM_DISPATCH_KEYS
  out.field("table_index", for_each_key([](DispatchKey key) {
              return c10::getDispatchTableIndexForDispatchKey(key);
            }));
#else
  out.field("num_backends", json(int{c10::num_backends}));
  out.field(
      "num_functionality_keys", json(int{c10::num_functionality_keys}));
  out.field("full_backend_mask", json(int{c10::full_backend_mask}));

  out.field("full_set", json(DispatchKeySet(DispatchKeySet::FULL)));

  Object backends, keys, constants, parsed;
  for (const Named& named : backend_names) {
    backends.field(named.name, json(named.value));
  }
  for (const Named& named : key_names) {
    keys.field(named.name, json(named.value));
    parsed.field(
        named.name, ask([&] { return c10::parseDispatchKey(named.name); }));
  }
#define CONSTANT(name) constants.field(#name, json(DispatchKeySet(c10::name)));
#include "names.inc"
  out.field("backends", backends.text());
  out.field("keys", keys.text());
  out.field("constants", constants.text());
  out.field("parse_dispatch_key", parsed.text());

  // one answer for each backend
  out.field("backend_to_string", for_each_backend([](auto backend) {
              return c10::toString(backend);
            }));
  out.field("backend_key_set", for_each_backend([](auto backend) {
              return DispatchKeySet(backend);
            }));
  out.field("get_autograd_key_from_backend", for_each_backend([](auto backend) {
              return c10::getAutogradKeyFromBackend(backend);
            }));
  out.field(
      "get_autograd_related_key_set_from_backend",
      for_each_backend([](auto backend) {
        return c10::getAutogradRelatedKeySetFromBackend(backend);
      }));
  out.field(
      "get_autocast_related_key_set_from_backend",
      for_each_backend([](auto backend) {
        return c10::getAutocastRelatedKeySetFromBackend(backend);
      }));

  // one answer for each key
  out.field("key_to_string", for_each_key([](auto key) {
              return c10::toString(key);
            }));
  out.field(
      "key_set", for_each_key([](auto key) { return DispatchKeySet(key); }));
  out.field("full_after", for_each_key([](auto key) {
              return DispatchKeySet(DispatchKeySet::FULL_AFTER, key);
            }));
  out.field("to_functionality_key", for_each_key([](auto key) {
              return c10::toFunctionalityKey(key);
            }));
  out.field("to_backend_component", for_each_key([](auto key) {
              return c10::toBackendComponent(key);
            }));
  out.field("is_alias_dispatch_key", for_each_key([](auto key) {
              return c10::isAliasDispatchKey(key);
            }));
  out.field("is_per_backend_functionality_key", for_each_key([](auto key) {
              return c10::isPerBackendFunctionalityKey(key);
            }));
  out.field("is_backend_dispatch_key", for_each_key([](auto key) {
              return c10::isBackendDispatchKey(key);
            }));
  out.field("get_runtime_dispatch_key_set", for_each_key([](auto key) {
              return c10::getRuntimeDispatchKeySet(key);
            }));
  out.field("get_backend_key_set_from_autograd", for_each_key([](auto key) {
              return c10::getBackendKeySetFromAutograd(key);
            }));
  // EndOfFunctionalityKeys has a bit but no entry in c10's array of offsets.
  std::vector<std::string> table_index, offsets_and_masks;
  for (int value = 0; value <= greatest(key_names); ++value) {
    const DispatchKey key = key_at(value);
    table_index.push_back(
        key == DispatchKey::EndOfFunctionalityKeys
            ? "null"
            : json(c10::getDispatchTableIndexForDispatchKey(key)));
  }
  for (const auto& entry : c10::offsetsAndMasks()) {
    offsets_and_masks.push_back(
        list({json(int{entry.offset}), json(int{entry.mask})}));
  }
  out.field("get_dispatch_table_index", list(table_index));
  out.field("offsets_and_masks", list(offsets_and_masks));

  // one answer for each pair
  relation(out, "is_included_in_alias", [](auto alias, auto key) {
    return c10::isIncludedInAlias(key, alias);
  });
  relation(out, "runtime_dispatch_key_set_has", [](auto set, auto key) {
    return c10::runtimeDispatchKeySetHas(set, key);
  });
  std::vector<std::string> instances;
  for (int value = 0; value < c10::num_functionality_keys; ++value) {
    instances.push_back(for_each_backend([value](auto backend) {
      return c10::toRuntimePerBackendFunctionalityKey(key_at(value), backend);
    }));
  }
  out.field("to_runtime_per_backend_functionality_key", list(instances));

  out.field("cpp_guards", guards());
  out.field("random_digests", random_digests());
#endif

  std::cout << out.text() << "\n";
}
