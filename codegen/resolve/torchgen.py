"""Operators of files in torchgen's YAML: what torchgen's own program makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from codegen.entries import names_in
from codegen.resolve.keysets import Scope
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
    functions = read_functions(declared, scope.collector)
    _only_known_keys(functions, scope)
    torchgen = rules.torchgen or TorchgenRulesDecl()
    options = tuple((str(o.type), str(o.name)) for o in torchgen.options)
    variants = _variant_rules(torchgen, options)
    if variants is not None:
        functions += derived_variants(functions, variants, scope.collector)
    found = registrations(
        functions, _registration_rules(rules, torchgen, structured, options)
    )
    return [(function, found[function.name]) for function in functions]


def _only_known_keys(functions: Sequence[Function], scope: Scope) -> None:
    """DG201, at each place that names one."""
    named = {key for function in functions for key in function.kernels}
    unknown = {key for key in named if scope.keys.find(key) is None}
    if not unknown:
        return
    for function in functions:
        for keys in function.declaration.dispatch or ():
            for key in names_in(keys):
                if key in unknown:
                    scope.key(key, key.span)


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
