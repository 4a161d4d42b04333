"""A namespace of its own for each test; everything is taken back at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, Final

import pytest

import generated
from generated import Library

_numbers: Final = count()


@pytest.fixture
def ns() -> str:
    """A namespace that nobody else has."""
    return f"test_dispatch_{next(_numbers)}"


@pytest.fixture
def library(ns: str) -> Iterator[Callable[..., Library]]:
    """Makes libraries of the namespace that are closed when the test ends."""
    made: list[Library] = []

    def make(kind: str, key: Any = "", *, of: str = ns) -> Library:
        made.append(Library(of, kind, key))
        return made[-1]

    yield make
    for each in made:
        each.close()
    generated.check_invariants()


@pytest.fixture
def lib(library: Callable[..., Library]) -> Library:
    """The library that defines the namespace."""
    return library("DEF")


@pytest.fixture
def ops(ns: str) -> Any:
    """The operators of the namespace."""
    return getattr(generated.ops, ns)
