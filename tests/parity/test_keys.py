"""Keys and backends: every value, name and function of one key, against c10's."""

from __future__ import annotations

import pytest

import codegen
import generated as g
from generated import BackendComponent, DispatchKey, DispatchKeySet
from tests.parity import facts

KNOWN = facts.load_dispatcher()
BACKENDS_WITHOUT_SUFFIX = {"MTIABit", "MAIABit"}


def test_key_values() -> None:
    ours = {name: int(key) for name, key in DispatchKey.__members__.items()}
    assert ours == KNOWN.keys


def test_backend_values() -> None:
    ours = {name: int(bit) for name, bit in BackendComponent.__members__.items()}
    assert ours == KNOWN.backends


def test_names() -> None:
    for name, value in KNOWN.keys.items():
        assert DispatchKey[name].name == KNOWN.key_names[value]


def test_model_values() -> None:
    model = codegen.load("declarations")
    for name, value in KNOWN.keys.items():
        assert model.keys[name].value == value
    for name, mask in KNOWN.key_set.items():
        assert model.keys[name].mask == mask


def test_to_string() -> None:
    for name, text in KNOWN.key_to_string.items():
        assert g.to_string(DispatchKey[name]) == text == g.toString(DispatchKey[name])


def test_backend_to_string() -> None:
    """c10 forgot the suffix of two backends; ours have it."""
    differ = {
        name
        for name, text in KNOWN.backend_to_string.items()
        if g.to_string(BackendComponent[name]) != text
    }
    assert differ == BACKENDS_WITHOUT_SUFFIX


def test_masks() -> None:
    for name, raw in KNOWN.key_set.items():
        assert DispatchKeySet(DispatchKey[name]).raw_repr() == raw, name
    for name, raw in KNOWN.backend_key_set.items():
        assert DispatchKeySet(BackendComponent[name]).raw_repr() == raw, name


def test_full_after() -> None:
    assert DispatchKeySet.full().raw_repr() == KNOWN.full_set
    for name, raw in KNOWN.full_after.items():
        assert DispatchKeySet.full_after(DispatchKey[name]).raw_repr() == raw, name


def test_functions_of_a_key() -> None:
    for name, functionality in KNOWN.to_functionality_key.items():
        key = DispatchKey[name]
        assert g.to_functionality_key(key) == DispatchKey[functionality]
        component = BackendComponent[KNOWN.to_backend_component[name]]
        assert g.to_backend_component(key) == component
        assert g.is_alias_dispatch_key(key) == KNOWN.is_alias_dispatch_key[name]
        expected = KNOWN.is_per_backend_functionality_key[name]
        assert g.is_per_backend_functionality_key(key) == expected
        assert g.is_backend_dispatch_key(key) == KNOWN.is_backend_dispatch_key[name]


def test_table_index() -> None:
    for name, index in KNOWN.get_dispatch_table_index.items():
        if index is not None:
            key = DispatchKey[name]
            assert g.get_dispatch_table_index_for_dispatch_key(key) == index, name


def test_runtime_keys_of_functionalities() -> None:
    for name, expected in KNOWN.to_runtime_per_backend_functionality_key.items():
        for backend, key in zip(KNOWN.backend_names, expected, strict=True):
            ours = g.to_runtime_per_backend_functionality_key(
                DispatchKey[name], BackendComponent[backend]
            )
            assert ours == DispatchKey[key], (name, backend)


def test_parse_dispatch_key() -> None:
    """Ours takes every key; c10's rejects 42 of them."""
    real = [
        name
        for name in KNOWN.key_names
        if not facts.is_placeholder(name) or KNOWN.parse_dispatch_key[name] is not None
    ]
    assert len(real) == 149
    rejected = 0
    for name in real:
        theirs = KNOWN.parse_dispatch_key[name]
        assert g.parse_dispatch_key(name) == DispatchKey[theirs or name]
        rejected += theirs is None
    assert rejected == 42


@pytest.mark.parametrize("name", ["CPUTensorId", "StartOfDenseBackends", "Cpu", ""])
def test_parse_dispatch_key_refuses(name: str) -> None:
    with pytest.raises(ValueError, match=r"key|another name"):
        g.parse_dispatch_key(name)


def test_alias_membership() -> None:
    for alias, members in KNOWN.is_included_in_alias.items():
        ours = {
            name
            for name in KNOWN.key_names
            if g.is_included_in_alias(DispatchKey[name], DispatchKey[alias])
        }
        assert ours == set(members), alias


def test_runtime_dispatch_key_set_has() -> None:
    for key, members in KNOWN.runtime_dispatch_key_set_has.items():
        ours = {
            name
            for name in KNOWN.key_names
            if g.runtime_dispatch_key_set_has(DispatchKey[key], DispatchKey[name])
        }
        assert ours == set(members), key


def test_slots_are_numbered_without_gaps() -> None:
    indices = [
        g.get_dispatch_table_index_for_dispatch_key(DispatchKey[name])
        for name in KNOWN.slot_names
    ]
    assert indices == list(range(KNOWN.num_runtime_entries))


@pytest.mark.parametrize(
    ("snake", "camel"),
    [
        ("to_functionality_key", "toFunctionalityKey"),
        ("to_backend_component", "toBackendComponent"),
        ("get_autograd_key_from_backend", "getAutogradKeyFromBackend"),
        ("is_included_in_alias", "isIncludedInAlias"),
        ("parse_dispatch_key", "parseDispatchKey"),
        ("legacy_extract_dispatch_key", "legacyExtractDispatchKey"),
    ],
)
def test_both_spellings_are_one_function(snake: str, camel: str) -> None:
    assert getattr(g, snake) == getattr(g, camel)
