// Keyset constants, each as the keys and backends that it is made of.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_KEYSETS_H
#define GRIDLIB_DISPATCH_KEYSETS_H

#include "dispatch_key_set.h"

namespace gridlib {

/// Dense * backends(everywhere)
inline constexpr DispatchKeySet dense_keys = keySet({
    DispatchKey::Dense,
    BackendComponent::CPUBit,
    BackendComponent::DeviceBit,
    BackendComponent::MetaBit,
});

/// Autograd * backends(everywhere)
inline constexpr DispatchKeySet autograd_keys = keySet({
    DispatchKey::Autograd,
    BackendComponent::CPUBit,
    BackendComponent::DeviceBit,
    BackendComponent::MetaBit,
});

/// full_after(Autograd)
inline constexpr DispatchKeySet below_autograd = keySet({
    DispatchKey::Dense,
    DispatchKey::BackendSelect,
    DispatchKey::Mode,
    BackendComponent::CPUBit,
    BackendComponent::DeviceBit,
    BackendComponent::MetaBit,
});

/// full_after(Tracing)
inline constexpr DispatchKeySet below_tracing = keySet({
    DispatchKey::Dense,
    DispatchKey::BackendSelect,
    DispatchKey::Mode,
    DispatchKey::Autograd,
    BackendComponent::CPUBit,
    BackendComponent::DeviceBit,
    BackendComponent::MetaBit,
});

/// full_after(BackendSelect)
inline constexpr DispatchKeySet below_backend_select = keySet({
    DispatchKey::Dense,
    BackendComponent::CPUBit,
    BackendComponent::DeviceBit,
    BackendComponent::MetaBit,
});

/// full ^ (full_after(Mode) | Mode)
inline constexpr DispatchKeySet above_mode = keySet({
    DispatchKey::Autograd,
    DispatchKey::Tracing,
});

/// Backends whose arrays hold numbers.
/// CPU | backends(borrowing)
inline constexpr DispatchKeySet with_memory = keySet({
    DispatchKey::Dense,
    BackendComponent::CPUBit,
    BackendComponent::DeviceBit,
});

}  // namespace gridlib

#endif
