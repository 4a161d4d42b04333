// What each key does for operators without a kernel for it, in slot order.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_FALLBACKS_H
#define GRIDLIB_DISPATCH_FALLBACKS_H

#include <array>

#include "dispatch_key_set.h"
#include "guards.h"
#include "keysets.h"
#include "runtime/rules.h"

namespace gridlib {

using Fallback = dispatch_codegen::Fallback<Numbering>;

inline constexpr auto fallbacks = std::to_array<Fallback>({
    {
        .key = DispatchKey::Device,
        .policy = dispatch_codegen::Policy::backend_fallback_to,
        .kernel = "backend_fallback_to",
        .backend = BackendComponent::CPUBit,
    },
    {
        .key = DispatchKey::Meta,
        .policy = dispatch_codegen::Policy::not_implemented,
        .kernel = "not_implemented",
        .message = "{operator} has no shape rule: write a kernel for Meta",
    },
    {
        .key = DispatchKey::BackendSelect,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
    {
        .key = DispatchKey::Mode,
        .policy = dispatch_codegen::Policy::python,
        .kernel = "python",
        .exclude = above_mode,
    },
    {
        .key = DispatchKey::AutogradCPU,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = below_autograd,
    },
    {
        .key = DispatchKey::AutogradDevice,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = below_autograd,
    },
    {
        .key = DispatchKey::AutogradMeta,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = below_autograd,
    },
    {
        .key = DispatchKey::Tracing,
        .policy = dispatch_codegen::Policy::redispatch,
        .kernel = "redispatch",
        .redispatch_to = below_tracing,
        .overridable = true,
    },
});

}  // namespace gridlib

#endif
