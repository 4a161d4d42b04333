// Functions around keys and sets.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_FUNCTIONS_H
#define GRIDLIB_DISPATCH_FUNCTIONS_H

#include "dispatch_key_set.h"
#include "keysets.h"

namespace gridlib {

/// What an alias key stands for; for any other key, the key itself.
///
/// Throws std::invalid_argument for the undefined key.
constexpr DispatchKeySet getRuntimeDispatchKeySet(DispatchKey key) {
  switch (key) {
    case DispatchKey::AnyAutograd:
      return autograd_keys;
    case DispatchKey::Composite:
      return keySet({
          DispatchKey::Dense,
          DispatchKey::Autograd,
          BackendComponent::CPUBit,
          BackendComponent::DeviceBit,
          BackendComponent::MetaBit,
      });
    default:
      return dispatch_codegen::runtime_key_set<Numbering>(key);
  }
}

/// Whether an alias key stands for `member`; else whether they are the same.
///
/// Throws std::invalid_argument if `key` is the undefined key.
constexpr bool runtimeDispatchKeySetHas(DispatchKey key, DispatchKey member) {
  const DispatchKeySet keys = getRuntimeDispatchKeySet(key);
  return isAliasDispatchKey(key) ? keys.has(member) : key == member;
}

/// Whether a kernel for `alias` can fill the slot of `key`.
///
/// Throws std::invalid_argument if `alias` is the undefined key, unless `key` is so too.
constexpr bool isIncludedInAlias(DispatchKey key, DispatchKey alias) {
  return key != DispatchKey{} && runtimeDispatchKeySetHas(alias, key);
}

/// All keys of an array on a backend.
constexpr DispatchKeySet arrayKeys(BackendComponent backend) {
  switch (backend) {
    case BackendComponent::CPUBit:
      return keySet({
          DispatchKey::CPU,
          DispatchKey::AutogradCPU,
      });
    case BackendComponent::DeviceBit:
      return keySet({
          DispatchKey::Device,
          DispatchKey::AutogradDevice,
      });
    case BackendComponent::MetaBit:
      return keySet({
          DispatchKey::Meta,
          DispatchKey::AutogradMeta,
      });
    default:
      return keySet({});
  }
}

}  // namespace gridlib

#endif
