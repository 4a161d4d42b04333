"""What the functions of a generated package take, and what they refuse."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.support import generate_package, import_package

SMALL = """
dispatcher: {name: small, undefined: Nothing}
backends: [Fast, {Slow: {legacy_names: {Lame: Slow}}}]
functionality:
  - Plain: {per_backend: true, prefix: ""}
  - Wrap
aliases: [{Any: {keys: Plain * backends(all), reason: any kernel}}]
legacy_names: {Every: Any}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("arguments")
    return import_package(generate_package(SMALL, folder, "small"))


def test_keys_of_kernels_in_every_form(small: ModuleType) -> None:
    key = small.DispatchKey
    expected = small.compute_dispatch_table({"Slow": "s", "Any": "a"})
    assert list(expected) == ["Fast", "Slow"]
    for kernels in (
        {key.Slow: "s", key.Any: "a"},
        {"Lame": "s", "Every": "a"},
        {"Slow": "s", key.Every: "a"},
    ):
        assert small.compute_dispatch_table(kernels) == expected
    # A kernel for a per-backend functionality is taken, as in c10, and fills no slot.
    assert small.compute_dispatch_table({"Plain": "p"}) == {}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Wrapp", "there is no dispatch key 'Wrapp'; did you mean 'Wrap'?"),
        ("", "there is no dispatch key ''"),
        ("FastBit", "there is no dispatch key 'FastBit'; did you mean 'Fast'?"),
        ("StartOfPlainBackends", "there is no dispatch key 'StartOfPlainBackends'"),
        (1, "there is no dispatch key 1"),
    ],
)
def test_kernels_for_what_is_no_key(
    small: ModuleType, name: object, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        small.compute_dispatch_table({"Fast": "f", name: "k"})


def test_kernels_for_a_marker_or_a_backend(small: ModuleType) -> None:
    for member in (
        small.DispatchKey.EndOfFunctionalityKeys,
        small.BackendComponent.SlowBit,
    ):
        with pytest.raises(ValueError, match="there is no dispatch key <"):
            small.compute_dispatch_table({member: "k"})


def test_two_kernels_for_one_key(small: ModuleType) -> None:
    for other in ("Lame", small.DispatchKey.Slow):
        with pytest.raises(ValueError, match="there are two kernels for 'Slow'"):
            small.compute_dispatch_table({"Slow": "s", other: "t"})


def test_the_undefined_key_stands_for_no_set(small: ModuleType) -> None:
    nothing, wrap = small.DispatchKey.Nothing, small.DispatchKey.Wrap
    for call in (
        lambda: small.get_runtime_dispatch_key_set(nothing),
        lambda: small.runtime_dispatch_key_set_has(nothing, wrap),
        lambda: small.runtime_dispatch_key_set_has(nothing, nothing),
        lambda: small.is_included_in_alias(wrap, nothing),
    ):
        with pytest.raises(ValueError, match="Nothing stands for no set of keys"):
            call()
    assert small.is_included_in_alias(nothing, small.DispatchKey.Any) is False


def test_sets_and_keys_do_not_mix(small: ModuleType) -> None:
    wrap = small.DispatchKeySet(small.DispatchKey.Wrap)
    with pytest.raises(TypeError, match="unsupported operand"):
        wrap | small.DispatchKey.Fast
    with pytest.raises(TypeError, match="float"):
        small.DispatchKeySet.from_raw_repr(1.5)


@pytest.mark.parametrize("position", ["first", "last"])
def test_no_slot_without_backends(tmp_path: Path, position: str) -> None:
    per_backend = "Many: {per_backend: true}"
    keys = [per_backend, "Wrap"] if position == "first" else ["Wrap", per_backend]
    lines = "\n".join(f"  - {key}" for key in keys)
    text = f"dispatcher: {{name: bare}}\nfunctionality:\n{lines}\n"
    bare = import_package(generate_package(text, tmp_path, "bare"))
    index = bare.get_dispatch_table_index_for_dispatch_key
    assert index(bare.DispatchKey.Many) == -1
    assert index(bare.DispatchKey.Undefined) == 0
    assert index(bare.DispatchKey.Wrap) == 1
    many = bare.DispatchKeySet(bare.DispatchKey.Many)
    assert many.get_dispatch_table_index_for_dispatch_key_set() == -1
