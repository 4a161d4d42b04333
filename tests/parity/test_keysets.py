"""Keyset constants, functions of sets, and set operations over 100,000 random sets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import codegen
import generated as g
from generated import BackendComponent, DispatchKey, DispatchKeySet
from tests.parity import facts
from tests.parity.facts import RandomCase, Result

KNOWN = facts.load_dispatcher()


@pytest.mark.parametrize("name", KNOWN.constants)
def test_constants(name: str) -> None:
    assert getattr(g, name).raw_repr() == KNOWN.constants[name]


def test_model_constants() -> None:
    keysets = codegen.load("declarations").keysets
    assert {name: keysets[name].raw for name in KNOWN.constants} == KNOWN.constants


def test_alias_expansions() -> None:
    for name, raw in KNOWN.get_runtime_dispatch_key_set.items():
        if raw is None:
            with pytest.raises(ValueError, match=name):
                g.get_runtime_dispatch_key_set(DispatchKey[name])
        else:
            assert g.get_runtime_dispatch_key_set(DispatchKey[name]).raw_repr() == raw


def test_backend_keys_of_autograd_keys() -> None:
    known = KNOWN.get_backend_key_set_from_autograd
    for name, raw in known.items():
        assert g.get_backend_key_set_from_autograd(DispatchKey[name]).raw_repr() == raw
    for hole in ("AutogradHIP", "AutogradVE", "AutogradMTIA"):
        assert known[hole] == 0


def test_functions_of_a_backend() -> None:
    for name in KNOWN.backend_names:
        backend = BackendComponent[name]
        key = DispatchKey[KNOWN.get_autograd_key_from_backend[name]]
        assert g.get_autograd_key_from_backend(backend) == key
        related = g.get_autograd_related_key_set_from_backend(backend).raw_repr()
        assert related == KNOWN.get_autograd_related_key_set_from_backend[name]
        autocast = g.get_autocast_related_key_set_from_backend(backend).raw_repr()
        assert autocast == KNOWN.get_autocast_related_key_set_from_backend[name]


def _set(case: RandomCase) -> DispatchKeySet:
    return DispatchKeySet.from_raw_repr(case.raw)


def _partner(case: RandomCase) -> DispatchKeySet:
    return DispatchKeySet.from_raw_repr(case.partner)


OF_RANDOM_SETS: dict[str, Callable[[RandomCase], Result]] = {
    "raw_repr": lambda c: _set(c).raw_repr(),
    "empty": lambda c: _set(c).empty(),
    "highestPriorityTypeId": lambda c: _set(c).highestPriorityTypeId(),
    "highestFunctionalityKey": lambda c: _set(c).highestFunctionalityKey(),
    "highestBackendKey": lambda c: _set(c).highestBackendKey(),
    "getDispatchTableIndexForDispatchKeySet": lambda c: _set(
        c
    ).getDispatchTableIndexForDispatchKeySet(),
    "getBackendIndex": lambda c: _set(c).getBackendIndex(),
    "indexOfHighestBit": lambda c: _set(c).indexOfHighestBit(),
    "iterate": lambda c: list(_set(c)),
    "highestPriorityBackendTypeId": lambda c: g.highestPriorityBackendTypeId(_set(c)),
    "legacyExtractDispatchKey": lambda c: g.legacyExtractDispatchKey(_set(c)),
    "toString": lambda c: str(_set(c)),
    "operator|": lambda c: (_set(c) | _partner(c)).raw_repr(),
    "operator&": lambda c: (_set(c) & _partner(c)).raw_repr(),
    "operator-": lambda c: (_set(c) - _partner(c)).raw_repr(),
    "operator^": lambda c: (_set(c) ^ _partner(c)).raw_repr(),
    "has_all": lambda c: _set(c).has_all(_partner(c)),
    "has_any": lambda c: _set(c).has_any(_partner(c)),
    "isSupersetOf": lambda c: _set(c).isSupersetOf(_partner(c)),
    "has": lambda c: _set(c).has(DispatchKey(c.key)),
    "add": lambda c: _set(c).add(DispatchKey(c.key)).raw_repr(),
    "remove": lambda c: _set(c).remove(DispatchKey(c.key)).raw_repr(),
    "has_backend": lambda c: _set(c).has_backend(BackendComponent(c.backend)),
    "remove_backend": lambda c: _set(c)
    .remove_backend(BackendComponent(c.backend))
    .raw_repr(),
}


def test_all_recorded_functions_are_compared() -> None:
    assert OF_RANDOM_SETS.keys() == KNOWN.random_digests.keys()
    assert len(facts.random_cases()) >= 100_000


@pytest.mark.parametrize("name", OF_RANDOM_SETS)
def test_random_sets(name: str) -> None:
    assert facts.mismatched_blocks(name, OF_RANDOM_SETS[name]) == []
