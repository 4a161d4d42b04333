"""All documents as one set of sections, in the order that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from codegen.diagnostics import Collector
from codegen.layers import Layer, OperatorFile
from codegen.located import LocatedStr
from codegen.resolve.order import place
from codegen.schema.backend_files import BackendFileDecl
from codegen.schema.base import Declaration, NamedDeclaration, PlacedDeclaration
from codegen.schema.c10 import C10Decl
from codegen.schema.document import Document
from codegen.schema.fallbacks import FallbackDecl
from codegen.schema.keys import (
    BackendDecl,
    DispatcherDecl,
    FunctionalityDecl,
    GroupDecl,
    VariantDecl,
)
from codegen.schema.operators import OperatorDecl, OperatorRulesDecl
from codegen.schema.selection import SelectedOperatorsDecl, SelectionDecl
from codegen.schema.sets import (
    AliasDecl,
    FunctionDecl,
    GuardDecl,
    KeysetDecl,
    NameListDecl,
    TlsDecl,
)
from codegen.schema.tags import TagDecl
from codegen.schema.torch import TorchDecl
from codegen.source import Span

D = TypeVar("D", bound=Declaration)
N = TypeVar("N", bound=NamedDeclaration)
P = TypeVar("P", bound=PlacedDeclaration)
V = TypeVar("V")


@dataclass(slots=True)
class Declarations:
    """The sections of all layers together.

    Attributes:
        operators: each with the namespace of those in its layer that name none.
        deferred: files of operators that are still to be parsed, with the namespace of
            those that name none.
        layer_of: by name of a backend, functionality or alias: the number of the layer
            that declares it, 0 for the base.
        layer_of_file: the same by the path of a file, as diagnostics show it.
    """

    dispatcher: DispatcherDecl
    backends: Sequence[BackendDecl]
    functionality: Sequence[FunctionalityDecl]
    aliases: Sequence[AliasDecl]
    groups: Mapping[LocatedStr, GroupDecl]
    keysets: Mapping[LocatedStr, KeysetDecl]
    legacy_names: Mapping[LocatedStr, LocatedStr]
    functions: Mapping[LocatedStr, FunctionDecl]
    guards: Mapping[LocatedStr, GuardDecl]
    modes: Mapping[LocatedStr, GuardDecl]
    variants: Mapping[LocatedStr, VariantDecl]
    types: Mapping[LocatedStr, LocatedStr]
    tls: TlsDecl | None
    operator_rules: OperatorRulesDecl
    fallback_layers: Sequence[Sequence[FallbackDecl]]
    operators: Sequence[tuple[OperatorDecl, LocatedStr | None]]
    operator_files: Sequence[tuple[OperatorDecl, LocatedStr | None]]
    operator_tags: Mapping[LocatedStr, TagDecl]
    name_lists: Sequence[tuple[int, LocatedStr, NameListDecl]]
    layer_of: Mapping[str, int]
    layer_of_file: Mapping[str, int]
    selections: Sequence[SelectionDecl]
    selected: Sequence[SelectedOperatorsDecl]
    torch: TorchDecl | None
    c10: Sequence[tuple[int, C10Decl]]
    kernels: Sequence[tuple[LocatedStr, Mapping[LocatedStr, LocatedStr]]] = field(
        default=()
    )
    backend_files: Sequence[BackendFileDecl] = ()
    deferred: Sequence[tuple[OperatorFile, LocatedStr | None]] = ()


def merge(layers: Sequence[Layer], collector: Collector) -> Declarations:
    """Reports DG102, DG106, DG107, DG202 and DG207."""
    documents = [document for layer in layers for document in layer.documents]

    def named(
        pick: Callable[[Document], Mapping[LocatedStr, V]],
    ) -> dict[LocatedStr, V]:
        return union((pick(document) for document in documents), collector)

    dispatcher = _single(layers, lambda d: d.dispatcher, collector)
    if dispatcher is None:
        where = next((d.span for d in documents if d.span.path), None)
        collector.error(
            "DG102",
            "no file has a `dispatcher` section",
            where,
            help="add `dispatcher: {name: ...}`, or extend declarations that have one",
        )
        dispatcher = DispatcherDecl.model_construct(name=LocatedStr("", Span("", 1, 1)))

    backends = _ordered(layers, lambda d: d.backends, "backends", collector)
    functionality = _ordered(
        layers, lambda d: d.functionality, "functionality", collector, must_say=True
    )
    aliases = _ordered(layers, lambda d: d.aliases, "aliases", collector)
    if backends and not functionality:
        collector.error(
            "DG107",
            "there are backends but no functionality keys",
            backends[0].span,
            help="add a `functionality` section, or extend declarations that have one",
        )
    rules = _single(layers, lambda d: d.operator_rules, collector)
    return Declarations(
        dispatcher=dispatcher,
        backends=_with_last_ones(backends, collector),
        functionality=functionality,
        aliases=aliases,
        groups=named(lambda d: d.groups),
        keysets=named(lambda d: d.keysets),
        legacy_names=named(lambda d: d.legacy_names),
        functions=named(lambda d: d.functions),
        guards=named(lambda d: d.guards),
        modes=named(lambda d: d.modes),
        variants=named(lambda d: d.variants),
        types=named(lambda d: d.types),
        tls=_single(layers, lambda d: d.tls, collector),
        operator_rules=OperatorRulesDecl() if rules is None else rules,
        fallback_layers=[
            [
                fallback
                for document in layer.documents
                for fallback in document.fallbacks
            ]
            for layer in layers
        ],
        operators=_operators(layers),
        operator_files=_operators(layers, in_files=True),
        operator_tags=_operator_tags(layers, collector),
        deferred=[
            (file, namespace)
            for layer, namespace in _with_namespaces(layers)
            for file in layer.deferred
        ],
        name_lists=_name_lists(layers, collector),
        layer_of={
            str(entry.name): number
            for number, layer in enumerate(layers)
            for document in layer.documents
            for section in (document.backends, document.functionality, document.aliases)
            for entry in section
        },
        layer_of_file={
            path: number for number, layer in enumerate(layers) for path in layer.names
        },
        selections=[d.selection for d in documents if d.selection is not None],
        selected=[operators for layer in layers for operators in layer.selected],
        torch=_single(layers, lambda d: d.torch, collector),
        c10=[
            (number, document.c10)
            for number, layer in enumerate(layers)
            for document in layer.documents
            if document.c10 is not None
        ],
        kernels=[item for document in documents for item in document.kernels.items()],
        backend_files=[file for layer in layers for file in layer.backend_files],
    )


def _with_last_ones(
    backends: Sequence[BackendDecl], collector: Collector
) -> list[BackendDecl]:
    """The backends with those of `keep_last` above all others."""
    result = [b for b in backends if not b.keep_last]
    result += [b for b in backends if b.keep_last]
    place_of = {str(b.name): index for index, b in enumerate(result)}
    for backend in result:
        target = backend.before or backend.after
        if target is None or target not in place_of:
            continue
        follows = place_of[backend.name] > place_of[target]
        if follows == (backend.before is not None):
            collector.error(
                "DG207",
                f"`keep_last` of one of them keeps `{backend.name}` and `{target}` "
                "from standing in this order",
                target.span,
                help="give both of them `keep_last: true`, or neither",
            )
    return result


def _single(
    layers: Sequence[Layer],
    pick: Callable[[Document], D | None],
    collector: Collector,
) -> D | None:
    """A section that a layer has once; an extension changes only the fields it gives."""
    result: D | None = None
    for layer in layers:
        found: D | None = None
        for document in layer.documents:
            section = pick(document)
            if section is None:
                continue
            if found is not None:
                collector.error(
                    "DG106",
                    "this section stands in two files",
                    section.span,
                    related=[("the other one is here", found.span)],
                    help="keep one of them",
                )
            found = section
        if found is not None:
            result = found if result is None else _changed(result, found)
    return result


def _changed(base: D, extension: D) -> D:
    """The base's section with the fields that the extension gives, at every depth."""
    given = {}
    for name in extension.model_fields_set:
        value, known = getattr(extension, name), getattr(base, name)
        both = isinstance(value, Declaration) and isinstance(known, Declaration)
        given[name] = _changed(known, value) if both else value
    return base.model_copy(update=given)


def union(
    sections: Iterable[Mapping[LocatedStr, V]], collector: Collector
) -> dict[LocatedStr, V]:
    """Several sections as one. Reports DG202."""
    result: dict[LocatedStr, V] = {}
    first: dict[str, LocatedStr] = {}
    for section in sections:
        for name, declaration in section.items():
            if name in first:
                declared_twice(name, first[name], collector)
                continue
            first[name] = name
            result[name] = declaration
    return result


def declared_twice(name: LocatedStr, first: LocatedStr, collector: Collector) -> None:
    """Report DG202 for the second of two declarations of a name."""
    if name.span == first.span:
        collector.error(
            "DG202",
            f"`{name}` is declared once for each of several members",
            name.span,
            help="put the group or `{backend}` in the name, so that each has its own",
        )
        return
    collector.error(
        "DG202",
        f"`{name}` is declared twice",
        name.span,
        related=[(f"`{first}` is first declared here", first.span)],
        help="rename or remove one of them",
    )


def _listed(
    layers: Sequence[Layer],
    pick: Callable[[Document], Sequence[N]],
    section: str,
    collector: Collector,
) -> list[N]:
    """The entries of a list whose order counts, layer after layer."""
    entries: list[N] = []
    first: dict[str, LocatedStr] = {}
    for layer in layers:
        holders = [pick(document) for document in layer.documents if pick(document)]
        for other in holders[1:]:
            collector.error(
                "DG106",
                f"`{section}` stands in two files, so its order is not known",
                other[0].span,
                related=[("the other list is here", holders[0][0].span)],
                help="move the entries into one list",
            )
        for entry in (entry for holder in holders for entry in holder):
            if entry.name in first:
                declared_twice(entry.name, first[entry.name], collector)
                continue
            first[entry.name] = entry.name
            entries.append(entry)
    return entries


def _ordered(
    layers: Sequence[Layer],
    pick: Callable[[Document], Sequence[P]],
    section: str,
    collector: Collector,
    *,
    must_say: bool = False,
) -> list[P]:
    """Like `_listed`, with the entries of extensions where they ask to be."""
    entries = _listed(layers, pick, section, collector)
    in_base = {id(e) for layer in layers[:1] for d in layer.documents for e in pick(d)}
    base = [entry for entry in entries if id(entry) in in_base]
    added = [entry for entry in entries if id(entry) not in in_base]
    return place(base, added, section, collector, must_say=must_say)


def _operators(
    layers: Sequence[Layer], *, in_files: bool = False
) -> list[tuple[OperatorDecl, LocatedStr | None]]:
    """Operators with the default namespace that holds in their layer."""
    found: list[tuple[OperatorDecl, LocatedStr | None]] = []
    for layer, namespace in _with_namespaces(layers):
        documents = layer.torchgen if in_files else layer.documents
        found += [(o, namespace) for d in documents for o in d.operators]
    return found


def _with_namespaces(
    layers: Sequence[Layer],
) -> Iterator[tuple[Layer, LocatedStr | None]]:
    """Each layer, and the default namespace that holds there."""
    namespace: LocatedStr | None = None
    for layer in layers:
        for document in layer.documents:
            section = document.dispatcher
            if section is not None and section.default_namespace is not None:
                namespace = section.default_namespace
        yield layer, namespace


def _operator_tags(
    layers: Sequence[Layer], collector: Collector
) -> dict[LocatedStr, TagDecl]:
    """The tags of all files, by name. Reports DG202."""
    documents = (d for layer in layers for d in (*layer.documents, *layer.torchgen))
    return union(({t.tag: t} for d in documents for t in d.operator_tags), collector)


def _name_lists(
    layers: Sequence[Layer], collector: Collector
) -> list[tuple[int, LocatedStr, NameListDecl]]:
    """The lists of names, each with the number of its layer."""
    documents = [(n, d) for n, layer in enumerate(layers) for d in layer.documents]
    union((document.name_lists for _, document in documents), collector)
    return [
        (number, name, declaration)
        for number, document in documents
        for name, declaration in document.name_lists.items()
    ]
