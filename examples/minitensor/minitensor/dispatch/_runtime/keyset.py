"""The keyset class: a set of dispatch keys as one immutable integer.

Names and meaning are those of c10's `DispatchKeySet`; snake_case is the main spelling
and c10's camelCase stays available. Hot paths use `raw_repr()`, the integer itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from operator import index
from typing import Any, Generic, Self, TypeVar

from .layout import Layout

K = TypeVar("K", bound=IntEnum)
B = TypeVar("B", bound=IntEnum)


class Numbering(Generic[K, B]):
    """A layout together with the two enums that name its values.

    Args:
        layout: the numbering of the keys.
        keys: the enum of dispatch keys, placeholders and aliases included.
        backends: the enum of backend components.
        names: what `str()` of a keyset calls a key, where it isn't the enum's name.
    """

    __slots__ = ("backends", "keys", "layout", "names")

    def __init__(
        self, layout: Layout, keys: type[K], backends: type[B], names: dict[int, str]
    ) -> None:
        self.layout = layout
        self.keys = keys
        self.backends = backends
        self.names = names

    def to_string(self, key: K) -> str:
        """c10's name of a key. A start placeholder stands for a missing backend."""
        return self.names.get(key) or key.name


class KeySet(Generic[K, B]):
    """A set of dispatch keys: functionality bits above backend bits.

    A generated package derives its `DispatchKeySet` and sets `_numbering`. Instances
    are immutable, hashable and compare by their bits.
    """

    __slots__ = ("_raw",)

    _numbering: Numbering[K, B]
    _raw: int

    def __init__(self, key: K | B | Iterable[K | B] = ()) -> None:
        """The bits of a dispatch key or backend component, or of several of them.

        Alias keys and the undefined key have no bits.
        """
        object.__setattr__(self, "_raw", self._bits(key))

    def _bits(self, key: K | B | Iterable[K | B]) -> int:
        layout = self._numbering.layout
        if isinstance(key, self._numbering.keys):
            return layout.masks[key]
        if isinstance(key, self._numbering.backends):
            return layout.backend_mask(key)
        if isinstance(key, (int, str)):
            raise TypeError(
                f"{type(self).__name__} takes keys, not {key!r}; "
                "use from_raw_repr() for the integer of a keyset"
            )
        raw = 0
        for member in key:
            raw |= self._bits(member)
        return raw

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    # Construction

    @classmethod
    def of(cls, *keys: K | B) -> Self:
        """The union of the bits of keys and backend components."""
        return cls(keys)

    @classmethod
    def from_raw_repr(cls, raw: int) -> Self:
        """The keyset with these bits.

        Raises:
            TypeError: if `raw` is no integer.
            ValueError: if `raw` is negative.
        """
        bits = index(raw)
        if bits < 0:
            raise ValueError(f"a keyset has no negative representation: {raw}")
        self = cls.__new__(cls)
        object.__setattr__(self, "_raw", bits)
        return self

    @classmethod
    def full(cls) -> Self:
        """Every functionality and every backend bit."""
        return cls.from_raw_repr(cls()._numbering.layout.full)

    @classmethod
    def full_after(cls, key: K) -> Self:
        """Everything of lower priority than the key's functionality.

        The keys that are declared to be in every such set are in it too.
        """
        return cls.from_raw_repr(cls()._numbering.layout.full_after(key))

    # Questions

    def raw_repr(self) -> int:
        """The bits as an integer."""
        return self._raw

    def empty(self) -> bool:
        return self._raw == 0

    def has(self, key: K) -> bool:
        """Whether all bits of the key are set."""
        return self.has_all(type(self)(key))

    def has_backend(self, backend: B) -> bool:
        return self.has_all(type(self)(backend))

    def has_all(self, other: Self) -> bool:
        return self._raw & other._raw == other._raw

    def has_any(self, other: Self) -> bool:
        """Whether the sets share a bit.

        Ask it only with sets that hold no runtime key of a per-backend functionality:
        two such keys share their backend's bit without being the same key.
        """
        return self._raw & other._raw != 0

    def is_superset_of(self, other: Self) -> bool:
        return self.has_all(other)

    def highest_functionality_key(self) -> K:
        numbering = self._numbering
        return numbering.keys(numbering.layout.highest_functionality(self._raw))

    def highest_backend_key(self) -> B:
        numbering = self._numbering
        return numbering.backends(numbering.layout.highest_backend(self._raw))

    def highest_priority_type_id(self) -> K:
        """The key that a call with this keyset dispatches to."""
        numbering = self._numbering
        return numbering.keys(numbering.layout.highest_key(self._raw))

    def index_of_highest_bit(self) -> int:
        """One more than the position of the highest bit; 0 for the empty set."""
        return self._raw.bit_length()

    def get_dispatch_table_index_for_dispatch_key_set(self) -> int:
        """The slot of an operator's table, -1 where a trimmed table has none."""
        return self._numbering.layout.table_index(self._raw)

    def get_backend_index(self) -> int:
        return self._numbering.layout.backend_index(self._raw)

    # Operations

    def add(self, key: K | Self) -> Self:
        other = key if isinstance(key, KeySet) else type(self)(key)
        return self.from_raw_repr(self._raw | other._raw)

    def remove(self, key: K) -> Self:
        """The set without the key's functionality bit; backend bits stay."""
        return self - type(self)(key)

    def remove_backend(self, backend: B) -> Self:
        return self.from_raw_repr(self._raw & ~type(self)(backend)._raw)

    def __or__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return self.from_raw_repr(self._raw | other._raw)

    def __and__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return self.from_raw_repr(self._raw & other._raw)

    def __xor__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return self.from_raw_repr(self._raw ^ other._raw)

    def __sub__(self, other: Self) -> Self:
        """The set without the functionality bits of `other`; backend bits stay."""
        if type(other) is not type(self):
            return NotImplemented
        difference = self._numbering.layout.difference
        return self.from_raw_repr(difference(self._raw, other._raw))

    def __invert__(self) -> Self:
        """All bits of the full set that are not in this one."""
        return self.from_raw_repr(self._numbering.layout.complement(self._raw))

    # Protocols

    def __eq__(self, other: object) -> bool:
        if isinstance(other, KeySet):
            return type(self) is type(other) and self._raw == other._raw
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._raw)

    def __bool__(self) -> bool:
        return self._raw != 0

    def __contains__(self, key: K) -> bool:
        return self.has(key)

    def __iter__(self) -> Iterator[K]:
        """The runtime keys of the set, lowest priority first."""
        numbering = self._numbering
        return map(numbering.keys, numbering.layout.iterate(self._raw))

    def __reduce__(self) -> tuple[Any, ...]:
        return self.from_raw_repr, (self._raw,)

    def __repr__(self) -> str:
        """c10's text: the runtime keys of the set, lowest priority first."""
        names = map(self._numbering.to_string, self)
        return f"{type(self).__name__}({', '.join(names)})"

    # c10's spelling

    fromRawRepr = from_raw_repr
    hasAll = has_all
    isSupersetOf = is_superset_of
    highestFunctionalityKey = highest_functionality_key
    highestBackendKey = highest_backend_key
    highestPriorityTypeId = highest_priority_type_id
    indexOfHighestBit = index_of_highest_bit
    getDispatchTableIndexForDispatchKeySet = (
        get_dispatch_table_index_for_dispatch_key_set
    )
    getBackendIndex = get_backend_index
