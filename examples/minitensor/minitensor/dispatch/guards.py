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
DEFAULT_EXCLUDED = DispatchKeySet.of()

# While the guard is alive.
GUARDS: dict[str, TlsChange[DispatchKeySet]] = {
    # Calls inside are not recorded for the backward pass.
    "no_grad": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(
            DispatchKey.Autograd,
        ),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
    # Calls inside are recorded, even inside of no_grad.
    "enable_grad": TlsChange(
        include=DispatchKeySet.of(),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(
            DispatchKey.Autograd,
        ),
    ),
}

# While the mode is active.
MODES: dict[str, TlsChange[DispatchKeySet]] = {
    "python": TlsChange(
        include=DispatchKeySet.of(
            DispatchKey.Python,
            DispatchKey.PythonTLSSnapshot,
        ),
        exclude=DispatchKeySet.of(),
        stop_including=DispatchKeySet.of(),
        stop_excluding=DispatchKeySet.of(),
    ),
}
