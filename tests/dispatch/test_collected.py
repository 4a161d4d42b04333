"""Libraries that the garbage collector drops in the middle of something."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

import generated as g
from generated import Library
from tests.dispatch.tensors import CPU

_numbers = count()


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """As it was, whatever a test does to it."""
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.enable()
    gc.collect()


def drop_in_a_cycle() -> None:
    """A library that only the collector can free."""
    library = Library(f"collected_{next(_numbers)}", "DEF")
    library.define("f(Tensor a) -> int")
    library.itself = library  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "change",
    [
        lambda: g.set_autograd_fallback_mode("warn"),
        lambda: g.add_observer(lambda event: None)(),
        lambda: g.ops.__dir__(),
    ],
    ids=["mode", "observer", "names"],
)
def test_while_all_operators_are_gone_through(
    lib: Library, ops: Any, change: Callable[[], Any]
) -> None:
    for number in range(50):
        lib.define(f"f{number}(Tensor a) -> int")
        lib.impl(f"f{number}", lambda a: 1, "CPU")
        assert getattr(ops, f"f{number}")(CPU) == 1
    gc.collect()
    for number in range(60):
        gc.disable()
        drop_in_a_cycle()
        gc.set_threshold(30 + number, 1000, 1000)
        gc.enable()
        change()
        gc.disable()
        gc.collect()
    g.check_invariants()


def test_what_is_dropped_under_the_lock_goes_when_it_is_free(ns: str) -> None:
    library = Library(ns, "DEF")
    library.define("f(Tensor a) -> int")
    operators = getattr(g.ops, ns)
    with g.DISPATCHER.lock:
        del library
        gc.collect()
        assert dir(operators) == ["f"]
    assert dir(operators) == []


def test_one_error_does_not_keep_the_rest(ns: str) -> None:
    """A listener that fails while a library closes."""

    class Listener:
        def on_operator_registered(self, operator: Any) -> None:
            pass

        def on_operator_deregistered(self, operator: Any) -> None:
            if operator.name.startswith(f"{ns}::"):
                raise ZeroDivisionError(operator.name)

    library = Library(ns, "DEF")
    library.define("f(Tensor a) -> int")
    library.define("g(Tensor a) -> int")
    remove = g.add_registration_listener(Listener())
    try:
        with pytest.raises(ZeroDivisionError, match=f"{ns}::g"):
            library.close()
    finally:
        remove()
    assert dir(getattr(g.ops, ns)) == []
    Library(ns, "DEF").close()
