"""Which keys kernels can be registered for."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.located import LocatedStr
from codegen.model import KeyKind
from codegen.resolve.keysets import Scope


def registrable(pattern: LocatedStr, scope: Scope) -> Iterator[str]:
    """The keys of a pattern. Reports DG201, and DG209 for those that take no kernel."""
    for key in scope.keys_of(pattern):
        if key.kind is KeyKind.UNDEFINED or key.kind is KeyKind.PER_BACKEND:
            scope.collector.error(
                "DG209",
                f"no kernel can be registered for the {key.kind.value} key `{key.name}`",
                pattern.span,
                help="name a runtime key or an alias key",
            )
            continue
        yield key.name
