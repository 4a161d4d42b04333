"""The keyset class, and the numbering that it computes with.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from ._runtime.keyset import KeySet, Numbering
from ._runtime.layout import Layout
from .dispatch_key import BackendComponent, DispatchKey

ALIAS_KEYS: list[DispatchKey] = [
    DispatchKey.AnyAutograd,
    DispatchKey.Composite,
]

LAYOUT = Layout(
    num_backends=BackendComponent.EndOfBackendKeys,
    num_functionality_keys=DispatchKey.EndOfFunctionalityKeys - 1,
    per_backend=[
        DispatchKey.Dense,
        DispatchKey.Autograd,
    ],
    num_alias_keys=len(ALIAS_KEYS),
    in_every_full_after=[],
)

NUMBERING = Numbering(
    LAYOUT,
    DispatchKey,
    BackendComponent,
    {
        DispatchKey.EndOfFunctionalityKeys: "UnknownUnknown",
        DispatchKey.StartOfDenseBackends: "Undefined",
        DispatchKey.StartOfAutogradBackends: "AutogradUndefined",
    },
)


class DispatchKeySet(KeySet[DispatchKey, BackendComponent]):
    """A set of dispatch keys."""

    __slots__ = ()

    _numbering = NUMBERING
