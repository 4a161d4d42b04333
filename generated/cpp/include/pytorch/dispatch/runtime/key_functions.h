// Functions around keys and keysets that every dispatcher has, whatever its keys are.
//
// Generated headers give them c10's names.

#ifndef DISPATCH_CODEGEN_KEY_FUNCTIONS_H
#define DISPATCH_CODEGEN_KEY_FUNCTIONS_H

#include <initializer_list>
#include <stdexcept>

#include "key_set.h"
#include "layout.h"

namespace [[gnu::visibility("default")]] dispatch_codegen {

/// What a keyset is made of: a key or a backend.
template <class Numbering>
struct Member {
  using Layout = dispatch_codegen::Layout<Numbering>;

  typename Layout::Bits bits;

  constexpr Member(typename Layout::Key key) : bits(Layout::mask(key)) {}
  constexpr Member(typename Layout::Backend backend) : bits(Layout::mask(backend)) {}
};

/// The union of the bits of keys and backends.
template <class Numbering>
constexpr KeySet<Numbering> key_set(std::initializer_list<Member<Numbering>> members) {
  typename Layout<Numbering>::Bits bits{};
  for (const auto& member : members) bits |= member.bits;
  return KeySet<Numbering>::from_raw_repr(bits);
}

/// The set of one key that is no alias key.
template <class Numbering>
constexpr KeySet<Numbering> runtime_key_set(typename Numbering::Key key) {
  if (key == typename Numbering::Key{}) {
    throw std::invalid_argument("the undefined key stands for no set of keys");
  }
  return KeySet<Numbering>(key);
}

}  // namespace dispatch_codegen

#endif
