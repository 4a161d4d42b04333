"""Places the entries that an extension adds to an ordered list of its base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from codegen.diagnostics import Collector, did_you_mean
from codegen.schema.base import PlacedDeclaration

P = TypeVar("P", bound=PlacedDeclaration)


def place(
    base: Sequence[P],
    added: Sequence[P],
    section: str,
    collector: Collector,
    *,
    must_say: bool = False,
) -> list[P]:
    """The base's entries with the added ones where `before` or `after` puts them.

    One without either comes last, unless it `must_say` where. Reports DG201 and DG207.
    """
    for entry in base:
        target = entry.before or entry.after
        if target is not None:
            collector.error(
                "DG207",
                f"`{entry.name}` has `before` or `after` in the list it belongs to",
                target.span,
                help="move the line to its place; the fields are for extensions",
            )
    result = list(base)
    names = {entry.name for entry in (*base, *added)}
    waiting = []
    for entry in added:
        target = entry.before or entry.after
        if entry.before is not None and entry.after is not None:
            collector.error(
                "DG207",
                f"`{entry.name}` has both `before` and `after`",
                entry.after.span,
                help="keep one of them",
            )
        elif target is not None and target not in names:
            collector.error(
                "DG201",
                f"there is no `{target}` in `{section}`",
                target.span,
                help=did_you_mean(target, names - {entry.name}),
            )
        elif target is not None:
            waiting.append(entry)
        elif base and must_say:
            collector.error(
                "DG207",
                f"`{entry.name}` does not say where in the order it belongs",
                entry.name.span,
                help="add `before: KEY` or `after: KEY`; "
                "the list runs from lowest to highest priority",
            )
        else:
            result.append(entry)
    _settle(result, waiting, collector)
    return result


def _settle(result: list[P], waiting: list[P], collector: Collector) -> None:
    """Insert the waiting entries; one may wait for another."""
    while waiting:
        placed = {str(entry.name): index for index, entry in enumerate(result)}
        ready = [e for e in waiting if (e.before or e.after) in placed]
        if not ready:
            for entry in waiting:
                collector.error(
                    "DG207",
                    f"`{entry.name}` waits for its own place",
                    entry.name.span,
                    help="`before` and `after` must lead to an entry of the base",
                )
            return
        entry = ready[0]
        index = placed[str(entry.before or entry.after)]
        result.insert(index + (1 if entry.before is None else 0), entry)
        waiting.remove(entry)
