"""Findings about backend files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from codegen.backend_files import left_out
from codegen.diagnostics import Diagnostic
from codegen.model import Model
from codegen.model_backend_files import LeftOut
from codegen.schema.backend_files import BackendFileDecl

# How many names a message has.
_SHOWN: Final = 5

_WITH_OPERATORS: Final = "full_codegen"


def left_out_parts(model: Model) -> Iterator[Diagnostic]:
    """DG312: operators, and settings, that only torchgen's lazy backend has."""
    for file in model.backend_files:
        yield from _findings(file.left_out)


def left_out_of(files: Iterable[BackendFileDecl]) -> Iterator[Diagnostic]:
    """The same of declarations."""
    for file in files:
        yield from _findings(left_out(file))


def _findings(parts: Iterable[LeftOut]) -> Iterator[Diagnostic]:
    for part in parts:
        names = ", ".join(f"`{name}`" for name in part.names[:_SHOWN])
        more = len(part.names) - _SHOWN
        names += f" and {more} more" if more > 0 else ""
        named = f": {names}" if names else ""
        yield Diagnostic(
            "DG312",
            f"`{part.field}` is left out{named}",
            part.span,
            help=(
                "these get no kernel: write kernels and list them under `supported`, or "
                "go on generating them with torchgen's `gen_lazy_tensor`"
                if part.field == _WITH_OPERATORS
                else "it is only for torchgen's `gen_lazy_tensor`, and says nothing here"
            ),
            subject=part.field,
        )
