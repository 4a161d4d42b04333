"""What type checkers take for a tensor.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from typing import Protocol, SupportsIndex


class Tensor(Protocol):
    """Whatever has a keyset, which is the value of an attribute."""

    @property
    def _dispatch_keys(
        self,
    ) -> SupportsIndex:
        """The bits of the keyset."""
