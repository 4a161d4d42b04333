"""Dispatch tables: fallbacks, and the computed table of every operator of PyTorch."""

from __future__ import annotations

import pytest

import codegen
import generated
from codegen import Model, TableEntry
from tests.parity import facts

SLOTS = 492_926


@pytest.fixture(scope="module")
def model() -> Model:
    return codegen.load("declarations")


def _theirs(operator: facts.OperatorFacts) -> dict[str, TableEntry]:
    """PyTorch's table, a fallback's kernel replaced by what we call it."""
    return {
        slot: TableEntry(
            (
                _fallback_name(slot)
                if entry.reason == "backend fallback"
                else entry.kernel
            ),
            entry.reason,
        )
        for slot, entry in operator.table.items()
    }


def _fallback_name(slot: str) -> str:
    return next(f.kernel for f in generated.REGISTRATIONS.fallbacks if f.key == slot)


def test_fallbacks(model: Model) -> None:
    known = facts.load_dispatcher().fallbacks
    assert len(known) == 38
    assert list(model.fallbacks) == list(known)
    for key, fact in known.items():
        is_fallthrough = model.fallbacks[key].spec.policy == "fallthrough"
        assert is_fallthrough == fact.fallthrough, key
        assert model.fallbacks[key].spec.overridable == fact.overridable, key
    ours = {fallback.key for fallback in generated.REGISTRATIONS.fallbacks}
    assert ours == set(known)
    overridable = {f.key for f in generated.REGISTRATIONS.fallbacks if f.overridable}
    assert overridable == {key for key, fact in known.items() if fact.overridable}


def test_every_operator(model: Model) -> None:
    """All slots of all operators: which kernel, and why."""
    names = {key: fallback.spec.kernel for key, fallback in model.fallbacks.items()}
    known = facts.load_dispatcher().fallbacks
    slots = 0
    for operator in facts.load_operators():
        table = model.dispatch_table(operator.registrations)
        theirs = {}
        for slot, entry in operator.table.items():
            kernel = entry.kernel
            if entry.reason == "backend fallback":
                assert kernel == known[slot].kernel
                kernel = names[slot]
            theirs[slot] = TableEntry(kernel, entry.reason)
        assert table == theirs, operator.name
        assert list(table) == list(theirs), operator.name
        slots += len(model.runtime_keys)
    assert slots == SLOTS


def test_the_generated_package_computes_the_same() -> None:
    for operator in facts.load_operators()[::12]:
        table = generated.compute_dispatch_table(operator.registrations)
        assert table == _theirs(operator), operator.name


def test_order_of_registration_does_not_matter(model: Model) -> None:
    for operator in facts.load_operators()[::100]:
        backwards = dict(reversed(operator.registrations.items()))
        table = model.dispatch_table(backwards)
        assert table == model.dispatch_table(operator.registrations)


def test_trimmed_build() -> None:
    known = facts.load_dispatcher()
    trimmed = codegen.load("declarations", variant="mobile_trimmed")
    assert trimmed.layout.num_runtime_entries == known.trimmed_num_runtime_entries
    for name, index in known.trimmed_table_index.items():
        assert trimmed.layout.table_index(trimmed.keys[name].mask) == index, name


def test_mobile_build(model: Model) -> None:
    mobile = codegen.load("declarations", variant="mobile")
    for key, fallback in model.fallbacks.items():
        policy = fallback.spec.policy
        expected = "fallthrough" if policy == "autograd_not_implemented" else policy
        assert mobile.fallbacks[key].spec.policy == expected, key
