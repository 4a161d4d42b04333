"""Backend groups: who belongs to each, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from codegen.diagnostics import Collector, did_you_mean
from codegen.located import LocatedStr
from codegen.resolve.merge import Declarations
from codegen.schema.keys import BackendDecl, GroupDecl
from codegen.source import Span

Groups = dict[str, tuple[str, ...]]


def resolve_groups(declared: Declarations, collector: Collector) -> Groups:
    """Members of every group, and of `all`. Reports DG101, DG103, DG201 and DG206."""
    backends = {backend.name: backend for backend in declared.backends}
    _check_tags(declared, collector)
    groups: Groups = {"all": tuple(str(name) for name in backends)}
    for name in declared.groups:
        if name in _RESERVED:
            collector.error(
                "DG202",
                f"`{name}` has a meaning of its own",
                name.span,
                help="rename the group",
            )
        groups[str(name)] = ()
    for name in _outermost_first(declared.groups, collector):
        groups[str(name)] = _members(declared.groups[name], backends, groups, collector)
    return groups


# Names that stand for something else than a group where groups are named.
_RESERVED = ("all", "backend")


def _check_tags(declared: Declarations, collector: Collector) -> None:
    known = {str(g.tagged) for g in declared.groups.values() if g.tagged is not None}
    fields = BackendDecl.model_fields.keys() - {"name", "tags", "span"}
    for backend in declared.backends:
        for tag in backend.tags:
            if tag not in known:
                collector.error(
                    "DG101",
                    f"unknown field `{tag}` of backend `{backend.name}`",
                    tag.span,
                    help=did_you_mean(tag, known | fields)
                    or "a field of a backend is the tag of a group: "
                    f"declare `groups: {{...: {{tagged: {tag}}}}}`",
                )


def _outermost_first(
    declared: Mapping[LocatedStr, GroupDecl], collector: Collector
) -> Sequence[LocatedStr]:
    """The groups, each after the one that it lies within."""
    outer: dict[LocatedStr, set[LocatedStr]] = {name: set() for name in declared}
    for name, group in declared.items():
        if group.within is None or group.within == "all":
            continue
        if group.within not in declared:
            unknown_group(group.within, declared, collector)
            continue
        outer[name].add(group.within)
    try:
        return tuple(TopologicalSorter(outer).static_order())
    except CycleError as error:
        start = min(error.args[1])
        collector.error(
            "DG204",
            f"the group `{start}` lies within itself",
            start.span,
            help="`within` must lead to a group that has none",
        )
        return ()


def unknown_group(
    name: LocatedStr, groups: Iterable[str], collector: Collector
) -> None:
    """Report DG201 for a group."""
    collector.error(
        "DG201",
        f"there is no group `{name}`",
        name.span,
        help=did_you_mean(name, groups)
        or f"declared: {', '.join(sorted({'all', *groups}))}",
    )


def _members(
    group: GroupDecl,
    backends: dict[LocatedStr, BackendDecl],
    groups: Groups,
    collector: Collector,
) -> tuple[str, ...]:
    if group.everything:
        return tuple(str(name) for name in backends)
    if group.members is not None:
        first: dict[str, LocatedStr] = {}
        for member in group.members:
            if first.setdefault(member, member) is not member:
                collector.error(
                    "DG202",
                    f"`{member}` is given twice",
                    member.span,
                    related=[("it is first given here", first[member].span)],
                    help="keep one of them",
                )
            if member not in backends:
                collector.error(
                    "DG201",
                    f"there is no backend `{member}`",
                    member.span,
                    help=did_you_mean(member, backends),
                )
        return tuple(str(member) for member in group.members if member in backends)
    tagged = _tagged(group, backends, collector)
    if group.within is None:
        return tagged
    return tuple(name for name in groups.get(group.within, ()) if name in tagged)


def _tagged(
    group: GroupDecl, backends: dict[LocatedStr, BackendDecl], collector: Collector
) -> tuple[str, ...]:
    """The backends with the tag: numbered ones first, by number."""
    numbered: dict[int, BackendDecl] = {}
    others = []
    for backend in backends.values():
        tag = backend.tags.get(group.tagged, group.default)  # type: ignore[arg-type]
        if isinstance(tag, bool):
            if tag:
                others.append(str(backend.name))
            continue
        first = numbered.setdefault(tag, backend)
        if first is not backend:
            collector.error(
                "DG206",
                f"`{backend.name}` and `{first.name}` both have the number {tag} "
                f"for `{group.tagged}`",
                _tag_span(backend, group),
                related=[
                    (f"the number of `{first.name}` is here", _tag_span(first, group))
                ],
                help="give one of them another number; gaps are fine",
            )
    return (*(str(numbered[n].name) for n in sorted(numbered)), *others)


def _tag_span(backend: BackendDecl, group: GroupDecl) -> Span:
    """The place of a group's tag on a backend's line."""
    spans = (tag.span for tag in backend.tags if tag == group.tagged)
    return next(spans, backend.name.span)
