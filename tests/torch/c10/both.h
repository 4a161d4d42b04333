// PyTorch's c10 and the generated one side by side, and answers of both to one question.
//
// A question is a generic lambda. It is called with the types of one side and then with
// those of the other; what it calls is found by its arguments.

#pragma once

#include <generated/core/DispatchKey.h>
#include <generated/core/DispatchKeySet.h>

#include <bit>
#include <cstdint>
#include <string>
#include <type_traits>

struct Stock {
  using Key = c10::DispatchKey;
  using Backend = c10::BackendComponent;
  using Set = c10::DispatchKeySet;
};

struct Generated {
  using Key = generated::DispatchKey;
  using Backend = generated::BackendComponent;
  using Set = generated::DispatchKeySet;
};

template <class T>
inline constexpr bool is_stock =
    std::is_same_v<T, Stock::Key> || std::is_same_v<T, Stock::Backend> ||
    std::is_same_v<T, Stock::Set>;

// The side that an argument of a question is of.
template <class T>
using SideOf = std::conditional_t<is_stock<std::remove_cvref_t<T>>, Stock, Generated>;

// ---- values without a side: what questions are asked about, and answers

struct KeyValue {
  std::uint16_t value;
  template <class Side>
  constexpr typename Side::Key of() const {
    return static_cast<typename Side::Key>(value);
  }
  bool operator==(const KeyValue&) const = default;
};

struct BackendValue {
  std::uint8_t value;
  template <class Side>
  constexpr typename Side::Backend of() const {
    return static_cast<typename Side::Backend>(value);
  }
  bool operator==(const BackendValue&) const = default;
};

struct SetValue {
  std::uint64_t value;
  template <class Side>
  constexpr typename Side::Set of() const {
    return {Side::Set::RAW, value};
  }
  bool operator==(const SetValue&) const = default;
};

// An answer without its side; anything else is one already.
template <class T>
constexpr auto plain(T answer) {
  if constexpr (std::is_same_v<T, typename SideOf<T>::Key>) {
    return KeyValue{static_cast<std::underlying_type_t<T>>(answer)};
  } else if constexpr (std::is_same_v<T, typename SideOf<T>::Backend>) {
    return BackendValue{static_cast<std::underlying_type_t<T>>(answer)};
  } else if constexpr (std::is_same_v<T, typename SideOf<T>::Set>) {
    return SetValue{std::bit_cast<std::uint64_t>(answer)};
  } else if constexpr (std::is_same_v<T, const char*>) {
    return std::string(answer);
  } else {
    return answer;
  }
}

template <class Side, class Question, class... Inputs>
constexpr auto answer(const Question& question, Inputs... inputs) {
  return plain(question(inputs.template of<Side>()...));
}

// Values of keys that questions are asked about: all that are declared, and more.
inline constexpr int num_keys = 256;
// Of backends, InvalidBit among them.
inline constexpr int num_backends = 17;

static_assert(static_cast<int>(Stock::Key::EndOfAliasKeys) < num_keys);
static_assert(static_cast<int>(Stock::Backend::EndOfBackendKeys) + 1 == num_backends);
