"""Where the keys of one dispatcher sit: values, bits of a keyset, slots of a table.

Everything here is integers. A key is its enum value, a backend its enum value (0 is
"no backend"), a keyset a non-negative integer of any width. The rules are those of
`c10/core/DispatchKey.h` and `c10/core/DispatchKeySet.h`; only their limits of 16
backends and 64 bits are not.

Note [Numbering]. Key values, in this order:

- 0 is the undefined key;
- `1 .. num_functionality_keys` are the functionality keys, lowest priority first;
- the next value is the end-of-functionality placeholder;
- every per-backend functionality then has a start placeholder followed by one runtime
  key for each backend, lowest bit first; its end placeholder is its last runtime key;
- alias keys come last.

Note [Bits]. Backend `b` is bit `b - 1`; functionality key `k` is bit
`num_backends + k - 1`. A runtime key of a per-backend functionality is two bits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

UNDEFINED: Final = 0
NO_BACKEND: Final = 0
NO_SLOT: Final = -1


class Layout:
    """The numbering of one dispatcher and the keyset arithmetic that follows from it.

    Args:
        num_backends: how many backend bits there are.
        num_functionality_keys: how many functionality keys, the undefined key excluded.
        per_backend: values of the functionality keys that have one runtime key for
            each backend, ascending.
        num_alias_keys: how many alias keys follow the runtime keys.
        in_every_full_after: functionality keys that `full_after` always contains.
        trimmed_slots: if given, the only runtime keys that have a table slot, in slot
            order; the undefined key's slot 0 comes before them.
    """

    __slots__ = (
        "_block_starts",
        "_functionality",
        "_trimmed",
        "end_of_functionality",
        "end_of_runtime",
        "full",
        "full_backend_mask",
        "in_every_full_after",
        "masks",
        "num_alias_keys",
        "num_backends",
        "num_functionality_keys",
        "num_runtime_entries",
        "per_backend",
        "slot_keys",
        "slot_offsets",
    )

    def __init__(
        self,
        *,
        num_backends: int,
        num_functionality_keys: int,
        per_backend: Sequence[int],
        num_alias_keys: int,
        in_every_full_after: Sequence[int] = (),
        trimmed_slots: Sequence[int] | None = None,
    ) -> None:
        self.num_backends: Final = num_backends
        self.num_functionality_keys: Final = num_functionality_keys
        self.num_alias_keys: Final = num_alias_keys
        self.per_backend: Final = frozenset(per_backend)
        self.end_of_functionality: Final = num_functionality_keys + 1
        self.full_backend_mask: Final = (1 << num_backends) - 1
        self.full: Final = (1 << (num_backends + num_functionality_keys)) - 1

        # Values of the start placeholders, and the functionality of every key value.
        block_starts: dict[int, int] = {}
        functionality = list(range(self.end_of_functionality + 1))
        for key in sorted(self.per_backend):
            block_starts[key] = len(functionality)
            functionality.extend([key] * (num_backends + 1))
        self.end_of_runtime: Final = len(functionality) - 1
        functionality.extend([UNDEFINED] * num_alias_keys)
        self._block_starts: Final = block_starts
        self._functionality: Final = tuple(functionality)

        self.masks: Final = tuple(map(self._mask, range(len(functionality))))
        always = 0
        for key in in_every_full_after:
            always |= self.masks[key]
        self.in_every_full_after: Final = always

        offsets = []
        slots: list[int] = []
        for key in range(num_functionality_keys + 1):
            runtime_keys = self._runtime_keys(key)
            offsets.append(len(slots) if runtime_keys else NO_SLOT)
            slots.extend(runtime_keys)
        self.slot_offsets: Final = tuple(offsets)
        self._trimmed: Final = (
            None
            if trimmed_slots is None
            else {key: slot for slot, key in enumerate((UNDEFINED, *trimmed_slots))}
        )
        self.slot_keys: Final = tuple(slots if self._trimmed is None else self._trimmed)
        self.num_runtime_entries: Final = len(self.slot_keys)

    @property
    def is_trimmed(self) -> bool:
        """Whether only some runtime keys have a table slot."""
        return self._trimmed is not None

    def _runtime_keys(self, functionality: int) -> Sequence[int]:
        if functionality not in self.per_backend:
            return (functionality,)
        start = self._block_starts[functionality]
        return range(start + 1, start + 1 + self.num_backends)

    def _mask(self, key: int) -> int:
        functionality = self._functionality[key]
        if functionality == UNDEFINED:
            return 0
        mask = 1 << (self.num_backends + functionality - 1)
        backend = self.backend_of(key)
        return mask | (1 << (backend - 1)) if backend else mask

    # Keys

    def functionality_of(self, key: int) -> int:
        """The functionality key of any key; the undefined key for an alias key."""
        return self._functionality[key]

    def backend_of(self, key: int) -> int:
        """The backend of a per-backend runtime key, `NO_BACKEND` for any other key."""
        if key <= self.end_of_functionality or key > self.end_of_runtime:
            return NO_BACKEND
        return key - self._block_starts[self._functionality[key]]

    def is_alias(self, key: int) -> bool:
        return key > self.end_of_runtime

    def is_per_backend(self, key: int) -> bool:
        """Whether the key is a functionality with one runtime key for each backend."""
        return key in self.per_backend

    def runtime_key(self, functionality: int, backend: int) -> int:
        """The runtime key of a per-backend functionality on a backend.

        Without a backend that is the functionality's start placeholder; for a key that
        is not a per-backend functionality it is the undefined key.
        """
        start = self._block_starts.get(functionality)
        return UNDEFINED if start is None else start + backend

    def start_placeholder(self, functionality: int) -> int:
        """The value before a per-backend functionality's first runtime key."""
        return self._block_starts[functionality]

    def alias_value(self, index: int) -> int:
        """The value of the alias key declared at `index`."""
        return self.end_of_runtime + 1 + index

    # Keysets

    def backend_mask(self, backend: int) -> int:
        return 1 << (backend - 1) if backend else 0

    def full_after(self, key: int) -> int:
        """All bits below the key's functionality, and those that are always added."""
        functionality = self._functionality[key]
        below = (1 << max(self.num_backends + functionality - 1, 0)) - 1
        return below | self.in_every_full_after

    def difference(self, raw: int, other: int) -> int:
        """`raw` without the functionality bits of `other`.

        Backend bits stay: they belong to all per-backend functionalities of the set at
        once, so that no single key can take one away.
        """
        return raw & (self.full_backend_mask | ~other)

    def complement(self, raw: int) -> int:
        return self.full & ~raw

    def highest_functionality(self, raw: int) -> int:
        return max(raw.bit_length() - self.num_backends, UNDEFINED)

    def highest_backend(self, raw: int) -> int:
        return (raw & self.full_backend_mask).bit_length()

    def highest_key(self, raw: int) -> int:
        """The key that a call with this keyset dispatches to."""
        functionality = self.highest_functionality(raw)
        if functionality in self.per_backend:
            return self._block_starts[functionality] + self.highest_backend(raw)
        return functionality

    def backend_index(self, raw: int) -> int:
        """Offset of the set's highest backend within a functionality's slots.

        A set without a backend bit lands on the first backend's slot, as in c10.
        """
        return ((raw & self.full_backend_mask) >> 1).bit_length()

    def table_index(self, raw: int) -> int:
        """The table slot of a keyset; `NO_SLOT` where there is none.

        A trimmed table lacks some, and a per-backend functionality has none at all in
        a dispatcher without backends.
        """
        if self._trimmed is not None:
            return self._trimmed.get(self.highest_key(raw), NO_SLOT)
        functionality = self.highest_functionality(raw)
        offset = self.slot_offsets[functionality]
        if functionality in self.per_backend:
            return offset + self.backend_index(raw)
        return offset

    def iterate(self, raw: int) -> Iterator[int]:
        """The runtime keys of a set, lowest priority first.

        A per-backend functionality yields one key for each backend bit of the set, and
        none if the set has no backend bit.
        """
        bits = raw >> self.num_backends
        backends = raw & self.full_backend_mask
        while bits:
            low = bits & -bits
            bits ^= low
            functionality = low.bit_length()
            if functionality > self.num_functionality_keys:
                return
            start = self._block_starts.get(functionality)
            if start is None:
                yield functionality
                continue
            rest = backends
            while rest:
                low = rest & -rest
                rest ^= low
                yield start + low.bit_length()
