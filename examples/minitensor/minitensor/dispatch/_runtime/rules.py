"""Builds the rules of the table computation from the alias keys and the numbering."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from .layout import UNDEFINED, Layout
from .table import AliasRule, TableEntry, TableRules


class Ambiguity(NamedTuple):
    """Where a kernel of an alias key would be a guess.

    Attributes:
        slot: the runtime key of the table slot.
        keys: bits of the keys whose kernels make it ambiguous.
        entry: what the slot then holds.
    """

    slot: str
    keys: int
    entry: TableEntry


class AliasKey(NamedTuple):
    """An alias key as it is declared.

    Attributes:
        name: of the key.
        keys: bits of the runtime keys that it stands for.
        reason: what a slot filled from it says.
        undefined: whether it fills the undefined key's slot too.
        yields_to: alias keys whose kernels keep it out of every slot.
        yields_to_backends_of: from a slot's key value to the bits of keys whose kernels
            keep it out of that slot.
        ambiguity: where it is ambiguous, if anywhere.
    """

    name: str
    keys: int
    reason: str
    undefined: bool
    yields_to: Sequence[str]
    yields_to_backends_of: Callable[[int], int] | None
    ambiguity: Ambiguity | None


def build_rules(
    layout: Layout,
    names: Mapping[int, str],
    aliases: Sequence[AliasKey],
    fallbacks: Mapping[str, str],
) -> TableRules:
    """The rules that decide every table of a dispatcher.

    Args:
        layout: the numbering.
        names: of all keys but placeholders and alias keys, by value.
        aliases: lowest precedence first.
        fallbacks: kernel names by runtime key.
    """
    membership = _Membership(layout, names)
    return TableRules(
        slots=tuple(names[key] for key in layout.slot_keys),
        aliases=tuple(_rule(alias, membership) for alias in reversed(aliases)),
        fallbacks=fallbacks,
    )


def _rule(alias: AliasKey, membership: _Membership) -> AliasRule:
    slots = membership.slots(alias.keys)
    if alias.undefined:
        slots[membership.names[UNDEFINED]] = UNDEFINED
    ambiguity = alias.ambiguity
    return AliasRule(
        alias=alias.name,
        reason=alias.reason,
        slots=frozenset(slots),
        yields_to=_yields(alias, slots, membership),
        ambiguous_slot=ambiguity.slot if ambiguity else None,
        ambiguous_with=membership.registrable(ambiguity.keys if ambiguity else 0),
        ambiguous=ambiguity.entry if ambiguity else None,
    )


def _yields(
    alias: AliasKey, slots: Mapping[str, int], membership: _Membership
) -> Mapping[str, frozenset[str]]:
    always = frozenset(alias.yields_to)
    backends_of = alias.yields_to_backends_of
    if backends_of is None:
        return dict.fromkeys(slots, always) if always else {}
    found = {
        slot: always | membership.registrable(backends_of(key))
        for slot, key in slots.items()
    }
    return {slot: keys for slot, keys in found.items() if keys}


class _Membership:
    """Which keys a set holds: those all of whose bits it has."""

    def __init__(self, layout: Layout, names: Mapping[int, str]) -> None:
        self.names = names
        self._masks = {key: layout.masks[key] for key in names if layout.masks[key]}
        self._slot_keys = [key for key in layout.slot_keys if key != UNDEFINED]
        self._found: dict[int, frozenset[str]] = {}

    def slots(self, raw: int) -> dict[str, int]:
        """The runtime keys of a set, by name."""
        masks = self._masks
        return {
            self.names[key]: key
            for key in self._slot_keys
            if raw & masks[key] == masks[key]
        }

    def registrable(self, raw: int) -> frozenset[str]:
        """The keys of a set that a kernel can be registered for.

        Per-backend functionalities are among them: c10 takes a kernel for one and finds
        it in a set, though it fills no slot.
        """
        found = self._found.get(raw)
        if found is None:
            found = self._found[raw] = frozenset(
                self.names[key]
                for key, mask in self._masks.items()
                if raw & mask == mask
            )
        return found
