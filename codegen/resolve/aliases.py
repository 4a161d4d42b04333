"""Alias keys, and what the table computation needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from codegen.diagnostics import did_you_mean
from codegen.model import Alias, Function, KeyFunction, KeyKind
from codegen.resolve.keys import Keys
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.runtime.python.table import AliasRule, TableEntry
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
                    "DG209", f"`{name}` is not an alias key", name.span
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
    slot, slot_raw, entry = None, 0, None
    if declaration.ambiguous is not None:
        ambiguous = declaration.ambiguous
        key = scope.key(ambiguous.key, ambiguous.key.span)
        slot = None if key is None else key.name
        slot_raw = scope.bits(ambiguous.with_any_of)
        entry = TableEntry(str(ambiguous.kernel), str(ambiguous.reason))
    return Alias(
        name=str(declaration.name),
        raw=raw,
        reason=str(declaration.reason),
        undefined=declaration.undefined,
        keyset=str(declaration.keys) if declaration.keys in scope.keysets else None,
        yields_to_aliases=tuple(aliases),
        yields_to_backends_of=backends_of,
        ambiguous_slot=slot,
        ambiguous_raw=slot_raw,
        ambiguous=entry,
        span=declaration.name.span,
    )


def alias_rules(
    aliases: Mapping[str, Alias], functions: Mapping[str, Function], keys: Keys
) -> tuple[AliasRule, ...]:
    """The rules of the alias keys, highest precedence first."""
    holds = _Membership(keys)
    rules = []
    for alias in reversed(aliases.values()):
        slots = holds.slots(alias.raw) | (
            {keys.undefined} if alias.undefined else set()
        )
        rules.append(
            AliasRule(
                alias=alias.name,
                reason=alias.reason,
                slots=slots,
                yields_to=_yields(alias, slots, functions, holds),
                ambiguous_slot=alias.ambiguous_slot,
                ambiguous_with=holds.registered_keys(alias.ambiguous_raw),
                ambiguous=alias.ambiguous,
            )
        )
    return tuple(rules)


def _yields(
    alias: Alias,
    slots: frozenset[str],
    functions: Mapping[str, Function],
    holds: _Membership,
) -> Mapping[str, frozenset[str]]:
    always = frozenset(alias.yields_to_aliases)
    function = functions.get(alias.yields_to_backends_of or "")
    if not isinstance(function, KeyFunction):
        return MappingProxyType(dict.fromkeys(slots, always) if always else {})
    found = {
        slot: always | holds.registered_keys(function.cases.get(slot, function.default))
        for slot in sorted(slots)
    }
    return MappingProxyType({slot: names for slot, names in found.items() if names})


class _Membership:
    """Which keys a set holds: those all of whose bits it has."""

    def __init__(self, keys: Keys) -> None:
        self._masks = {
            k.name: k.mask for k in keys.real() if k.mask and k.kind is not KeyKind.ALIAS
        }
        self._slots = [name for name in self._masks if keys.keys[name].slot is not None]
        self._cache: dict[int, frozenset[str]] = {}

    def slots(self, raw: int) -> frozenset[str]:
        """The runtime keys of a set."""
        return frozenset(
            name for name in self._slots if raw & self._masks[name] == self._masks[name]
        )

    def registered_keys(self, raw: int) -> frozenset[str]:
        """The keys of a set for which a kernel can be registered.

        Per-backend functionalities count too: c10 lets a kernel be registered for one
        and then finds it in a set, though it fills no slot.
        """
        found = self._cache.get(raw)
        if found is None:
            found = self._cache[raw] = frozenset(
                name for name, mask in self._masks.items() if raw & mask == mask
            )
        return found
