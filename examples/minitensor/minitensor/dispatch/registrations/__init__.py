"""Registrations: one module for each backend, and for each other key with any.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.loading import Registrations

REGISTRATIONS = Registrations(
    __name__,
    [
        "cpu",
        "meta",
        "backend_select",
        "python",
        "ad_inplace_or_view",
        "python_tls_snapshot",
        "any_autograd",
        "composite",
    ],
    # Where the fallback of a key is.
    {
        "AutogradCPU": "cpu",
        "Meta": "meta",
        "AutogradMeta": "meta",
        "BackendSelect": "backend_select",
        "Python": "python",
        "ADInplaceOrView": "ad_inplace_or_view",
        "PythonTLSSnapshot": "python_tls_snapshot",
    },
)
