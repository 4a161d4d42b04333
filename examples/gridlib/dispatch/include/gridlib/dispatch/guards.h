// What a thread includes in and excludes from its calls, and how guards change it.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_GUARDS_H
#define GRIDLIB_DISPATCH_GUARDS_H

#include "dispatch_key_set.h"
#include "runtime/rules.h"

namespace gridlib {

inline constexpr DispatchKeySet default_included = keySet({
    DispatchKey::BackendSelect,
});
inline constexpr DispatchKeySet default_excluded = keySet({});

using TlsChange = dispatch_codegen::TlsChange<Numbering>;

/// While the guard is alive.
namespace tls_changes {

/// Calls inside are not recorded for the backward pass.
inline constexpr TlsChange NoGrad{
    .exclude = keySet({
        DispatchKey::Autograd,
    }),
};

/// Calls inside pass through the key Tracing.
inline constexpr TlsChange Traced{
    .include = keySet({
        DispatchKey::Tracing,
    }),
};

}  // namespace tls_changes

/// While the mode is active.
namespace modes {}  // namespace modes

}  // namespace gridlib

#endif
