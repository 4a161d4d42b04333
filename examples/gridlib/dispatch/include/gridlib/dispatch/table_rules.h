// How a dispatch table is computed: what each alias key fills, and when it steps back.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef GRIDLIB_DISPATCH_TABLE_RULES_H
#define GRIDLIB_DISPATCH_TABLE_RULES_H

#include <array>

#include "dispatch_key_set.h"
#include "functions.h"
#include "runtime/rules.h"

namespace gridlib {

using AliasRule = dispatch_codegen::AliasRule<Numbering>;

/// Lowest precedence first.
inline constexpr auto alias_rules = std::to_array<AliasRule>({
    {
        .key = DispatchKey::AnyAutograd,
        .reason = "autograd kernel",
        .keys = getRuntimeDispatchKeySet(DispatchKey::AnyAutograd),
    },
    {
        .key = DispatchKey::Composite,
        .reason = "composite kernel",
        .keys = getRuntimeDispatchKeySet(DispatchKey::Composite),
    },
});

}  // namespace gridlib

#endif
