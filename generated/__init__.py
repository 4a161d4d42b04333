"""A dispatcher: its keys, sets, functions around them, and operators.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .dispatch_key import BackendComponent as BackendComponent
from .dispatch_key import DispatchKey as DispatchKey
from .dispatch_key_set import DispatchKeySet as DispatchKeySet
from .functions import (
    getAutocastRelatedKeySetFromBackend as getAutocastRelatedKeySetFromBackend,
    getAutogradKeyFromBackend as getAutogradKeyFromBackend,
    getAutogradRelatedKeySetFromBackend as getAutogradRelatedKeySetFromBackend,
    getBackendKeySetFromAutograd as getBackendKeySetFromAutograd,
    getDispatchTableIndexForDispatchKey as getDispatchTableIndexForDispatchKey,
    getRuntimeDispatchKeySet as getRuntimeDispatchKeySet,
    get_autocast_related_key_set_from_backend as get_autocast_related_key_set_from_backend,
    get_autograd_key_from_backend as get_autograd_key_from_backend,
    get_autograd_related_key_set_from_backend as get_autograd_related_key_set_from_backend,
    get_backend_key_set_from_autograd as get_backend_key_set_from_autograd,
    get_dispatch_table_index_for_dispatch_key as get_dispatch_table_index_for_dispatch_key,
    get_runtime_dispatch_key_set as get_runtime_dispatch_key_set,
    highestPriorityBackendTypeId as highestPriorityBackendTypeId,
    highest_priority_backend_type_id as highest_priority_backend_type_id,
    isAliasDispatchKey as isAliasDispatchKey,
    isBackendDispatchKey as isBackendDispatchKey,
    isIncludedInAlias as isIncludedInAlias,
    isPerBackendFunctionalityKey as isPerBackendFunctionalityKey,
    is_alias_dispatch_key as is_alias_dispatch_key,
    is_backend_dispatch_key as is_backend_dispatch_key,
    is_included_in_alias as is_included_in_alias,
    is_per_backend_functionality_key as is_per_backend_functionality_key,
    legacyExtractDispatchKey as legacyExtractDispatchKey,
    legacy_extract_dispatch_key as legacy_extract_dispatch_key,
    parseDispatchKey as parseDispatchKey,
    parse_dispatch_key as parse_dispatch_key,
    runtimeDispatchKeySetHas as runtimeDispatchKeySetHas,
    runtime_dispatch_key_set_has as runtime_dispatch_key_set_has,
    toBackendComponent as toBackendComponent,
    toFunctionalityKey as toFunctionalityKey,
    toRuntimePerBackendFunctionalityKey as toRuntimePerBackendFunctionalityKey,
    toString as toString,
    to_backend_component as to_backend_component,
    to_functionality_key as to_functionality_key,
    to_runtime_per_backend_functionality_key as to_runtime_per_backend_functionality_key,
    to_string as to_string,
)
from .keysets import (
    after_ADInplaceOrView_keyset as after_ADInplaceOrView_keyset,
    after_PreDispatch_keyset as after_PreDispatch_keyset,
    after_PythonTLSSnapshot_keyset as after_PythonTLSSnapshot_keyset,
    after_Python_keyset as after_Python_keyset,
    after_autograd_keyset as after_autograd_keyset,
    after_func_keyset as after_func_keyset,
    autocast_dispatch_keyset as autocast_dispatch_keyset,
    autograd_alias_keyset as autograd_alias_keyset,
    autograd_cpu_ks as autograd_cpu_ks,
    autograd_cuda_ks as autograd_cuda_ks,
    autograd_dispatch_keyset as autograd_dispatch_keyset,
    autograd_dispatch_keyset_with_ADInplaceOrView as autograd_dispatch_keyset_with_ADInplaceOrView,
    autograd_hpu_ks as autograd_hpu_ks,
    autograd_ipu_ks as autograd_ipu_ks,
    autograd_lazy_ks as autograd_lazy_ks,
    autograd_maia_ks as autograd_maia_ks,
    autograd_meta_ks as autograd_meta_ks,
    autograd_mps_ks as autograd_mps_ks,
    autograd_mtia_ks as autograd_mtia_ks,
    autograd_nested as autograd_nested,
    autograd_other_ks as autograd_other_ks,
    autograd_privateuse1_ks as autograd_privateuse1_ks,
    autograd_privateuse2_ks as autograd_privateuse2_ks,
    autograd_privateuse3_ks as autograd_privateuse3_ks,
    autograd_xla_ks as autograd_xla_ks,
    autograd_xpu_ks as autograd_xpu_ks,
    autogradother_backends as autogradother_backends,
    backend_bitset_mask as backend_bitset_mask,
    backend_dispatch_keyset as backend_dispatch_keyset,
    backend_functionality_keys as backend_functionality_keys,
    default_excluded_set as default_excluded_set,
    default_included_set as default_included_set,
    functorch_batched_ks as functorch_batched_ks,
    functorch_transforms_ks as functorch_transforms_ks,
    inplace_or_view_ks as inplace_or_view_ks,
    math_dispatch_keyset as math_dispatch_keyset,
    mkldnn_ks as mkldnn_ks,
    nested_dispatch_keyset as nested_dispatch_keyset,
    non_functional_backend_dispatch_keyset as non_functional_backend_dispatch_keyset,
    python_ks as python_ks,
    sparse_csr_ks as sparse_csr_ks,
    sparse_ks as sparse_ks,
)

if TYPE_CHECKING:
    from ._runtime.table import (
        TableEntry as TableEntry,
    )
    from .dispatcher import (
        AutoDispatchBelowADInplaceOrView as AutoDispatchBelowADInplaceOrView,
        AutoDispatchBelowAutograd as AutoDispatchBelowAutograd,
        AutoDispatchSkipFunctionalize as AutoDispatchSkipFunctionalize,
        AutoNonVariableTypeMode as AutoNonVariableTypeMode,
        DISPATCHER as DISPATCHER,
        DISPATCH_METHOD as DISPATCH_METHOD,
        DispatchMode as DispatchMode,
        Event as Event,
        ExcludeDispatchKeyGuard as ExcludeDispatchKeyGuard,
        FOREIGN_TYPES as FOREIGN_TYPES,
        ForceDispatchKeyGuard as ForceDispatchKeyGuard,
        IncludeDispatchKeyGuard as IncludeDispatchKeyGuard,
        KEYSET_ATTRIBUTE as KEYSET_ATTRIBUTE,
        Library as Library,
        MaybeSetTLSOnEntryGuard as MaybeSetTLSOnEntryGuard,
        ModeGuard as ModeGuard,
        PreserveDispatchKeyGuard as PreserveDispatchKeyGuard,
        RestorePythonTLSSnapshot as RestorePythonTLSSnapshot,
        add_observer as add_observer,
        add_registration_listener as add_registration_listener,
        check_invariants as check_invariants,
        dispatch_dump as dispatch_dump,
        dispatch_dump_table as dispatch_dump_table,
        dispatch_table as dispatch_table,
        enable_python_dispatcher as enable_python_dispatcher,
        fallthrough_kernel as fallthrough_kernel,
        get_autograd_fallback_mode as get_autograd_fallback_mode,
        has_variable_hooks as has_variable_hooks,
        ops as ops,
        register_type as register_type,
        set_autograd_fallback_mode as set_autograd_fallback_mode,
        set_conversion as set_conversion,
        set_variable_hooks as set_variable_hooks,
        tls_local_dispatch_key_set as tls_local_dispatch_key_set,
        with_keyset as with_keyset,
    )
    from .fuser import (
        FUSER as FUSER,
        register_fusion as register_fusion,
        retrieve_fusion as retrieve_fusion,
        run_fallback as run_fallback,
        run_fusion as run_fusion,
    )
    from .guards import (
        DEFAULT_EXCLUDED as DEFAULT_EXCLUDED,
        DEFAULT_INCLUDED as DEFAULT_INCLUDED,
        GUARDS as GUARDS,
        MODES as MODES,
    )
    from .operators import (
        OPERATORS as OPERATORS,
    )
    from .registrations import (
        REGISTRATIONS as REGISTRATIONS,
    )
    from .table_rules import (
        TABLES as TABLES,
        compute_dispatch_table as compute_dispatch_table,
    )

# Imported at first use, so that importing the package stays cheap.
_MODULES = {
    "AutoDispatchBelowADInplaceOrView": ".dispatcher",
    "AutoDispatchBelowAutograd": ".dispatcher",
    "AutoDispatchSkipFunctionalize": ".dispatcher",
    "AutoNonVariableTypeMode": ".dispatcher",
    "DEFAULT_EXCLUDED": ".guards",
    "DEFAULT_INCLUDED": ".guards",
    "DISPATCHER": ".dispatcher",
    "DISPATCH_METHOD": ".dispatcher",
    "DispatchMode": ".dispatcher",
    "Event": ".dispatcher",
    "ExcludeDispatchKeyGuard": ".dispatcher",
    "FOREIGN_TYPES": ".dispatcher",
    "FUSER": ".fuser",
    "ForceDispatchKeyGuard": ".dispatcher",
    "GUARDS": ".guards",
    "IncludeDispatchKeyGuard": ".dispatcher",
    "KEYSET_ATTRIBUTE": ".dispatcher",
    "Library": ".dispatcher",
    "MODES": ".guards",
    "MaybeSetTLSOnEntryGuard": ".dispatcher",
    "ModeGuard": ".dispatcher",
    "OPERATORS": ".operators",
    "PreserveDispatchKeyGuard": ".dispatcher",
    "REGISTRATIONS": ".registrations",
    "RestorePythonTLSSnapshot": ".dispatcher",
    "TABLES": ".table_rules",
    "TableEntry": "._runtime.table",
    "add_observer": ".dispatcher",
    "add_registration_listener": ".dispatcher",
    "check_invariants": ".dispatcher",
    "compute_dispatch_table": ".table_rules",
    "dispatch_dump": ".dispatcher",
    "dispatch_dump_table": ".dispatcher",
    "dispatch_table": ".dispatcher",
    "enable_python_dispatcher": ".dispatcher",
    "fallthrough_kernel": ".dispatcher",
    "get_autograd_fallback_mode": ".dispatcher",
    "has_variable_hooks": ".dispatcher",
    "ops": ".dispatcher",
    "register_fusion": ".fuser",
    "register_type": ".dispatcher",
    "retrieve_fusion": ".fuser",
    "run_fallback": ".fuser",
    "run_fusion": ".fuser",
    "set_autograd_fallback_mode": ".dispatcher",
    "set_conversion": ".dispatcher",
    "set_variable_hooks": ".dispatcher",
    "tls_local_dispatch_key_set": ".dispatcher",
    "with_keyset": ".dispatcher",
}


def __getattr__(name: str) -> object:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(module, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})
