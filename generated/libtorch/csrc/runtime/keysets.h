// Keyset constants, spelled as one key or backend after the other.

#ifndef DISPATCH_CODEGEN_TORCH_KEYSETS_H
#define DISPATCH_CODEGEN_TORCH_KEYSETS_H

#include <c10/core/DispatchKey.h>
#include <c10/core/DispatchKeySet.h>

#include <initializer_list>

#include "visibility.h"

namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen {

/// What a keyset is made of: a functionality without a backend, a runtime key with its
/// backend, or a backend.
class KeySetElement final {
 public:
  /// Does not compile with an alias or `Undefined`: they have no bits.
  consteval KeySetElement(c10::DispatchKey key) : bits_(key) {
    if (key == c10::DispatchKey::Undefined ||
        key > c10::DispatchKey::EndOfRuntimeBackendKeys) {
      throw "a key without bits";
    }
  }
  /// Does not compile with `InvalidBit`.
  consteval KeySetElement(c10::BackendComponent backend) : bits_(backend) {
    if (backend == c10::BackendComponent::InvalidBit) throw "not a backend";
  }

  constexpr c10::DispatchKeySet bits() const noexcept { return bits_; }

 private:
  c10::DispatchKeySet bits_;
};

/// The keyset that has these bits and no others.
constexpr c10::DispatchKeySet keySet(std::initializer_list<KeySetElement> elements) {
  c10::DispatchKeySet keys;
  for (const KeySetElement& element : elements) keys = keys | element.bits();
  return keys;
}

}  // namespace DISPATCH_CODEGEN_HIDDEN dispatch_codegen

#endif
