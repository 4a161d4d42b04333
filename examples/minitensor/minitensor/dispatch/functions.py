"""Functions around keys and sets; snake_case first, c10's spelling beside it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from . import keysets
from ._runtime.functions import KeyFunctions
from .dispatch_key import BackendComponent, DispatchKey
from .dispatch_key_set import NUMBERING, DispatchKeySet

ALIAS_KEYSETS: dict[DispatchKey, DispatchKeySet] = {
    DispatchKey.AnyAutograd: keysets.autograd_keys,
    DispatchKey.Composite: DispatchKeySet.of(
        DispatchKey.Dense,
        DispatchKey.Autograd,
        BackendComponent.CPUBit,
        BackendComponent.MetaBit,
    ),
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


_tensor_keys_default = DispatchKeySet.of()
_tensor_keys = {
    BackendComponent.CPUBit: DispatchKeySet.of(
        DispatchKey.CPU,
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradCPU,
    ),
    BackendComponent.MetaBit: DispatchKeySet.of(
        DispatchKey.Meta,
        DispatchKey.ADInplaceOrView,
        DispatchKey.AutogradMeta,
    ),
}


def tensor_keys(
    backend: BackendComponent,
) -> DispatchKeySet:
    """All keys of a tensor on a backend."""
    return _tensor_keys.get(backend, _tensor_keys_default)


tensorKeys = tensor_keys
