"""Findings about families of keys: one key for each of several backends."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.diagnostics import Diagnostic, Related
from codegen.model import Key, Model


def missing_fallbacks(model: Model) -> Iterator[Diagnostic]:
    """DG308: a key without a fallback in a family that has one.

    A family has one if it is declared for a whole group of its members, or for more than
    half of them one by one.
    """
    families: dict[str, list[Key]] = {}
    for key in model.keys.values():
        if key.family is not None and key.member is not None and key.slot is not None:
            families.setdefault(key.family, []).append(key)
    for keys in families.values():
        having = [model.fallbacks[k.name] for k in keys if k.name in model.fallbacks]
        by_group = [fallback for fallback in having if "{" in fallback.pattern]
        if not by_group and 2 * len(having) <= len(keys):
            continue
        example = (by_group or having)[0]
        # What others run on cannot itself run on it.
        targets = {fallback.spec.backend for fallback in having} - {None}
        for key in keys:
            if key.name not in model.fallbacks and key.member not in targets:
                yield Diagnostic(
                    "DG308",
                    f"`{key.name}` has no fallback, "
                    "though other keys of its family have one",
                    model.backends[key.member or ""].span,
                    help="give it one, or allow it here with the reason: "
                    f"`# allow DG308 ({key.name}): ...`",
                    related=(
                        Related("the others have theirs from here", example.span),
                    ),
                    subject=key.name,
                )
