"""Documents to the model: every name looked up, every number computed, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from codegen.diagnostics import Collector
from codegen.layers import Layer
from codegen.model import (
    Alias,
    BuildVariant,
    ForeignType,
    Function,
    Guard,
    KeyFallback,
    Keyset,
    KeyTable,
    Model,
    NameList,
    Operator,
)
from codegen.model_backend_files import BackendFile
from codegen.model_c10 import C10Options
from codegen.resolve.aliases import check_precedence, resolve_aliases, table_rules
from codegen.resolve.backend_files import resolve_backend_files
from codegen.resolve.c10 import resolve_c10
from codegen.resolve.cpp import resolve_cpp
from codegen.resolve.fallbacks import resolve_fallbacks
from codegen.resolve.functions import (
    resolve_functions,
    resolve_guards,
    resolve_tls,
    resolve_types,
)
from codegen.resolve.groups import resolve_groups
from codegen.resolve.keys import number_keys
from codegen.resolve.keysets import Scope, resolve_keysets
from codegen.resolve.merge import Declarations, merge
from codegen.resolve.name_lists import resolve_name_lists
from codegen.resolve.operators import resolve_operators
from codegen.resolve.selection import (
    Selected,
    for_selective_build,
    select_operators,
)
from codegen.resolve.torch import resolve_torch
from codegen.resolve.variants import active_variants, resolve_variants, trimmed_by


def resolve(
    layers: Sequence[Layer],
    variant: str | None = None,
    findings: Collector | None = None,
) -> Model:
    """The dispatcher that the declarations describe, in one build variant.

    Args:
        layers: the documents, base first; nothing in them is deferred.
        variant: the build variant, None for the plain build.
        findings: gets what is odd about expressions, but no error.

    Raises:
        DeclarationError: with every problem of the first stage that has any; stages
            are sections, names and numbers, keysets, and what is built on them.
    """
    parts = _resolve_parts(layers, variant, findings)
    return _joined(parts, resolve_operators(parts.declared, parts.scope))


OperatorsOfFiles = Callable[[Declarations, Scope, Model], dict[str, Operator]]
"""From declarations, their names, and a model without operators: all operators."""


def resolve_deferred(
    layers: Sequence[Layer], variant: str | None, operators: OperatorsOfFiles
) -> Model:
    """As `resolve`, with all operators resolved by something else, when the rest is.

    Raises:
        DeclarationError: with some problems; `resolve` has them all.
    """
    parts = _resolve_parts(layers, variant, None)
    parts.scope.collector.raise_if_any()
    base = _joined(parts, {}, without_operators=True)
    return _joined(parts, operators(parts.declared, parts.scope, base))


@dataclass(frozen=True, slots=True)
class _Parts:
    """All of a dispatcher but its operators; there may be problems in `scope`."""

    layers: Sequence[Layer]
    variant: str | None
    declared: Declarations
    scope: Scope
    variants: Mapping[str, BuildVariant]
    keysets: Mapping[str, Keyset]
    aliases: Mapping[str, Alias]
    functions: Mapping[str, Function]
    guards: Mapping[str, Guard]
    modes: Mapping[str, Guard]
    tls: Guard
    types: Mapping[str, ForeignType]
    fallbacks: Mapping[str, KeyFallback]
    name_lists: Mapping[str, NameList]
    c10: C10Options


def _resolve_parts(
    layers: Sequence[Layer], variant: str | None, findings: Collector | None
) -> _Parts:
    collector = Collector()
    declared = for_selective_build(merge(layers, collector))
    collector.raise_if_any()

    active = active_variants(declared, variant, collector)
    groups = resolve_groups(declared, collector)
    collector.raise_if_any()
    keys = number_keys(declared, groups, trimmed_by(declared, active), collector)
    collector.raise_if_any()

    scope = Scope(
        groups, keys, collector, Collector() if findings is None else findings
    )
    keysets = resolve_keysets(declared.keysets, scope)
    collector.raise_if_any()

    functions = resolve_functions(declared, scope)
    modes = resolve_guards(declared.modes, scope)
    fallbacks = resolve_fallbacks(declared, active, modes, scope)
    return _Parts(
        layers=layers,
        variant=variant,
        declared=declared,
        scope=scope,
        variants=resolve_variants(declared, keys),
        keysets=keysets,
        aliases=resolve_aliases(declared, scope, functions),
        functions=functions,
        guards=resolve_guards(declared.guards, scope),
        modes=modes,
        tls=resolve_tls(declared, scope),
        types=resolve_types(declared.types, scope),
        fallbacks=fallbacks,
        name_lists=resolve_name_lists(declared, scope),
        c10=resolve_c10(declared, fallbacks, scope),
    )


def _joined(
    parts: _Parts,
    operators: dict[str, Operator],
    *,
    without_operators: bool = False,
) -> Model:
    """The dispatcher; `without_operators`, what refers to some is left out too."""
    declared, scope, keys = parts.declared, parts.scope, parts.scope.keys
    torch = None
    backend_files: tuple[BackendFile, ...] = ()
    if not without_operators:
        operators, backend_files = resolve_backend_files(
            declared, operators, parts.functions, scope
        )
        torch = resolve_torch(
            declared, parts.layers, operators, parts.name_lists, scope
        )
    scope.collector.raise_if_any()

    kernels = {name: fallback.spec.kernel for name, fallback in parts.fallbacks.items()}
    rules = table_rules(parts.aliases, parts.functions, MappingProxyType(kernels), keys)
    check_precedence(declared, parts.aliases, rules, scope.collector)
    selected = Selected(operators, {}, torch)
    if not without_operators:
        selected = select_operators(declared, operators, torch, scope)
    scope.collector.raise_if_any()
    return Model(
        name=str(declared.dispatcher.name),
        variant=parts.variant,
        files=MappingProxyType(
            {path: name for layer in parts.layers for path, name in layer.names.items()}
        ),
        default_alias=(
            None
            if declared.operator_rules.default is None
            else str(declared.operator_rules.default)
        ),
        keyset_attribute=str(declared.dispatcher.keyset_attribute),
        dispatch_method=str(declared.dispatcher.dispatch_method),
        cpp=resolve_cpp(declared.dispatcher),
        torch=selected.torch,
        c10=parts.c10,
        span=declared.dispatcher.name.span,
        variants=MappingProxyType(parts.variants),
        layout=keys.layout,
        undefined=keys.undefined,
        backends=MappingProxyType(keys.backends),
        keys=KeyTable(keys.keys, keys.second_names),
        aliases_of_keys=MappingProxyType(keys.second_names),
        legacy_names=MappingProxyType(keys.legacy_names),
        groups=MappingProxyType(scope.groups),
        keysets=MappingProxyType(parts.keysets),
        aliases=MappingProxyType(parts.aliases),
        functions=MappingProxyType(parts.functions),
        guards=MappingProxyType(parts.guards),
        modes=MappingProxyType(parts.modes),
        tls=parts.tls,
        types=MappingProxyType(parts.types),
        fallbacks=MappingProxyType(parts.fallbacks),
        operators=MappingProxyType(selected.operators),
        left_out=MappingProxyType(selected.left_out),
        name_lists=MappingProxyType(parts.name_lists),
        rules=rules,
        backend_files=backend_files,
    )
