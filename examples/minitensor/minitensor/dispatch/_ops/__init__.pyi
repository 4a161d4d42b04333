"""Operators by namespace, as type checkers see them.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from typing import Any

from . import (
    mt as mt,
)

# Libraries define others.
def __getattr__(name: str) -> Any: ...
