"""How one slot of an operator's dispatch table gets its kernel, and why.

`evaluate` is the only place that knows the order of the rules. Tables, the reasons in
generated files and explanations all read the steps it takes. It follows the order of
`computeDispatchTableEntryWithDebug` in `aten/src/ATen/core/dispatch/OperatorEntry.cpp`:

1. a kernel registered for the slot's own key;
2. the alias keys that contain the slot, highest precedence first;
3. the backend fallback of the slot's key.

What the alias keys are, and which of them steps back for what, are declarations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Final, NamedTuple

DIRECT_REASON: Final = "kernel"
FALLBACK_REASON: Final = "backend fallback"


class TableEntry(NamedTuple):
    """The content of a slot.

    Attributes:
        kernel: name of the kernel.
        reason: the rule that put it there, in PyTorch's words.
    """

    kernel: str
    reason: str


class AliasRule(NamedTuple):
    """One alias key, as the table computation sees it.

    Attributes:
        alias: name of the alias key.
        reason: what a slot filled from it says.
        slots: the table slots that it may fill.
        yields_to: for a slot, the keys whose registration keeps this alias out of it.
        ambiguous_slot: the slot in which it is ambiguous, if any.
        ambiguous_with: the keys whose registration makes it so.
        ambiguous: what that slot then holds.
    """

    alias: str
    reason: str
    slots: frozenset[str]
    yields_to: Mapping[str, frozenset[str]]
    ambiguous_slot: str | None
    ambiguous_with: frozenset[str]
    ambiguous: TableEntry | None


class TableRules(NamedTuple):
    """Everything but the registrations that decides a table.

    Attributes:
        slots: runtime key names in slot order, the undefined key first.
        aliases: the alias keys, highest precedence first.
        fallbacks: kernel name of the backend fallback of each key that has one.
    """

    slots: Sequence[str]
    aliases: Sequence[AliasRule]
    fallbacks: Mapping[str, str]


class Outcome(Enum):
    """What a step found."""

    CHOSEN = "chosen"
    NOT_REGISTERED = "no kernel is registered for it"
    YIELDS = "steps back for a more direct registration"
    AMBIGUOUS = "ambiguous with a more direct registration"


class Step(NamedTuple):
    """One rule tried for a slot.

    Attributes:
        key: the key whose registration or fallback the rule looks for.
        reason: the rule's reason word.
        outcome: what it found.
        entry: the slot's content if the rule decided it.
        because: the registered keys that made an alias step back or ambiguous.
    """

    key: str
    reason: str
    outcome: Outcome
    entry: TableEntry | None = None
    because: tuple[str, ...] = ()


def evaluate(
    rules: TableRules, registrations: Mapping[str, str], slot: str
) -> Iterator[Step]:
    """Try the rules for one slot, most direct first, until one decides it.

    Args:
        rules: the dispatcher's rules.
        registrations: kernel names by key name, runtime and alias keys alike.
        slot: name of the runtime key.

    Yields:
        Each step; only the last can hold an entry, and none does if the slot stays
        empty.
    """
    kernel = registrations.get(slot)
    if kernel is not None:
        entry = TableEntry(kernel, DIRECT_REASON)
        yield Step(slot, DIRECT_REASON, Outcome.CHOSEN, entry)
        return
    yield Step(slot, DIRECT_REASON, Outcome.NOT_REGISTERED)
    for rule in rules.aliases:
        if slot not in rule.slots:
            continue
        kernel = registrations.get(rule.alias)
        if kernel is None:
            yield Step(rule.alias, rule.reason, Outcome.NOT_REGISTERED)
            continue
        if slot == rule.ambiguous_slot:
            because = rule.ambiguous_with.intersection(registrations)
            if because:
                yield Step(
                    rule.alias,
                    rule.reason,
                    Outcome.AMBIGUOUS,
                    rule.ambiguous,
                    tuple(sorted(because)),
                )
                return
        because = rule.yields_to.get(slot, frozenset()).intersection(registrations)
        if because:
            yield Step(
                rule.alias,
                rule.reason,
                Outcome.YIELDS,
                because=tuple(sorted(because)),
            )
            continue
        entry = TableEntry(kernel, rule.reason)
        yield Step(rule.alias, rule.reason, Outcome.CHOSEN, entry)
        return
    kernel = rules.fallbacks.get(slot)
    if kernel is None:
        yield Step(slot, FALLBACK_REASON, Outcome.NOT_REGISTERED)
        return
    yield Step(
        slot, FALLBACK_REASON, Outcome.CHOSEN, TableEntry(kernel, FALLBACK_REASON)
    )


def rules_for(rules: TableRules, registrations: Mapping[str, str]) -> TableRules:
    """The rules that can decide a slot: an alias key without a kernel decides none."""
    registered = [rule for rule in rules.aliases if rule.alias in registrations]
    return TableRules(rules.slots, registered, rules.fallbacks)


def compute_entry(
    rules: TableRules, registrations: Mapping[str, str], slot: str
) -> TableEntry | None:
    """The content of one slot, None if it stays empty."""
    entry = None
    for step in evaluate(rules, registrations, slot):
        entry = step.entry
    return entry


def compute_table(
    rules: TableRules, registrations: Mapping[str, str]
) -> dict[str, TableEntry]:
    """The slots of an operator that have a kernel, in slot order."""
    table = {}
    rules = rules_for(rules, registrations)
    for slot in rules.slots:
        entry = compute_entry(rules, registrations, slot)
        if entry is not None:
            table[slot] = entry
    return table
