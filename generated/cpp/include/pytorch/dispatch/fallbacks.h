// What each key does for operators without a kernel for it, in slot order.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_DISPATCH_FALLBACKS_H
#define PYTORCH_DISPATCH_FALLBACKS_H

#include <array>

#include "dispatch_key_set.h"
#include "guards.h"
#include "keysets.h"
#include "runtime/rules.h"

namespace pytorch::dispatch {

using Fallback = dispatch_codegen::Fallback<Numbering>;

inline constexpr auto fallbacks = std::to_array<Fallback>({
    {
        .key = DispatchKey::Meta,
        .policy = dispatch_codegen::Policy::not_implemented,
        .kernel = "not_implemented",
        .message =
            "{operator}: there is no Meta kernel for this operator, so it cannot run on Meta tensors. Compilation and export need one: register a fake implementation or a kernel for Meta. See https://pytorch.org/tutorials/advanced/custom_ops_landing_page.html",
    },
    {
        .key = DispatchKey::BackendSelect,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
    {
        .key = DispatchKey::Python,
        .policy = dispatch_codegen::Policy::python,
        .kernel = "python",
        .exclude = after_Python_keyset,
        .mode = modes::torch_dispatch,
    },
    {
        .key = DispatchKey::FuncTorchDynamicLayerBackMode,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "dynamicLayerBackFallback",
    },
    {
        .key = DispatchKey::Functionalize,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "functionalizeFallback",
    },
    {
        .key = DispatchKey::Conjugate,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "conjugateFallback",
    },
    {
        .key = DispatchKey::Negative,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "negationFallback",
    },
    {
        .key = DispatchKey::ZeroTensor,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "zeroTensorFallback",
    },
    {
        .key = DispatchKey::ADInplaceOrView,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradOther,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradOther,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradCPU,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradCPU,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradCUDA,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradCUDA,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradXLA,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradXLA,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradMPS,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradMPS,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradXPU,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradXPU,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradHPU,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradHPU,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradLazy,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradLazy,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradMTIA,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradMTIA,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradMAIA,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradMAIA,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradPrivateUse1,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
        .overridable = true,
    },
#else
    {
        .key = DispatchKey::AutogradPrivateUse1,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
        .overridable = true,
    },
#endif
#if defined(C10_MOBILE_TRIM_DISPATCH_KEYS) || defined(C10_MOBILE)
    {
        .key = DispatchKey::AutogradMeta,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
#else
    {
        .key = DispatchKey::AutogradMeta,
        .policy = dispatch_codegen::Policy::autograd_not_implemented,
        .kernel = "autograd_not_implemented",
        .redispatch_to = after_autograd_keyset,
    },
#endif
    {
        .key = DispatchKey::Tracer,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "tracerFallback",
    },
    {
        .key = DispatchKey::AutocastCPU,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
    {
        .key = DispatchKey::AutocastMTIA,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
    {
        .key = DispatchKey::AutocastMAIA,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
    {
        .key = DispatchKey::AutocastXPU,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
    {
        .key = DispatchKey::AutocastMPS,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
    {
        .key = DispatchKey::AutocastCUDA,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
    {
        .key = DispatchKey::FuncTorchBatched,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "functorchBatchedFallback",
    },
    {
        .key = DispatchKey::BatchedNestedTensor,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "batchedNestedTensorFallback",
    },
    {
        .key = DispatchKey::FuncTorchVmapMode,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
    {
        .key = DispatchKey::Batched,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "batchedTensorForLoopFallback",
    },
    {
        .key = DispatchKey::VmapMode,
        .policy = dispatch_codegen::Policy::fallthrough,
        .kernel = "fallthrough",
    },
    {
        .key = DispatchKey::FuncTorchGradWrapper,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "gradWrapperFallback",
    },
    {
        .key = DispatchKey::PythonTLSSnapshot,
        .policy = dispatch_codegen::Policy::python_tls_snapshot,
        .kernel = "python_tls_snapshot",
        .redispatch_to = after_PythonTLSSnapshot_keyset,
    },
    {
        .key = DispatchKey::FuncTorchDynamicLayerFrontMode,
        .policy = dispatch_codegen::Policy::kernel,
        .kernel = "dynamicLayerFrontFallback",
    },
    {
        .key = DispatchKey::PreDispatch,
        .policy = dispatch_codegen::Policy::redispatch,
        .kernel = "redispatch",
        .redispatch_to = after_PreDispatch_keyset,
    },
    {
        .key = DispatchKey::PythonDispatcher,
        .policy = dispatch_codegen::Policy::python_dispatcher,
        .kernel = "python_dispatcher",
        .mode = modes::python_dispatcher,
    },
});

}  // namespace pytorch::dispatch

#endif
