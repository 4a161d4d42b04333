"""The declared operators: schemas and kernels, by name.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from .._runtime.loading import DeclaredOperators

OPERATORS = DeclaredOperators(
    __name__,
    [
        "mt",
    ],
)
