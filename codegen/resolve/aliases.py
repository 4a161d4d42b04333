"""Alias keys, and what the table computation needs to know of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from codegen.diagnostics import Collector, did_you_mean
from codegen.model import Alias, Function, Key, KeyFunction, KeyKind
from codegen.resolve.keys import Keys
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.resolve.terms import term_of
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
        elif key is not None and not _fills(declaration, raw, key):
            scope.collector.error(
                "DG209",
                f"`{declaration.name}` never fills the slot of `{key.name}`",
                ambiguous.key.span,
                related=[("its keys are declared here", declaration.keys.span)],
                help="name a key that it stands for",
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
        term=term_of(declaration.keys, scope),
        yields_to_aliases=tuple(aliases),
        yields_to_backends_of=backends_of,
        ambiguity=ambiguity,
        span=declaration.name.span,
    )


def _fills(alias: AliasDecl, raw: int, key: Key) -> bool:
    """Whether a kernel for the alias key can come into the slot of a runtime key."""
    if key.kind is KeyKind.UNDEFINED:
        return alias.undefined
    return raw & key.mask == key.mask


def check_precedence(
    declared: Declarations,
    aliases: Mapping[str, Alias],
    rules: TableRules,
    collector: Collector,
) -> None:
    """Report DG216: an added alias key that fills slots of another layer's one.

    Within one list the order is the precedence; between layers somebody must say it.
    """
    slots = {rule.alias: rule.slots for rule in rules.aliases}
    for declaration in declared.aliases:
        alias = aliases[declaration.name]
        if declaration.before is not None or declaration.after is not None:
            continue
        for other in aliases.values():
            if declared.layer_of[other.name] >= declared.layer_of[alias.name]:
                continue
            if other.name in alias.yields_to_aliases:
                continue
            shared = slots[alias.name] & slots[other.name]
            if shared:
                key = next(slot for slot in rules.slots if slot in shared)
                collector.error(
                    "DG216",
                    f"`{alias.name}` and `{other.name}` both fill the slot of `{key}`, "
                    "and nothing says which of them comes first",
                    alias.span,
                    related=[(f"`{other.name}` is declared here", other.span)],
                    help="add `before: ALIAS` or `after: ALIAS`; "
                    "of two that fill a slot, the later one in the list does",
                )
                break


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
