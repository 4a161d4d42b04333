"""Findings: what is odd about declarations that are valid.

Reads the model and returns diagnostics of severity warning. A rule is a function that
yields them; `RULES` lists all. Note [Allowances] of `codegen.allowances` says how one is
allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from codegen.allowances import Judged, judge
from codegen.checks import check
from codegen.diagnostics import Collector, Diagnostic
from codegen.layers import Layer, load_layers
from codegen.lint.backend_files import left_out_of, left_out_parts
from codegen.lint.cpp_names import reserved_names
from codegen.lint.families import missing_fallbacks
from codegen.lint.functions import disagreeing_inverses
from codegen.lint.kernels import unreached_backends, unused_kernels
from codegen.lint.keysets import empty_keysets
from codegen.lint.name_lists import lacking_names, unknown_names
from codegen.lint.shadows import ambiguous_slots, shadowed_kernels
from codegen.model import Model
from codegen.resolve import resolve
from codegen.source import Source, Span, display_path

Rule = Callable[[Model], Iterator[Diagnostic]]

RULES: Final[Sequence[Rule]] = (
    reserved_names,
    empty_keysets,
    unused_kernels,
    unreached_backends,
    ambiguous_slots,
    shadowed_kernels,
    missing_fallbacks,
    disagreeing_inverses,
    lacking_names,
    unknown_names,
    left_out_parts,
)


class Linted(NamedTuple):
    """Declarations that `lint` has looked at: what they are, and what is odd."""

    model: Model
    judged: Judged


def lint(paths: Sequence[Path], variant: str | None = None) -> tuple[Diagnostic, ...]:
    """The findings that nothing allows, sorted by place.

    Raises:
        DeclarationError: if the declarations have errors, in any build variant.
    """
    return judged(paths, variant).remaining


def judged(paths: Sequence[Path], variant: str | None = None) -> Judged:
    """All findings, told apart by whether an allowance covers them.

    Raises:
        DeclarationError: if the declarations have errors, in any build variant.
    """
    return linted(paths, variant).judged


def linted(paths: Sequence[Path], variant: str | None = None) -> Linted:
    """The model of declarations together with all findings about it.

    Raises:
        DeclarationError: if the declarations have errors, in any build variant.
    """
    layers = load_layers(paths)
    for other in _variants(layers):
        if other != variant:
            check(resolve(layers, other))
    collector = Collector()
    model = resolve(layers, variant, collector)
    check(model)
    found = [*collector.found(), *(f for rule in RULES for f in rule(model))]
    # Whoever extends a base cannot change the allowances in it.
    own = list(_sources(layers[-1:]))
    base = list(_sources(layers[:-1]))
    named = _where_named(layers)
    inherited = judge(found, base, named)
    of_base = {source.path for source in base}
    remaining = [
        finding
        for finding in inherited.remaining
        if finding.code not in ("DG301", "DG302")
        or (finding.span is not None and finding.span.path not in of_base)
    ]
    result = judge(remaining, own, named)
    allowed = sorted((*inherited.allowed, *result.allowed), key=Diagnostic.sort_key)
    reasons = {**inherited.reasons, **result.reasons}
    return Linted(model, Judged(result.remaining, tuple(allowed), reasons))


def left_out(layers: Sequence[Layer]) -> list[Diagnostic]:
    """What of files is left out, and not allowed to be: what `generate` says too."""
    found = [f for layer in layers for f in left_out_of(layer.backend_files)]
    if not found:
        return []
    judged = judge(found, _sources(layers), _where_named(layers))
    return [finding for finding in judged.remaining if finding in found]


def _sources(layers: Sequence[Layer]) -> Iterator[Source]:
    """The text of all files."""
    for layer in layers:
        files = (*layer.documents, *layer.torchgen, *layer.backend_files)
        for document in files:
            if document.span.source is not None:
                yield document.span.source


def _where_named(layers: Sequence[Layer]) -> dict[str, list[Span]]:
    """By the path that diagnostics show: where a file is named."""
    found: dict[str, list[Span]] = {}
    for layer in layers:
        for document in layer.documents:
            for path in document.operator_files:
                file = display_path(Path(path.span.path).parent / path)
                found.setdefault(file, []).append(path.span)
    return found


def _variants(layers: Sequence[Layer]) -> list[str | None]:
    """All build variants, the plain build first."""
    names = {str(n) for layer in layers for d in layer.documents for n in d.variants}
    return [None, *sorted(names)]
