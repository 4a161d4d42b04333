// How a dispatch table is computed: what each alias key fills, and when it steps back.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_DISPATCH_TABLE_RULES_H
#define PYTORCH_DISPATCH_TABLE_RULES_H

#include <array>

#include "dispatch_key_set.h"
#include "functions.h"
#include "runtime/rules.h"

namespace pytorch::dispatch {

using AliasRule = dispatch_codegen::AliasRule<Numbering>;

/// Lowest precedence first.
inline constexpr auto alias_rules = std::to_array<AliasRule>({
    {
        .key = DispatchKey::Autograd,
        .reason = "autograd kernel",
        .keys = getRuntimeDispatchKeySet(DispatchKey::Autograd),
    },
    {
        .key = DispatchKey::CompositeImplicitAutograd,
        .reason = "math kernel",
        .keys = getRuntimeDispatchKeySet(DispatchKey::CompositeImplicitAutograd),
        .undefined = true,
        .yields_to = dispatch_codegen::key_values<Numbering>({
            DispatchKey::CompositeExplicitAutograd,
        }),
        .yields_to_backends_of = getBackendKeySetFromAutograd,
        .is_ambiguous = true,
        .ambiguous_slot = DispatchKey::AutogradOther,
        .ambiguous_with = keySet({
            DispatchKey::FPGA,
            DispatchKey::Vulkan,
            DispatchKey::Metal,
            DispatchKey::Quantized,
            DispatchKey::CustomRNGKeyId,
            DispatchKey::MkldnnCPU,
            DispatchKey::Sparse,
            DispatchKey::SparseCsr,
            BackendComponent::CPUBit,
            BackendComponent::CUDABit,
            BackendComponent::HIPBit,
            BackendComponent::XLABit,
            BackendComponent::MPSBit,
            BackendComponent::IPUBit,
            BackendComponent::XPUBit,
            BackendComponent::HPUBit,
            BackendComponent::VEBit,
            BackendComponent::LazyBit,
            BackendComponent::MTIABit,
            BackendComponent::MAIABit,
            BackendComponent::PrivateUse1Bit,
            BackendComponent::PrivateUse2Bit,
            BackendComponent::PrivateUse3Bit,
            BackendComponent::MetaBit,
        }),
        .ambiguous_kernel = "ambiguous_autogradother",
        .ambiguous_reason = "ambiguous autogradother",
    },
    {
        .key = DispatchKey::FuncTorchBatchedDecomposition,
        .reason = "batched kernel",
        .keys = getRuntimeDispatchKeySet(DispatchKey::FuncTorchBatchedDecomposition),
    },
    {
        .key = DispatchKey::CompositeImplicitAutogradNestedTensor,
        .reason = "nested kernel",
        .keys = getRuntimeDispatchKeySet(
            DispatchKey::CompositeImplicitAutogradNestedTensor),
    },
    {
        .key = DispatchKey::CompositeExplicitAutograd,
        .reason = "default backend kernel",
        .keys = getRuntimeDispatchKeySet(DispatchKey::CompositeExplicitAutograd),
        .undefined = true,
    },
    {
        .key = DispatchKey::CompositeExplicitAutogradNonFunctional,
        .reason = "default backend kernel",
        .keys = getRuntimeDispatchKeySet(
            DispatchKey::CompositeExplicitAutogradNonFunctional),
        .undefined = true,
    },
});

}  // namespace pytorch::dispatch

#endif
