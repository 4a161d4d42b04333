"""Alias keys, and what the table computation needs to know of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from codegen.diagnostics import did_you_mean
from codegen.model import Alias, Function, KeyFunction, KeyKind
from codegen.resolve.keys import Keys
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.runtime.python.rules import AliasKey, Ambiguity, build_rules
from codegen.runtime.python.table import TableEntry, TableRules
from codegen.schema.sets import AliasDecl


def resolve_aliases(
    declared: Declarations, scope: Scope, functions: Mapping[str, Function]
) -> dict[str, Alias]:
    """By name, lowest precedence first. Reports DG201, DG203, DG205 and DG209."""
    return {
        str(alias.name): _alias(alias, scope, functions) for alias in declared.aliases
    }


def _alias(
    declaration: AliasDecl, scope: Scope, functions: Mapping[str, Function]
) -> Alias:
    raw = scope.bits(declaration.keys)
    yields = declaration.yields_to
    aliases = []
    backends_of = None
    if yields is not None:
        for name in yields.aliases:
            key = scope.key(name, name.span)
            if key is None:
                continue
            if key.kind is not KeyKind.ALIAS:
                scope.collector.error(
                    "DG209",
                    f"`{name}` is not an alias key",
                    name.span,
                    help="`yields_to` names other alias keys",
                )
            aliases.append(key.name)
        if yields.backends_of is not None:
            known = [n for n, f in functions.items() if isinstance(f, KeyFunction)]
            if yields.backends_of not in known:
                scope.collector.error(
                    "DG201",
                    f"there is no function `{yields.backends_of}` from a key to a keyset",
                    yields.backends_of.span,
                    help=did_you_mean(yields.backends_of, known),
                )
            else:
                backends_of = str(yields.backends_of)
    ambiguity = None
    if declaration.ambiguous is not None:
        ambiguous = declaration.ambiguous
        key = scope.key(ambiguous.key, ambiguous.key.span)
        if key is not None and key.kind in (KeyKind.ALIAS, KeyKind.PER_BACKEND):
            scope.collector.error(
                "DG209",
                f"`{key.name}` has no table slot",
                ambiguous.key.span,
                help="name a runtime key",
            )
        ambiguity = Ambiguity(
            slot="" if key is None else key.name,
            keys=scope.bits(ambiguous.with_any_of),
            entry=TableEntry(str(ambiguous.kernel), str(ambiguous.reason)),
        )
    return Alias(
        name=str(declaration.name),
        raw=raw,
        reason=str(declaration.reason),
        undefined=declaration.undefined,
        keyset=str(declaration.keys) if declaration.keys in scope.keysets else None,
        yields_to_aliases=tuple(aliases),
        yields_to_backends_of=backends_of,
        ambiguity=ambiguity,
        span=declaration.name.span,
    )


def table_rules(
    aliases: Mapping[str, Alias],
    functions: Mapping[str, Function],
    fallbacks: Mapping[str, str],
    keys: Keys,
) -> TableRules:
    """What the table computation reads."""
    names = {k.value: k.name for k in keys.real() if k.kind is not KeyKind.ALIAS}

    def backends_of(alias: Alias) -> Callable[[int], int] | None:
        function = functions.get(alias.yields_to_backends_of or "")
        if not isinstance(function, KeyFunction):
            return None
        return lambda key: function.cases.get(names[key], function.default)

    declared = tuple(
        AliasKey(
            name=alias.name,
            keys=alias.raw,
            reason=alias.reason,
            undefined=alias.undefined,
            yields_to=alias.yields_to_aliases,
            yields_to_backends_of=backends_of(alias),
            ambiguity=alias.ambiguity,
        )
        for alias in aliases.values()
    )
    return build_rules(keys.layout, names, declared, fallbacks)
