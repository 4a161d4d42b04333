// The names of keys, backends and keysets, as c10 prints them.
//
// Names of runtime keys are put together by the compiler, of what a functionality's
// runtime keys begin with and of the backend's name. Beside what layout.h asks of it,
// `Numbering` has
//
//   static constexpr std::array<Named<Backend>, ...> backend_names;
//   static constexpr std::array<Named<Key>, ...> key_names;    // without runtime keys
//   static constexpr std::array<Named<Key>, ...> prefixes;     // of runtime keys
//   static constexpr std::array<Named<Key>, ...> other_names;  // that parsing takes too

#ifndef DISPATCH_CODEGEN_KEY_NAMES_H
#define DISPATCH_CODEGEN_KEY_NAMES_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "key_set.h"
#include "layout.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// A key or backend, and a text for it.
template <class T>
struct Named {
  T value;
  std::string_view name;
};

/// The names of all values of both enums; each ends with a NUL.
template <class Numbering>
class KeyNames {
  using Layout = dispatch_codegen::Layout<Numbering>;
  using Key = typename Layout::Key;
  using Backend = typename Layout::Backend;

  // A name is made of two texts, one of which may be empty.
  struct Parts {
    std::string_view first;
    std::string_view second;
    constexpr std::size_t size() const { return first.size() + second.size() + 1; }
  };

  template <std::size_t Size>
  using AllParts = std::array<Parts, Size>;

  static constexpr AllParts<Layout::num_backends + 1> backend_parts_ = [] {
    AllParts<Layout::num_backends + 1> result{};
    result[0] = {"Invalid", "Bit"};
    for (const auto& row : Numbering::backend_names) {
      result[Layout::value(row.value)] = {row.name, "Bit"};
    }
    return result;
  }();

  static constexpr AllParts<Layout::num_values> key_parts_ = [] {
    AllParts<Layout::num_values> result{};
    for (const auto& row : Numbering::key_names) {
      result[Layout::value(row.value)] = {row.name, {}};
    }
    result[Layout::end_of_functionality] = {"UnknownUnknown", {}};
    for (const auto& row : Numbering::prefixes) {
      const std::size_t start =
          Layout::value(Layout::runtime_key(row.value, Backend{}));
      result[start] = {row.name, result[0].first};
      for (const auto& backend : Numbering::backend_names) {
        result[start + Layout::value(backend.value)] = {row.name, backend.name};
      }
    }
    return result;
  }();

  template <std::size_t Size>
  static constexpr std::size_t length(const AllParts<Size>& names) {
    std::size_t result = 0;
    for (const Parts& parts : names) result += parts.size();
    return result;
  }

  // All names, one after the other, and where each of them begins.
  template <std::size_t Size, std::size_t Length>
  struct Pool {
    std::array<char, Length> text{};
    std::array<std::uint32_t, Size + 1> begins{};

    constexpr explicit Pool(const AllParts<Size>& names) {
      std::size_t at = 0;
      for (std::size_t i = 0; i < Size; ++i) {
        for (const char c : names[i].first) text[at++] = c;
        for (const char c : names[i].second) text[at++] = c;
        begins[i + 1] = static_cast<std::uint32_t>(++at);
      }
    }

    constexpr std::string_view operator[](std::size_t index) const {
      if (index >= Size) return "(no such value)";
      return {text.data() + begins[index], begins[index + 1] - begins[index] - 1};
    }
  };

  static constexpr Pool<Layout::num_backends + 1, length(backend_parts_)> backends_{
      backend_parts_};
  static constexpr Pool<Layout::num_values, length(key_parts_)> keys_{key_parts_};

 public:
  static constexpr std::string_view of(Key key) { return keys_[Layout::value(key)]; }
  static constexpr std::string_view of(Backend backend) {
    return backends_[Layout::value(backend)];
  }

  /// Whether a value only marks where a range begins or ends.
  static constexpr bool is_placeholder(std::size_t value) {
    if (value == Layout::end_of_functionality) return true;
    const Key key = static_cast<Key>(value);
    return value > Layout::end_of_functionality && value <= Layout::end_of_runtime &&
           Layout::backend_of(key) == Backend{};
  }

  /// The key of a name, of an old one too.
  static constexpr Key parse(std::string_view name) {
    for (std::size_t i = 0; i < Layout::num_values; ++i) {
      if (!is_placeholder(i) && keys_[i] == name) return static_cast<Key>(i);
    }
    for (const auto& row : Numbering::other_names) {
      if (row.name == name) return row.value;
    }
    throw std::invalid_argument("there is no dispatch key \"" + std::string(name) +
                                "\"");
  }
};

/// `DispatchKeySet(...)` with the runtime keys of the set, lowest priority first.
template <class Numbering>
std::string to_string(KeySet<Numbering> keys) {
  std::string result = "DispatchKeySet(";
  std::string_view separator;
  for (const auto key : keys) {
    result += separator;
    result += KeyNames<Numbering>::of(key);
    separator = ", ";
  }
  return result += ')';
}

}  // namespace dispatch_codegen

#endif
