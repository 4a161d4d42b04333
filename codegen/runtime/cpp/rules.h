// The rules of a dispatcher as data: alias keys, fallbacks, changes of a thread's sets.
//
// Generated headers hold arrays of these.

#ifndef DISPATCH_CODEGEN_RULES_H
#define DISPATCH_CODEGEN_RULES_H

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "key_set.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// A set of any keys, alias keys too: a bit for each value of the enum.
template <class Numbering>
using KeyValues = Bits<Layout<Numbering>::num_values>;

template <class Numbering>
constexpr KeyValues<Numbering> key_values(
    std::initializer_list<typename Numbering::Key> keys) {
  KeyValues<Numbering> result{};
  for (const auto key : keys) {
    result |= bit<KeyValues<Numbering>>(static_cast<std::size_t>(key));
  }
  return result;
}

/// An alias key: which slots its kernel fills, and when it steps back.
template <class Numbering>
struct AliasRule {
  using Key = typename Numbering::Key;

  Key key;
  /// What a slot that it fills says of itself.
  std::string_view reason;
  /// The keys that it stands for.
  KeySet<Numbering> keys;
  /// Whether it fills the undefined key's slot too.
  bool undefined = false;
  /// Alias keys whose kernels keep it out of every slot.
  KeyValues<Numbering> yields_to = {};
  /// From a slot's key to the keys whose kernels keep it out of that slot.
  KeySet<Numbering> (*yields_to_backends_of)(Key) = nullptr;
  /// The slot in which it is ambiguous with kernels of some other keys, and what the slot
  /// then holds.
  bool is_ambiguous = false;
  Key ambiguous_slot = {};
  KeySet<Numbering> ambiguous_with = {};
  std::string_view ambiguous_kernel = {};
  std::string_view ambiguous_reason = {};
};

/// What a guard does to a thread's sets while it is alive.
template <class Numbering>
struct TlsChange {
  KeySet<Numbering> include = {};
  KeySet<Numbering> exclude = {};
  KeySet<Numbering> stop_including = {};
  KeySet<Numbering> stop_excluding = {};
};

/// What a key does for operators without a kernel for it.
enum class Policy : std::uint8_t {
  none,
  fallthrough,
  not_implemented,
  redispatch,
  autograd_not_implemented,
  python,
  python_dispatcher,
  python_tls_snapshot,
  kernel,
  backend_fallback_to,
};

/// The backend fallback of one runtime key.
template <class Numbering>
struct Fallback {
  typename Numbering::Key key;
  Policy policy = Policy::none;
  /// Its name in a dispatch table.
  std::string_view kernel = {};
  /// What a redispatch keeps, if it does one.
  KeySet<Numbering> redispatch_to = {};
  /// What is excluded while it runs.
  KeySet<Numbering> exclude = {};
  /// The text of the error that it throws; `{operator}` stands for the operator's name.
  std::string_view message = {};
  /// The backend that it runs on instead.
  typename Numbering::Backend backend = {};
  /// How the thread's sets differ while a mode that it asks is active.
  TlsChange<Numbering> mode = {};
  /// Whether a library may replace it.
  bool overridable = false;
};

}  // namespace dispatch_codegen

#endif
