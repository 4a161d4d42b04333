"""Documents to the model: every name looked up, every number computed, once."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from codegen.diagnostics import Collector
from codegen.layers import Layer
from codegen.model import KeyTable, Model
from codegen.resolve.aliases import check_precedence, resolve_aliases, table_rules
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
from codegen.resolve.merge import merge
from codegen.resolve.name_lists import resolve_name_lists
from codegen.resolve.operators import resolve_operators
from codegen.resolve.torch import resolve_torch
from codegen.resolve.variants import active_variants, resolve_variants, trimmed_by


def resolve(
    layers: Sequence[Layer],
    variant: str | None = None,
    findings: Collector | None = None,
) -> Model:
    """The dispatcher that the declarations describe, in one build variant.

    Args:
        layers: the documents, base first.
        variant: the build variant, None for the plain build.
        findings: gets what is odd about expressions, but no error.

    Raises:
        DeclarationError: with every problem of the first stage that has any; stages
            are sections, names and numbers, keysets, and what is built on them.
    """
    collector = Collector()
    declared = merge(layers, collector)
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
    aliases = resolve_aliases(declared, scope, functions)
    guards = resolve_guards(declared.guards, scope)
    modes = resolve_guards(declared.modes, scope)
    tls = resolve_tls(declared, scope)
    types = resolve_types(declared.types, scope)
    fallbacks = resolve_fallbacks(declared, active, modes, scope)
    operators = resolve_operators(declared, scope)
    name_lists = resolve_name_lists(declared, scope)
    c10 = resolve_c10(declared, fallbacks, scope)
    torch = resolve_torch(declared, layers, operators, name_lists, scope)
    collector.raise_if_any()

    kernels = {name: fallback.spec.kernel for name, fallback in fallbacks.items()}
    rules = table_rules(aliases, functions, MappingProxyType(kernels), keys)
    check_precedence(declared, aliases, rules, collector)
    collector.raise_if_any()
    return Model(
        name=str(declared.dispatcher.name),
        variant=variant,
        files=MappingProxyType(
            {path: name for layer in layers for path, name in layer.names.items()}
        ),
        default_alias=(
            None
            if declared.operator_rules.default is None
            else str(declared.operator_rules.default)
        ),
        keyset_attribute=str(declared.dispatcher.keyset_attribute),
        dispatch_method=str(declared.dispatcher.dispatch_method),
        cpp=resolve_cpp(declared.dispatcher),
        torch=torch,
        c10=c10,
        span=declared.dispatcher.name.span,
        variants=MappingProxyType(resolve_variants(declared, keys)),
        layout=keys.layout,
        undefined=keys.undefined,
        backends=MappingProxyType(keys.backends),
        keys=KeyTable(keys.keys, keys.second_names),
        aliases_of_keys=MappingProxyType(keys.second_names),
        legacy_names=MappingProxyType(keys.legacy_names),
        groups=MappingProxyType(groups),
        keysets=MappingProxyType(keysets),
        aliases=MappingProxyType(aliases),
        functions=MappingProxyType(functions),
        guards=MappingProxyType(guards),
        modes=MappingProxyType(modes),
        tls=tls,
        types=MappingProxyType(types),
        fallbacks=MappingProxyType(fallbacks),
        operators=MappingProxyType(operators),
        name_lists=MappingProxyType(name_lists),
        rules=rules,
    )
