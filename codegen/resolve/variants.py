"""Build variants: which one is meant, and what it includes."""

from __future__ import annotations

from codegen.diagnostics import Collector, did_you_mean
from codegen.resolve.merge import Declarations


def active_variants(
    declared: Declarations, variant: str | None, collector: Collector
) -> tuple[str, ...]:
    """The variant and all that it includes, nearest first. Reports DG201 and DG215."""
    known = {str(name) for name in declared.variants}
    for declaration in declared.variants.values():
        for included in declaration.includes:
            if included not in known:
                collector.error(
                    "DG201",
                    f"there is no variant `{included}`",
                    included.span,
                    help=did_you_mean(included, known),
                )
    if variant is None:
        return ()
    if variant not in known:
        collector.error(
            "DG215",
            f"there is no build variant `{variant}`",
            None,
            help=did_you_mean(variant, known)
            or f"declared: {', '.join(sorted(known)) or 'none'}",
        )
        return ()
    by_name = {str(name): decl for name, decl in declared.variants.items()}
    active = [variant]
    for name in active:
        for included in by_name[name].includes:
            if included in by_name and included not in active:
                active.append(str(included))
    return tuple(active)


def trimmed_by(declared: Declarations, active: tuple[str, ...]) -> str | None:
    """The variant that says which keys have a table slot, None if all of them have."""
    by_name = {str(name): decl for name, decl in declared.variants.items()}
    return next((n for n in active if by_name[n].table_keys is not None), None)
