"""The numbering: values, bits and slots of any dispatcher, without generating one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.runtime.python.layout import NO_SLOT, UNDEFINED, Layout


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    keys = draw(st.integers(1, 80))
    some = st.lists(st.integers(1, keys), unique=True, max_size=6)
    return Layout(
        num_backends=draw(st.integers(0, 40)),
        num_functionality_keys=keys,
        per_backend=sorted(draw(some)),
        num_alias_keys=draw(st.integers(0, 5)),
        in_every_full_after=draw(some),
    )


def small() -> Layout:
    """Two backends; keys 1 and 3 are per backend; key 4 is in every `full_after`."""
    return Layout(
        num_backends=2,
        num_functionality_keys=4,
        per_backend=[1, 3],
        num_alias_keys=2,
        in_every_full_after=[4],
    )


def test_values() -> None:
    layout = small()
    assert layout.end_of_functionality == 5
    assert [layout.start_placeholder(key) for key in (1, 3)] == [6, 9]
    assert [layout.runtime_key(3, backend) for backend in (0, 1, 2)] == [9, 10, 11]
    assert layout.runtime_key(2, 1) == UNDEFINED
    assert layout.end_of_runtime == 11
    assert [layout.alias_value(index) for index in (0, 1)] == [12, 13]


def test_bits() -> None:
    layout = small()
    assert layout.full == 0b1111_11
    assert layout.masks[:6] == (0, 0b1_00, 0b10_00, 0b100_00, 0b1000_00, 0b10000_00)
    assert layout.masks[7] == 0b1_01
    assert layout.masks[11] == 0b100_10
    assert layout.masks[12] == 0


def test_slots() -> None:
    layout = small()
    assert layout.slot_keys == (0, 7, 8, 2, 10, 11, 4)
    assert layout.num_runtime_entries == 7


def test_full_after() -> None:
    layout = small()
    assert layout.full_after(1) == 0b1000_11
    assert layout.full_after(3) == 0b1011_11
    assert layout.full_after(10) == layout.full_after(3)
    assert layout.full_after(UNDEFINED) & ~0b1000_01 == 0


def test_difference_leaves_backends() -> None:
    layout = small()
    assert layout.difference(0b101_11, 0b100_11) == 0b001_11


def test_set_without_backend_bit() -> None:
    """Its highest key is a placeholder, and its slot that of the first backend."""
    layout = small()
    assert layout.highest_key(0b100_00) == layout.start_placeholder(3)
    assert layout.table_index(0b100_00) == layout.table_index(0b100_01)
    assert list(layout.iterate(0b100_00)) == []


def test_trimmed() -> None:
    layout = Layout(
        num_backends=2,
        num_functionality_keys=4,
        per_backend=[1, 3],
        num_alias_keys=0,
        trimmed_slots=[4, 7],
    )
    assert layout.is_trimmed
    assert layout.slot_keys == (0, 4, 7)
    found = [layout.table_index(layout.masks[key]) for key in (0, 4, 7, 8, 2)]
    assert found == [0, 1, 2, NO_SLOT, NO_SLOT]


@given(layouts())
def test_slot_of_each_runtime_key_is_its_place(layout: Layout) -> None:
    masks = [layout.masks[key] for key in layout.slot_keys]
    assert [layout.table_index(mask) for mask in masks] == list(range(len(masks)))
    assert [layout.highest_key(mask) for mask in masks] == list(layout.slot_keys)
    assert len(set(layout.slot_keys)) == layout.num_runtime_entries


@given(layouts())
def test_parts_of_runtime_keys(layout: Layout) -> None:
    for key in layout.slot_keys[1:]:
        functionality, backend = layout.functionality_of(key), layout.backend_of(key)
        mask = layout.masks[functionality] | layout.backend_mask(backend)
        assert layout.masks[key] == mask
        if backend:
            assert layout.is_per_backend(functionality)
            assert layout.runtime_key(functionality, backend) == key
        else:
            assert functionality == key


@given(layouts(), st.data())
def test_iteration(layout: Layout, data: st.DataObject) -> None:
    raw = data.draw(st.integers(0, layout.full))
    keys = list(layout.iterate(raw))
    slots = [layout.table_index(layout.masks[key]) for key in keys]
    assert slots == sorted(set(slots))
    assert all(layout.masks[key] & ~raw == 0 for key in keys)
    assert keys == [
        key for key in layout.slot_keys[1:] if layout.masks[key] & ~raw == 0
    ]


@given(layouts(), st.data())
def test_arithmetic(layout: Layout, data: st.DataObject) -> None:
    sets = st.integers(0, layout.full)
    raw, other = data.draw(sets), data.draw(sets)
    backends = layout.full_backend_mask
    left = layout.difference(raw, other)
    assert left & backends == raw & backends
    assert left & other & ~backends == 0
    assert left | raw == raw
    assert layout.complement(layout.complement(raw)) == raw
    assert layout.complement(raw) ^ raw == layout.full
    highest = layout.highest_key(raw)
    if layout.backend_of(highest):
        assert layout.masks[highest] & ~raw == 0


@given(layouts())
def test_full_after_grows(layout: Layout) -> None:
    after = [layout.full_after(key) for key in range(1, layout.end_of_functionality)]
    assert all(low & ~high == 0 for low, high in pairwise(after))
    assert all(layout.in_every_full_after & ~raw == 0 for raw in after)


@pytest.mark.parametrize("keys", [0, 1])
def test_smallest(keys: int) -> None:
    layout = Layout(
        num_backends=0, num_functionality_keys=keys, per_backend=[], num_alias_keys=0
    )
    assert layout.slot_keys == tuple(range(keys + 1))
    assert list(layout.iterate(layout.full)) == list(range(1, keys + 1))
