"""Whether `autogen` names what is derived, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from codegen.diagnostics import Collector, did_you_mean
from codegen.entries import names_in
from codegen.located import LocatedStr
from codegen.schema.operators import OperatorDecl
from codegen.source import Span
from codegen.torchgen.derivations import Derivation
from codegen.torchgen.function import Function
from codegen.torchgen.groups import Group, Member
from codegen.torchgen.variant_rules import VariantRules


def check_autogen(
    group: Group,
    derivation: Derivation,
    rules: VariantRules,
    known: Mapping[str, Function],
    collector: Collector,
) -> None:
    """Report DG218 for names in `autogen` that are not derived, DG219 for the contrary."""
    derived = frozenset(function.operator for function in derivation.functions)
    named = [
        (name, member)
        for member in group.values()
        for name in _autogen(member.function.declaration)
    ]
    unknown = [(n, m) for n, m in named if n not in derived and n not in rules.in_vain]
    missing = sorted(derived.difference(name for name, _ in named))
    for name, member in unknown:
        meant = did_you_mean(name, missing)
        # It is one mistake, not two.
        missing = [m for m in missing if meant is None or f"`{m}`" not in meant]
        related, help = _why_not_derived(name, member, derivation, known)
        collector.error(
            "DG218",
            (
                f"`{name}` is not derived from `{member.operator}`"
                if name
                else "a name is missing between the commas"
            ),
            name.span,
            help=meant or help if name else "remove the comma",
            related=related if name and meant is None else (),
        )
    if missing and derivation.base is not None:
        _report_missing(derivation.base, missing, derived, collector)


def _autogen(declaration: OperatorDecl) -> Iterator[LocatedStr]:
    return names_in(declaration.autogen) if declaration.autogen else iter(())


def _why_not_derived(
    name: LocatedStr,
    member: Member,
    derivation: Derivation,
    known: Mapping[str, Function],
) -> tuple[list[tuple[str, Span]], str]:
    """Related places and what to do about a name that nothing in `autogen` stands for."""
    base = derivation.base
    if name in derivation.possible:
        if base is not None and base is not member:
            place = [("it is derived from this one", base.function.span)]
            return place, f"move it to the `autogen` of `{base.operator}`"
        return [], f"name `{derivation.possible[0]}` too: the others come with it"
    other = known.get(f"{member.function.name.partition('::')[0]}::{name}")
    if other is not None:
        how = "derived" if other.is_derived else "declared"
        return [(f"it is {how} here", other.span)], "remove it"
    meant = did_you_mean(name, derivation.possible)
    if meant is not None:
        return [], meant
    why_not = derivation.why_not or "there is nothing else to derive"
    return [], f"remove it: {why_not}"


def _report_missing(
    base: Member, missing: Sequence[str], derived: Set[str], collector: Collector
) -> None:
    """DG219, for what is derived though no `autogen` names it."""
    declaration = base.function.declaration
    expected = [str(name) for name in _autogen(declaration) if name in derived]
    collector.error(
        "DG219",
        f"no `autogen` names {_listed(missing)}, derived from `{base.operator}`",
        declaration.autogen.span if declaration.autogen else declaration.func.span,
        help=f"write `autogen: {', '.join([*expected, *missing])}`",
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)
