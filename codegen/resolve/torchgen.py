"""Operators of files in torchgen's YAML: what torchgen's own program makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from codegen.entries import names_in
from codegen.located import LocatedStr
from codegen.resolve.keysets import Scope
from codegen.resolve.registrable import registrable
from codegen.schema.operators import (
    InPlaceRulesDecl,
    OperatorDecl,
    OperatorRulesDecl,
    TorchgenRulesDecl,
)
from codegen.torchgen.function import Function
from codegen.torchgen.registrations import (
    BackendSelectRules,
    FunctionalizeRules,
    InPlaceRules,
    Registration,
    RegistrationRules,
    StructuredRules,
    registrations,
)
from codegen.torchgen.variants import VariantRules, derived_variants, read_functions

_Options = tuple[tuple[str, str], ...]


def torchgen_functions(
    declared: Sequence[tuple[OperatorDecl, str | None]],
    rules: OperatorRulesDecl,
    structured: StructuredRules,
    scope: Scope,
) -> list[tuple[Function, Mapping[str, Registration]]]:
    """Every function, derived variants last, with its kernels by key.

    Reports DG201, DG209, DG211 to DG213, DG218 and DG219.
    """
    torchgen = rules.torchgen or TorchgenRulesDecl()
    if not _are_registrable(_keys_of_rules(torchgen), scope):
        return []
    if rules.default is not None and scope.keys.find(rules.default) is None:
        return []  # It has an error of its own.
    named = (
        key
        for declaration, _ in declared
        for keys in declaration.dispatch or ()
        for key in names_in(keys)
        if key
    )
    # Nothing can be derived from kernels for keys that there are not.
    if not _are_registrable(named, scope):
        return []
    functions = read_functions(declared, scope.collector)
    options = tuple((str(o.type), str(o.name)) for o in torchgen.options)
    variants = _variant_rules(torchgen, options)
    if variants is not None:
        functions += derived_variants(functions, variants, scope.collector)
    found = registrations(
        functions, _registration_rules(rules, torchgen, structured, options)
    )
    return [(function, found[function.name]) for function in functions]


def _are_registrable(named: Iterable[LocatedStr], scope: Scope) -> bool:
    """Report each place that names a key of no kernel; torchgen has no patterns."""
    known: set[str] = set()
    are = True
    for key in named:
        if key in known:
            continue
        if "{" in key:
            scope.key(key, key.span)
            are = False
        elif list(registrable(key, scope)) == [key]:
            known.add(str(key))
        else:
            _second_name(key, scope)
            are = False
    return are


def _second_name(key: LocatedStr, scope: Scope) -> None:
    """DG201, for an old name, which torchgen does not know."""
    found = scope.keys.find(key)
    if found is not None and found.name != key:
        scope.collector.error(
            "DG201",
            f"`{key}` is an old name of `{found.name}`",
            key.span,
            help=f"write `{found.name}`",
        )


def _keys_of_rules(torchgen: TorchgenRulesDecl) -> Iterator[LocatedStr]:
    yield from torchgen.ufunc
    if torchgen.variants is not None:
        yield from (torchgen.variants.key, torchgen.variants.unless)
    if torchgen.in_place is not None:
        yield from (*torchgen.in_place.keys, *torchgen.in_place.unless)
    if torchgen.backend_select is not None:
        yield torchgen.backend_select.key
    if torchgen.functionalize is not None:
        yield from (torchgen.functionalize.key, torchgen.functionalize.decomposed)


def _variant_rules(
    torchgen: TorchgenRulesDecl, options: _Options
) -> VariantRules | None:
    rules = torchgen.variants
    if rules is None:
        return None
    return VariantRules(
        key=str(rules.key),
        unless=str(rules.unless),
        despite=str(rules.despite or ""),
        tags=tuple(map(str, rules.tags)),
        out_tags=tuple(map(str, rules.out_tags)),
        inherited_tags=tuple(map(str, rules.inherited_tags)),
        view_tag=str(torchgen.view_tag or ""),
        no_views=frozenset(map(str, rules.no_views)),
        unpaired=frozenset(map(str, rules.unpaired)),
        without_out=frozenset(map(str, rules.without_out)),
        in_vain=frozenset(map(str, rules.in_vain)),
        options=options,
        grouped_as=MappingProxyType(
            {
                str(name): {str(a): str(b) for a, b in arguments.items()}
                for name, arguments in rules.grouped_as.items()
            }
        ),
    )


def _registration_rules(
    rules: OperatorRulesDecl,
    torchgen: TorchgenRulesDecl,
    structured: StructuredRules,
    options: _Options,
) -> RegistrationRules:
    selection, functionalize = torchgen.backend_select, torchgen.functionalize
    return RegistrationRules(
        default=None if rules.default is None else str(rules.default),
        structured=structured._replace(ufunc=tuple(map(str, torchgen.ufunc))),
        in_place=_in_place(torchgen.in_place),
        backend_select=(
            None
            if selection is None
            else BackendSelectRules(
                key=str(selection.key),
                options=options,
                unless_named=tuple(map(str, selection.unless_named)),
            )
        ),
        functionalize=(
            None
            if functionalize is None
            else FunctionalizeRules(
                key=str(functionalize.key),
                decomposed=str(functionalize.decomposed),
                view_tag=str(torchgen.view_tag or ""),
                without=frozenset(map(str, functionalize.without)),
            )
        ),
    )


def _in_place(rules: InPlaceRulesDecl | None) -> InPlaceRules | None:
    if rules is None:
        return None
    return InPlaceRules(tuple(map(str, rules.keys)), tuple(map(str, rules.unless)))
