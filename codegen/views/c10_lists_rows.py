"""What the templates of lists of keys for Python print."""

from __future__ import annotations

from typing import NamedTuple


class BindingHeaderView(NamedTuple):
    """torch/csrc/utils/python_dispatch_key.h."""


class BindingView(NamedTuple):
    """torch/csrc/utils/python_dispatch_key.cpp.

    Attributes:
        keys: below the runtime keys of functionalities, in the enum's order.
        is_per_backend: whether there are such runtime keys.
        aliases: the keys above them.
    """

    keys: tuple[str, ...]
    is_per_backend: bool
    aliases: tuple[str, ...]


class StubView(NamedTuple):
    """torch/_C/_dispatch_key.pyi."""

    keys: tuple[str, ...]


class ListRow(NamedTuple):
    """A list: literals or enum members."""

    name: str
    items: tuple[str, ...]


class KeyListsView(NamedTuple):
    """torch/_dispatch_key_lists.py."""

    lists: tuple[ListRow, ...]


class MemberRow(NamedTuple):
    """An enum member: the value of its own, or the member it is another name of."""

    name: str
    value: str


class TorchgenView(NamedTuple):
    """torchgen/dispatch_key.py: lists of names, and sets of keys."""

    members: tuple[MemberRow, ...]
    lists: tuple[ListRow, ...]
    sets: tuple[ListRow, ...]
