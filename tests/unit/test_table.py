"""How a slot gets its kernel: the steps taken, their order, and what they look at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from codegen.runtime.python.table import (
    AliasRule,
    Outcome,
    Step,
    TableEntry,
    TableRules,
    compute_entry,
    compute_table,
    evaluate,
)

SLOTS = ("Nothing", "A", "B", "C")
ALIASES = ("High", "Middle", "Low")
NAMES = (*SLOTS[1:], *ALIASES)


def rule(alias: str, slots: str = "ABC") -> AliasRule:
    return AliasRule(
        alias, f"from {alias}", frozenset(slots), {}, None, frozenset(), None
    )


def rules(*aliases: AliasRule, **fallbacks: str) -> TableRules:
    return TableRules(SLOTS, aliases, fallbacks)


@st.composite
def any_rules(draw: st.DrawFn) -> TableRules:
    slots = st.frozensets(st.sampled_from(SLOTS))
    keys = st.frozensets(st.sampled_from(NAMES))
    slot = st.sampled_from(SLOTS)
    aliases = [
        AliasRule(
            alias=alias,
            reason=f"from {alias}",
            slots=draw(slots),
            yields_to=draw(st.dictionaries(slot, keys)),
            ambiguous_slot=draw(st.none() | slot),
            ambiguous_with=draw(keys),
            ambiguous=TableEntry("guess", "ambiguous"),
        )
        for alias in ALIASES
    ]
    return TableRules(SLOTS, aliases, draw(st.dictionaries(slot, st.just("fallback"))))


REGISTRATIONS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from("xyz"))


def test_order_of_rules() -> None:
    all_rules = rules(rule("High"), rule("Low"), A="fallback")
    kernels = {"A": "direct", "High": "high", "Low": "low"}
    chosen = []
    while True:
        entry = compute_entry(all_rules, kernels, "A")
        if entry is None:
            break
        chosen.append(entry)
        if entry.reason == "backend fallback":
            break
        kernels = {k: v for k, v in kernels.items() if v != entry.kernel}
    assert chosen == [
        ("direct", "kernel"),
        ("high", "from High"),
        ("low", "from Low"),
        ("fallback", "backend fallback"),
    ]


def test_alias_fills_only_its_slots() -> None:
    table = compute_table(rules(rule("High", "AC")), {"High": "h"})
    assert list(table) == ["A", "C"]


def test_fallback_of_another_slot() -> None:
    assert compute_table(rules(B="fallback"), {}) == {
        "B": ("fallback", "backend fallback")
    }


def test_yields() -> None:
    stepping_back = rule("High")._replace(yields_to={"A": frozenset("BC")})
    steps = list(evaluate(rules(stepping_back), {"High": "h", "C": "c", "B": "b"}, "A"))
    assert steps == [
        Step("A", "kernel", Outcome.NOT_REGISTERED),
        Step("High", "from High", Outcome.YIELDS, because=("B", "C")),
        Step("A", "backend fallback", Outcome.NOT_REGISTERED),
    ]


def test_ambiguity_ends_the_search() -> None:
    guess = TableEntry("guess", "ambiguous")
    ambiguous = rule("High")._replace(
        ambiguous_slot="A",
        ambiguous_with=frozenset("B"),
        ambiguous=guess,
        yields_to={"A": frozenset("B")},
    )
    all_rules = rules(ambiguous, rule("Low"))
    kernels = {"High": "h", "Low": "l", "B": "b"}
    *_, last = evaluate(all_rules, kernels, "A")
    assert last == Step("High", "from High", Outcome.AMBIGUOUS, guess, ("B",))
    assert compute_entry(all_rules, kernels, "C") == ("h", "from High")
    del kernels["B"]
    assert compute_entry(all_rules, kernels, "A") == ("h", "from High")


@given(any_rules(), REGISTRATIONS)
def test_steps_agree_with_the_table(
    all_rules: TableRules, kernels: dict[str, str]
) -> None:
    table = compute_table(all_rules, kernels)
    for slot in SLOTS:
        *before, last = evaluate(all_rules, kernels, slot)
        assert all(step.entry is None for step in before)
        assert last.entry == compute_entry(all_rules, kernels, slot) == table.get(slot)
        assert (last.entry is not None) is (
            last.outcome in (Outcome.CHOSEN, Outcome.AMBIGUOUS)
        )
        for step in (*before, last):
            assert bool(step.because) is (
                step.outcome in (Outcome.YIELDS, Outcome.AMBIGUOUS)
            )
            assert kernels.keys() >= set(step.because)
            if step.outcome is Outcome.NOT_REGISTERED:
                missing = step.key not in kernels or step.reason == "backend fallback"
                assert missing


@given(any_rules(), REGISTRATIONS, st.randoms(use_true_random=False))
def test_order_of_registrations_never_matters(
    all_rules: TableRules, kernels: dict[str, str], random: object
) -> None:
    items = list(kernels.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    assert compute_table(all_rules, dict(items)) == compute_table(all_rules, kernels)


@given(any_rules(), REGISTRATIONS)
def test_slots_keep_their_order(all_rules: TableRules, kernels: dict[str, str]) -> None:
    table = compute_table(all_rules, kernels)
    assert list(table) == [slot for slot in SLOTS if slot in table]
