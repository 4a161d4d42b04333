"""Keyset constants, each as the keys and backends that it is made of.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .dispatch_key import BackendComponent, DispatchKey
from .dispatch_key_set import DispatchKeySet

# Dense * backends(everywhere)
dense_keys = DispatchKeySet.of(
    DispatchKey.Dense,
    BackendComponent.CPUBit,
    BackendComponent.MetaBit,
)

# Autograd * backends(everywhere)
autograd_keys = DispatchKeySet.of(
    DispatchKey.Autograd,
    BackendComponent.CPUBit,
    BackendComponent.MetaBit,
)

# Python | PythonTLSSnapshot
python_keys = DispatchKeySet.of(
    DispatchKey.Python,
    DispatchKey.PythonTLSSnapshot,
)

# full_after(Autograd)
below_autograd = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.BackendSelect,
    DispatchKey.Python,
    DispatchKey.ADInplaceOrView,
    BackendComponent.CPUBit,
    BackendComponent.MetaBit,
)

# full_after(ADInplaceOrView)
below_views = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.BackendSelect,
    DispatchKey.Python,
    BackendComponent.CPUBit,
    BackendComponent.MetaBit,
)

# full_after(BackendSelect)
below_backend_select = DispatchKeySet.of(
    DispatchKey.Dense,
    BackendComponent.CPUBit,
    BackendComponent.MetaBit,
)

# full_after(PythonTLSSnapshot)
below_snapshot = DispatchKeySet.of(
    DispatchKey.Dense,
    DispatchKey.BackendSelect,
    DispatchKey.Python,
    DispatchKey.ADInplaceOrView,
    DispatchKey.Autograd,
    BackendComponent.CPUBit,
    BackendComponent.MetaBit,
)

# full ^ (full_after(Python) | Python)
above_python = DispatchKeySet.of(
    DispatchKey.ADInplaceOrView,
    DispatchKey.Autograd,
    DispatchKey.PythonTLSSnapshot,
)
