"""What a thread includes in and excludes from its calls, and how guards change it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ._runtime.guards import TlsChange
from .dispatch_key import DispatchKey
from .dispatch_key_set import DispatchKeySet

DEFAULT_INCLUDED = DispatchKeySet.of(
    DispatchKey.BackendSelect,
    DispatchKey.ADInplaceOrView,
)
DEFAULT_EXCLUDED = DispatchKeySet.of(
    DispatchKey.AutocastCPU,
    DispatchKey.AutocastMTIA,
    DispatchKey.AutocastMAIA,
    DispatchKey.AutocastXPU,
    DispatchKey.AutocastIPU,
    DispatchKey.AutocastHPU,
    DispatchKey.AutocastXLA,
    DispatchKey.AutocastMPS,
    DispatchKey.AutocastCUDA,
    DispatchKey.AutocastPrivateUse1,
)

# While the guard is alive.
GUARDS: dict[str, TlsChange[DispatchKeySet]] = {
    "AutoDispatchBelowAutograd": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(
            DispatchKey.AutogradOther,
            DispatchKey.AutogradFunctionality,
            DispatchKey.AutogradNestedTensor,
        ),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    # Old name of AutoDispatchBelowAutograd.
    "AutoNonVariableTypeMode": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(
            DispatchKey.AutogradOther,
            DispatchKey.AutogradFunctionality,
            DispatchKey.AutogradNestedTensor,
        ),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    "AutoDispatchBelowADInplaceOrView": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(
            DispatchKey.ADInplaceOrView,
            DispatchKey.AutogradOther,
            DispatchKey.AutogradFunctionality,
            DispatchKey.AutogradNestedTensor,
        ),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    "AutoDispatchSkipFunctionalize": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(
            DispatchKey.Functionalize,
        ),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
}

# While the mode is active.
MODES: dict[str, TlsChange[DispatchKeySet]] = {
    "torch_dispatch": TlsChange(
        include=DispatchKeySet.of(
            DispatchKey.Python,
            DispatchKey.PythonTLSSnapshot,
        ),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    "python_dispatcher": TlsChange(
        include=DispatchKeySet.of(
            DispatchKey.PythonDispatcher,
        ),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    "pre_dispatch": TlsChange(
        include=DispatchKeySet.of(
            DispatchKey.PreDispatch,
        ),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    "functionalize": TlsChange(
        include=DispatchKeySet.of(
            DispatchKey.Functionalize,
        ),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    "functorch": TlsChange(
        include=DispatchKeySet.of(
            DispatchKey.FuncTorchDynamicLayerBackMode,
            DispatchKey.FuncTorchDynamicLayerFrontMode,
        ),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    "vmap": TlsChange(
        include=DispatchKeySet.of(
            DispatchKey.VmapMode,
        ),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    "trace": TlsChange(
        include=DispatchKeySet.of(
            DispatchKey.Tracer,
        ),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    "autocast_cpu": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.AutocastCPU,
        ),
    ),
    "autocast_mtia": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.AutocastMTIA,
        ),
    ),
    "autocast_maia": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.AutocastMAIA,
        ),
    ),
    "autocast_xpu": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.AutocastXPU,
        ),
    ),
    "autocast_ipu": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.AutocastIPU,
        ),
    ),
    "autocast_hpu": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.AutocastHPU,
        ),
    ),
    "autocast_xla": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.AutocastXLA,
        ),
    ),
    "autocast_mps": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.AutocastMPS,
        ),
    ),
    "autocast_cuda": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.AutocastCUDA,
        ),
    ),
    "autocast_privateuse1": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.AutocastPrivateUse1,
        ),
    ),
    "inference": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(
            DispatchKey.AutogradOther,
            DispatchKey.AutogradFunctionality,
            DispatchKey.AutogradNestedTensor,
        ),
        stop_including=DispatchKeySet.of(
            DispatchKey.ADInplaceOrView,
        ),
        stop_excluding=DispatchKeySet.of(),
    ),
}
