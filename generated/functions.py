"""Functions around keys and sets; snake_case first, c10's spelling beside it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from . import keysets
from ._runtime.functions import KeyFunctions
from .dispatch_key import BackendComponent, DispatchKey
from .dispatch_key_set import NUMBERING, DispatchKeySet

ALIAS_KEYSETS: dict[DispatchKey, DispatchKeySet] = {
    DispatchKey.Autograd: keysets.autograd_alias_keyset,
    DispatchKey.CompositeImplicitAutograd: keysets.math_dispatch_keyset,
    DispatchKey.FuncTorchBatchedDecomposition: keysets.functorch_batched_ks,
    DispatchKey.CompositeImplicitAutogradNestedTensor: keysets.nested_dispatch_keyset,
    DispatchKey.CompositeExplicitAutograd: keysets.backend_dispatch_keyset,
    DispatchKey.CompositeExplicitAutogradNonFunctional: keysets.non_functional_backend_dispatch_keyset,
}

_KEYS: KeyFunctions[DispatchKey, BackendComponent, DispatchKeySet] = KeyFunctions(
    NUMBERING, DispatchKeySet, ALIAS_KEYSETS
)

to_functionality_key = _KEYS.to_functionality_key
toFunctionalityKey = to_functionality_key
to_backend_component = _KEYS.to_backend_component
toBackendComponent = to_backend_component
to_runtime_per_backend_functionality_key = (
    _KEYS.to_runtime_per_backend_functionality_key
)
toRuntimePerBackendFunctionalityKey = to_runtime_per_backend_functionality_key
is_alias_dispatch_key = _KEYS.is_alias_dispatch_key
isAliasDispatchKey = is_alias_dispatch_key
is_per_backend_functionality_key = _KEYS.is_per_backend_functionality_key
isPerBackendFunctionalityKey = is_per_backend_functionality_key
get_runtime_dispatch_key_set = _KEYS.get_runtime_dispatch_key_set
getRuntimeDispatchKeySet = get_runtime_dispatch_key_set
runtime_dispatch_key_set_has = _KEYS.runtime_dispatch_key_set_has
runtimeDispatchKeySetHas = runtime_dispatch_key_set_has
is_included_in_alias = _KEYS.is_included_in_alias
isIncludedInAlias = is_included_in_alias
get_dispatch_table_index_for_dispatch_key = (
    _KEYS.get_dispatch_table_index_for_dispatch_key
)
getDispatchTableIndexForDispatchKey = get_dispatch_table_index_for_dispatch_key
parse_dispatch_key = _KEYS.parse_dispatch_key
parseDispatchKey = parse_dispatch_key
to_string = _KEYS.to_string
toString = to_string


_get_autograd_related_key_set_from_backend_default = DispatchKeySet.of(
    DispatchKey.ADInplaceOrView,
    DispatchKey.AutogradOther,
)
_get_autograd_related_key_set_from_backend = {
    BackendComponent.CPUBit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradCPU,
    ),
    BackendComponent.CUDABit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradCUDA,
    ),
    BackendComponent.XLABit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradXLA,
    ),
    BackendComponent.MPSBit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradMPS,
    ),
    BackendComponent.IPUBit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradIPU,
    ),
    BackendComponent.XPUBit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradXPU,
    ),
    BackendComponent.HPUBit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradHPU,
    ),
    BackendComponent.LazyBit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradLazy,
    ),
    BackendComponent.MTIABit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradMTIA,
    ),
    BackendComponent.MAIABit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradMAIA,
    ),
    BackendComponent.PrivateUse1Bit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradPrivateUse1,
    ),
    BackendComponent.PrivateUse2Bit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradPrivateUse2,
    ),
    BackendComponent.PrivateUse3Bit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradPrivateUse3,
    ),
    BackendComponent.MetaBit: DispatchKeySet.of(
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradMeta,
    ),
}


def get_autograd_related_key_set_from_backend(
    backend: BackendComponent,
) -> DispatchKeySet:
    """The keys that autograd adds to a tensor on this backend."""
    return _get_autograd_related_key_set_from_backend.get(
        backend, _get_autograd_related_key_set_from_backend_default
    )


getAutogradRelatedKeySetFromBackend = get_autograd_related_key_set_from_backend


_get_autograd_key_from_backend = {
    BackendComponent.CPUBit: DispatchKey.AutogradCPU,
    BackendComponent.CUDABit: DispatchKey.AutogradCUDA,
    BackendComponent.XLABit: DispatchKey.AutogradXLA,
    BackendComponent.MPSBit: DispatchKey.AutogradMPS,
    BackendComponent.IPUBit: DispatchKey.AutogradIPU,
    BackendComponent.XPUBit: DispatchKey.AutogradXPU,
    BackendComponent.HPUBit: DispatchKey.AutogradHPU,
    BackendComponent.LazyBit: DispatchKey.AutogradLazy,
    BackendComponent.MTIABit: DispatchKey.AutogradMTIA,
    BackendComponent.MAIABit: DispatchKey.AutogradMAIA,
    BackendComponent.PrivateUse1Bit: DispatchKey.AutogradPrivateUse1,
    BackendComponent.PrivateUse2Bit: DispatchKey.AutogradPrivateUse2,
    BackendComponent.PrivateUse3Bit: DispatchKey.AutogradPrivateUse3,
    BackendComponent.MetaBit: DispatchKey.AutogradMeta,
}


def get_autograd_key_from_backend(
    backend: BackendComponent,
) -> DispatchKey:
    """The Autograd key of a backend."""
    return _get_autograd_key_from_backend.get(backend, DispatchKey.AutogradOther)


getAutogradKeyFromBackend = get_autograd_key_from_backend


_get_autocast_related_key_set_from_backend_default = DispatchKeySet.of()
_get_autocast_related_key_set_from_backend = {
    BackendComponent.CPUBit: DispatchKeySet.of(
        DispatchKey.AutocastCPU,
    ),
    BackendComponent.CUDABit: DispatchKeySet.of(
        DispatchKey.AutocastCUDA,
    ),
    BackendComponent.XLABit: DispatchKeySet.of(
        DispatchKey.AutocastXLA,
    ),
    BackendComponent.MPSBit: DispatchKeySet.of(
        DispatchKey.AutocastMPS,
    ),
    BackendComponent.IPUBit: DispatchKeySet.of(
        DispatchKey.AutocastIPU,
    ),
    BackendComponent.XPUBit: DispatchKeySet.of(
        DispatchKey.AutocastXPU,
    ),
    BackendComponent.HPUBit: DispatchKeySet.of(
        DispatchKey.AutocastHPU,
    ),
    BackendComponent.MTIABit: DispatchKeySet.of(
        DispatchKey.AutocastMTIA,
    ),
    BackendComponent.MAIABit: DispatchKeySet.of(
        DispatchKey.AutocastMAIA,
    ),
    BackendComponent.PrivateUse1Bit: DispatchKeySet.of(
        DispatchKey.AutocastPrivateUse1,
    ),
}


def get_autocast_related_key_set_from_backend(
    backend: BackendComponent,
) -> DispatchKeySet:
    """The Autocast key of a backend, if it has one."""
    return _get_autocast_related_key_set_from_backend.get(
        backend, _get_autocast_related_key_set_from_backend_default
    )


getAutocastRelatedKeySetFromBackend = get_autocast_related_key_set_from_backend


_get_backend_key_set_from_autograd_default = DispatchKeySet.of()
_get_backend_key_set_from_autograd = {
    DispatchKey.AutogradOther: DispatchKeySet.of(
        DispatchKey.FPGA,
        DispatchKey.Vulkan,
        DispatchKey.Metal,
        DispatchKey.Quantized,
        DispatchKey.CustomRNGKeyId,
        DispatchKey.MkldnnCPU,
        DispatchKey.Sparse,
        DispatchKey.SparseCsr,
        BackendComponent.CPUBit,
        BackendComponent.CUDABit,
        BackendComponent.HIPBit,
        BackendComponent.XLABit,
        BackendComponent.MPSBit,
        BackendComponent.IPUBit,
        BackendComponent.XPUBit,
        BackendComponent.HPUBit,
        BackendComponent.VEBit,
        BackendComponent.LazyBit,
        BackendComponent.MTIABit,
        BackendComponent.MAIABit,
        BackendComponent.PrivateUse1Bit,
        BackendComponent.PrivateUse2Bit,
        BackendComponent.PrivateUse3Bit,
        BackendComponent.MetaBit,
    ),
    DispatchKey.AutogradNestedTensor: DispatchKeySet.of(
        DispatchKey.NestedTensor,
        BackendComponent.CPUBit,
        BackendComponent.CUDABit,
        BackendComponent.HIPBit,
        BackendComponent.XLABit,
        BackendComponent.MPSBit,
        BackendComponent.IPUBit,
        BackendComponent.XPUBit,
        BackendComponent.HPUBit,
        BackendComponent.VEBit,
        BackendComponent.LazyBit,
        BackendComponent.MTIABit,
        BackendComponent.MAIABit,
        BackendComponent.PrivateUse1Bit,
        BackendComponent.PrivateUse2Bit,
        BackendComponent.PrivateUse3Bit,
        BackendComponent.MetaBit,
    ),
    DispatchKey.AutogradCPU: DispatchKeySet.of(
        DispatchKey.CPU,
    ),
    DispatchKey.AutogradCUDA: DispatchKeySet.of(
        DispatchKey.CUDA,
    ),
    DispatchKey.AutogradXLA: DispatchKeySet.of(
        DispatchKey.XLA,
    ),
    DispatchKey.AutogradMPS: DispatchKeySet.of(
        DispatchKey.MPS,
    ),
    DispatchKey.AutogradIPU: DispatchKeySet.of(
        DispatchKey.IPU,
    ),
    DispatchKey.AutogradXPU: DispatchKeySet.of(
        DispatchKey.XPU,
    ),
    DispatchKey.AutogradHPU: DispatchKeySet.of(
        DispatchKey.HPU,
    ),
    DispatchKey.AutogradLazy: DispatchKeySet.of(
        DispatchKey.Lazy,
    ),
    DispatchKey.AutogradMAIA: DispatchKeySet.of(
        DispatchKey.MAIA,
    ),
    DispatchKey.AutogradPrivateUse1: DispatchKeySet.of(
        DispatchKey.PrivateUse1,
    ),
    DispatchKey.AutogradPrivateUse2: DispatchKeySet.of(
        DispatchKey.PrivateUse2,
    ),
    DispatchKey.AutogradPrivateUse3: DispatchKeySet.of(
        DispatchKey.PrivateUse3,
    ),
    DispatchKey.AutogradMeta: DispatchKeySet.of(
        DispatchKey.Meta,
    ),
}


def get_backend_key_set_from_autograd(
    key: DispatchKey,
) -> DispatchKeySet:
    """The backend keys below an Autograd key; empty for any other key."""
    return _get_backend_key_set_from_autograd.get(
        key, _get_backend_key_set_from_autograd_default
    )


getBackendKeySetFromAutograd = get_backend_key_set_from_autograd


_is_backend_dispatch_key_set = keysets.backend_dispatch_keyset
_is_backend_dispatch_key_excluded = [
    DispatchKey.NestedTensor,
]


def is_backend_dispatch_key(
    key: DispatchKey,
) -> bool:
    """Whether a key belongs to a backend."""
    if is_alias_dispatch_key(key) or not key:
        return False
    excluded = _is_backend_dispatch_key_excluded
    if key in excluded:
        return False
    keys = _is_backend_dispatch_key_set
    return keys.has(key)


isBackendDispatchKey = is_backend_dispatch_key


_highest_priority_backend_type_id_kept = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.Quantized,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)


def highest_priority_backend_type_id(
    keyset: DispatchKeySet,
) -> DispatchKey:
    """The highest key of a set that belongs to a backend."""
    kept = _highest_priority_backend_type_id_kept
    return (keyset & kept).highest_priority_type_id()


highestPriorityBackendTypeId = highest_priority_backend_type_id


_legacy_extract_dispatch_key_kept = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.FPGA,
    DispatchKey.Vulkan,
    DispatchKey.Metal,
    DispatchKey.Quantized,
    DispatchKey.CustomRNGKeyId,
    DispatchKey.MkldnnCPU,
    DispatchKey.Sparse,
    DispatchKey.SparseCsr,
    DispatchKey.NestedTensor,
    DispatchKey.BackendSelect,
    DispatchKey.Fake,
    DispatchKey.FuncTorchDynamicLayerBackMode,
    DispatchKey.Conjugate,
    DispatchKey.Negative,
    DispatchKey.ZeroTensor,
    DispatchKey.Tracer,
    DispatchKey.BatchedNestedTensor,
    DispatchKey.Batched,
    DispatchKey.VmapMode,
    DispatchKey.DeferredInit,
    DispatchKey.FuncTorchDynamicLayerFrontMode,
    DispatchKey.TESTING_ONLY_GenericWrapper,
    DispatchKey.TESTING_ONLY_GenericMode,
    DispatchKey.PreDispatch,
    DispatchKey.PythonDispatcher,
    BackendComponent.CPUBit,
    BackendComponent.CUDABit,
    BackendComponent.HIPBit,
    BackendComponent.XLABit,
    BackendComponent.MPSBit,
    BackendComponent.IPUBit,
    BackendComponent.XPUBit,
    BackendComponent.HPUBit,
    BackendComponent.VEBit,
    BackendComponent.LazyBit,
    BackendComponent.MTIABit,
    BackendComponent.MAIABit,
    BackendComponent.PrivateUse1Bit,
    BackendComponent.PrivateUse2Bit,
    BackendComponent.PrivateUse3Bit,
    BackendComponent.MetaBit,
)


def legacy_extract_dispatch_key(
    keyset: DispatchKeySet,
) -> DispatchKey:
    """The key that once was a tensor's only one."""
    kept = _legacy_extract_dispatch_key_kept
    return (keyset & kept).highest_priority_type_id()


legacyExtractDispatchKey = legacy_extract_dispatch_key
