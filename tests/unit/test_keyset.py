"""The keyset class, over enums that are made here."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from enum import IntEnum
from operator import and_, or_, sub, xor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.runtime.python.keyset import KeySet, Numbering
from codegen.runtime.python.layout import Layout


class Backend(IntEnum):
    NONE = 0
    X = 1
    Y = 2
    Z = 3


class Key(IntEnum):
    NOTHING = 0
    LOW = 1
    MIDDLE = 2
    HIGH = 3
    TOP = 4
    END = 5
    START_LOW = 6
    LOW_X = 7
    LOW_Y = 8
    LOW_Z = 9
    START_HIGH = 10
    HIGH_X = 11
    HIGH_Y = 12
    HIGH_Z = 13
    ALIAS = 14


LAYOUT = Layout(
    num_backends=3, num_functionality_keys=4, per_backend=[1, 3], num_alias_keys=1
)


class Set(KeySet[Key, Backend]):
    __slots__ = ()

    _numbering = Numbering(LAYOUT, Key, Backend, {Key.START_LOW: "LOW_NONE"})


class OtherSet(KeySet[Key, Backend]):
    __slots__ = ()

    _numbering = Set._numbering


SETS = st.integers(0, LAYOUT.full).map(Set.from_raw_repr)
RUNTIME_KEYS = st.sampled_from([Key(key) for key in LAYOUT.slot_keys[1:]])
ANY_KEYS = st.sampled_from(list(Key))
BACKENDS = st.sampled_from([Backend.X, Backend.Y, Backend.Z])


@given(SETS, SETS, SETS)
def test_set_laws(a: Set, b: Set, c: Set) -> None:
    full, empty = Set.full(), Set()
    assert a | b == b | a
    assert a & b == b & a
    assert (a | b) | c == a | (b | c)
    assert (a & b) & c == a & (b & c)
    assert a & (b | c) == (a & b) | (a & c)
    assert a | (a & b) == a
    assert ~(a | b) == ~a & ~b
    assert ~~a == a
    assert a | ~a == full
    assert a & ~a == empty
    assert a ^ b == (a | b) & ~(a & b)
    assert (a | b).has_all(a)
    assert a.has_all(a & b)
    assert a.has_any(b) is bool(a & b)
    assert a.is_superset_of(b) is (a | b == a)
    assert a.add(b) == a | b


@given(SETS, SETS)
def test_difference_leaves_backend_bits(a: Set, b: Set) -> None:
    backends = Set(list(Backend))
    assert (a - b) & backends == a & backends
    assert (a - b) - b == a - b
    assert ((a - b) & b & ~backends).empty()


@given(SETS, RUNTIME_KEYS)
def test_remove_leaves_backend_bits(a: Set, key: Key) -> None:
    backends = Set(list(Backend))
    assert a.remove(key) & backends == a & backends
    assert not a.remove(key).has(key)
    assert a.remove(key) == a - Set(key)
    assert a.add(key).has(key)
    assert key in a.add(key)


@given(SETS, BACKENDS)
def test_remove_backend(a: Set, backend: Backend) -> None:
    rest = a.remove_backend(backend)
    assert not rest.has_backend(backend)
    assert rest | (a & Set(backend)) == a


@given(SETS)
def test_iteration(a: Set) -> None:
    keys = list(a)
    slots = [Set(key).get_dispatch_table_index_for_dispatch_key_set() for key in keys]
    assert slots == sorted(set(slots))
    assert all(a.has(key) for key in keys)
    again = Set(keys)
    assert a.has_all(again)
    assert list(again) == keys
    if a.highest_backend_key():
        assert keys[-1:] == [a.highest_priority_type_id()] or not keys


@given(st.lists(st.sampled_from([*Key, *Backend])))
def test_of_many(members: list[Any]) -> None:
    expected = Set()
    for member in members:
        expected |= Set(member)
    assert Set(members) == Set.of(*reversed(members)) == Set(iter(members)) == expected


@given(SETS)
def test_pickle_copy_hash(a: Set) -> None:
    for copied in (pickle.loads(pickle.dumps(a)), copy.copy(a), copy.deepcopy(a)):
        assert copied == a
        assert type(copied) is Set
        assert hash(copied) == hash(a)
    assert Set.from_raw_repr(a.raw_repr()) == a
    assert len({a, Set.from_raw_repr(a.raw_repr())}) == 1
    assert bool(a) is not a.empty()


def test_kinds_of_key() -> None:
    assert Set(Key.ALIAS).empty()
    assert Set(Key.NOTHING).empty()
    assert Set(Backend.NONE).empty()
    assert Set(Key.LOW) | Set(Backend.Y) == Set(Key.LOW_Y)
    assert list(Set([Key.LOW_X, Key.HIGH_Y])) == [
        Key.LOW_X,
        Key.LOW_Y,
        Key.HIGH_X,
        Key.HIGH_Y,
    ]


def test_full_after() -> None:
    assert Set.full_after(Key.HIGH_Z) == Set([Key.LOW, Key.MIDDLE, *Backend])
    assert Set.full_after(Key.LOW) == Set(list(Backend))


def test_parts() -> None:
    keys = Set([Key.LOW_X, Key.HIGH_Y])
    assert keys.highest_functionality_key() is Key.HIGH
    assert keys.highest_backend_key() is Backend.Y
    assert keys.highest_priority_type_id() is Key.HIGH_Y
    assert keys.get_backend_index() == 1
    assert keys.index_of_highest_bit() == 6
    assert Set().highest_priority_type_id() is Key.NOTHING


def test_text() -> None:
    assert repr(Set()) == "Set()"
    assert repr(Set(Key.MIDDLE)) == "Set(MIDDLE)"
    text = repr(Set([Key.LOW_X, Key.MIDDLE]))
    assert set(text.removeprefix("Set(").removesuffix(")").split(", ")) == {
        "LOW_X",
        "MIDDLE",
    }


def test_immutable() -> None:
    keys = Set(Key.LOW_X)
    with pytest.raises(AttributeError, match="Set is immutable"):
        keys._raw = 0
    with pytest.raises(AttributeError, match="Set is immutable"):
        del keys._raw
    with pytest.raises(AttributeError):
        keys.other = 1  # type: ignore[attr-defined]
    before = keys
    keys |= Set(Key.TOP)
    assert before == Set(Key.LOW_X)


def test_equality_is_of_one_class() -> None:
    assert Set(Key.TOP) != OtherSet(Key.TOP)
    assert Set() != 0
    assert Set() != frozenset()


@pytest.mark.parametrize("wrong", [5, "LOW", True])
def test_no_plain_values(wrong: Any) -> None:
    with pytest.raises(TypeError, match="from_raw_repr"):
        Set(wrong)
    with pytest.raises(TypeError, match="from_raw_repr"):
        Set([Key.LOW, wrong])


@pytest.mark.parametrize("wrong", [None, 1.5, object()])
def test_no_other_objects(wrong: Any) -> None:
    with pytest.raises(TypeError):
        Set(wrong)


def test_no_negative_bits() -> None:
    with pytest.raises(ValueError, match="negative"):
        Set.from_raw_repr(-1)


@pytest.mark.parametrize("operator", [or_, and_, xor, sub])
def test_operators_take_sets(operator: Callable[[object, object], object]) -> None:
    class Other(Set):
        """The keyset class of another dispatcher."""

        __slots__ = ()

    for other in (1, Key.TOP, Backend.X, None, Other()):
        with pytest.raises(TypeError, match="unsupported operand"):
            operator(Set(), other)
        with pytest.raises(TypeError, match="unsupported operand"):
            operator(other, Set())


def test_bits_are_an_integer() -> None:
    for raw in (1.5, "1", None):
        with pytest.raises(TypeError):
            Set.from_raw_repr(raw)  # type: ignore[arg-type]


def test_c10_spelling() -> None:
    keys = Set([Key.LOW_X, Key.TOP])
    assert Set.fromRawRepr(3) == Set.from_raw_repr(3)
    assert keys.hasAll(Set(Key.TOP))
    assert keys.isSupersetOf(Set(Key.TOP))
    assert keys.highestFunctionalityKey() is Key.TOP
    assert keys.highestBackendKey() is Backend.X
    assert keys.highestPriorityTypeId() is Key.TOP
    assert keys.indexOfHighestBit() == keys.index_of_highest_bit()
    assert keys.getDispatchTableIndexForDispatchKeySet() == 8
    assert keys.getBackendIndex() == 0
