"""Findings about keysets."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.diagnostics import Diagnostic
from codegen.expressions import EMPTY
from codegen.model import Model


def empty_keysets(model: Model) -> Iterator[Diagnostic]:
    """DG304: a constant that comes out empty though it does not say so."""
    for keyset in model.keysets.values():
        if keyset.raw == 0 and keyset.expression != EMPTY:
            yield Diagnostic(
                "DG304",
                f"the keyset `{keyset.name}` is empty",
                keyset.span,
                help=f"look at its expression, or write `{EMPTY}` to mean it",
                subject=keyset.name,
            )
