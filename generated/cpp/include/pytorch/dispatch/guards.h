// What a thread includes in and excludes from its calls, and how guards change it.
//
// Generated; to rewrite it, run: dispatch-codegen generate --target cpp

#ifndef PYTORCH_DISPATCH_GUARDS_H
#define PYTORCH_DISPATCH_GUARDS_H

#include "dispatch_key_set.h"
#include "runtime/rules.h"

namespace pytorch::dispatch {

inline constexpr DispatchKeySet default_included = keySet({
    DispatchKey::BackendSelect,
    DispatchKey::ADInplaceOrView,
});
inline constexpr DispatchKeySet default_excluded = keySet({
    DispatchKey::AutocastCPU,
    DispatchKey::AutocastMTIA,
    DispatchKey::AutocastMAIA,
    DispatchKey::AutocastXPU,
    DispatchKey::AutocastIPU,
    DispatchKey::AutocastHPU,
    DispatchKey::AutocastXLA,
    DispatchKey::AutocastMPS,
    DispatchKey::AutocastCUDA,
    DispatchKey::AutocastPrivateUse1,
});

using TlsChange = dispatch_codegen::TlsChange<Numbering>;

/// While the guard is alive.
namespace tls_changes {

inline constexpr TlsChange AutoDispatchBelowAutograd{
    .exclude = keySet({
        DispatchKey::AutogradOther,
        DispatchKey::AutogradFunctionality,
        DispatchKey::AutogradNestedTensor,
    }),
};

/// Old name of AutoDispatchBelowAutograd.
inline constexpr TlsChange AutoNonVariableTypeMode{
    .exclude = keySet({
        DispatchKey::AutogradOther,
        DispatchKey::AutogradFunctionality,
        DispatchKey::AutogradNestedTensor,
    }),
};

inline constexpr TlsChange AutoDispatchBelowADInplaceOrView{
    .exclude = keySet({
        DispatchKey::ADInplaceOrView,
        DispatchKey::AutogradOther,
        DispatchKey::AutogradFunctionality,
        DispatchKey::AutogradNestedTensor,
    }),
};

inline constexpr TlsChange AutoDispatchSkipFunctionalize{
    .exclude = keySet({
        DispatchKey::Functionalize,
    }),
};

}  // namespace tls_changes

/// While the mode is active.
namespace modes {

inline constexpr TlsChange torch_dispatch{
    .include = keySet({
        DispatchKey::Python,
        DispatchKey::PythonTLSSnapshot,
    }),
};

inline constexpr TlsChange python_dispatcher{
    .include = keySet({
        DispatchKey::PythonDispatcher,
    }),
};

inline constexpr TlsChange pre_dispatch{
    .include = keySet({
        DispatchKey::PreDispatch,
    }),
};

inline constexpr TlsChange functionalize{
    .include = keySet({
        DispatchKey::Functionalize,
    }),
};

inline constexpr TlsChange functorch{
    .include = keySet({
        DispatchKey::FuncTorchDynamicLayerBackMode,
        DispatchKey::FuncTorchDynamicLayerFrontMode,
    }),
};

inline constexpr TlsChange vmap{
    .include = keySet({
        DispatchKey::VmapMode,
    }),
};

inline constexpr TlsChange trace{
    .include = keySet({
        DispatchKey::Tracer,
    }),
};

inline constexpr TlsChange autocast_cpu{
    .stop_excluding = keySet({
        DispatchKey::AutocastCPU,
    }),
};

inline constexpr TlsChange autocast_mtia{
    .stop_excluding = keySet({
        DispatchKey::AutocastMTIA,
    }),
};

inline constexpr TlsChange autocast_maia{
    .stop_excluding = keySet({
        DispatchKey::AutocastMAIA,
    }),
};

inline constexpr TlsChange autocast_xpu{
    .stop_excluding = keySet({
        DispatchKey::AutocastXPU,
    }),
};

inline constexpr TlsChange autocast_ipu{
    .stop_excluding = keySet({
        DispatchKey::AutocastIPU,
    }),
};

inline constexpr TlsChange autocast_hpu{
    .stop_excluding = keySet({
        DispatchKey::AutocastHPU,
    }),
};

inline constexpr TlsChange autocast_xla{
    .stop_excluding = keySet({
        DispatchKey::AutocastXLA,
    }),
};

inline constexpr TlsChange autocast_mps{
    .stop_excluding = keySet({
        DispatchKey::AutocastMPS,
    }),
};

inline constexpr TlsChange autocast_cuda{
    .stop_excluding = keySet({
        DispatchKey::AutocastCUDA,
    }),
};

inline constexpr TlsChange autocast_privateuse1{
    .stop_excluding = keySet({
        DispatchKey::AutocastPrivateUse1,
    }),
};

inline constexpr TlsChange inference{
    .exclude = keySet({
        DispatchKey::AutogradOther,
        DispatchKey::AutogradFunctionality,
        DispatchKey::AutogradNestedTensor,
    }),
    .stop_including = keySet({
        DispatchKey::ADInplaceOrView,
    }),
};

}  // namespace modes

}  // namespace pytorch::dispatch

#endif
