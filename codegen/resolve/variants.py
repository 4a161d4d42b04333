"""Build variants: which one is meant, and what each of them includes."""

from __future__ import annotations

from collections.abc import Iterable

from codegen.diagnostics import Collector, did_you_mean
from codegen.model import BuildVariant
from codegen.resolve.cpp import macro_prefix
from codegen.resolve.keys import Keys
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
    return included_in(declared, variant)


def included_in(declared: Declarations, variant: str) -> tuple[str, ...]:
    """A declared variant and all that it includes, nearest first."""
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


def resolve_variants(declared: Declarations, keys: Keys) -> dict[str, BuildVariant]:
    """All variants by name, each before those that it includes."""
    found = {}
    prefix = macro_prefix(declared.dispatcher)
    for name, declaration in declared.variants.items():
        includes = included_in(declared, str(name))
        trimmed = trimmed_by(declared, includes)
        by_name = {str(n): decl for n, decl in declared.variants.items()}
        table_keys = None if trimmed is None else by_name[trimmed].table_keys
        found[str(name)] = BuildVariant(
            name=str(name),
            includes=includes,
            table_keys=None if table_keys is None else _names(table_keys, keys),
            macro=str(declaration.macro or f"{prefix}_{name.upper()}"),
            span=name.span,
        )
    # Variants that include each other mean the same, in any order.
    order = sorted(found, key=lambda name: -len(found[name].includes))
    return {name: found[name] for name in order}


def _names(table_keys: Iterable[str], keys: Keys) -> tuple[str, ...]:
    return tuple(keys.second_names.get(str(name), str(name)) for name in table_keys)
