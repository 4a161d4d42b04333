"""The functions around keys that every dispatcher has, whatever its keys are.

They mirror the free functions of `c10/core/DispatchKey.h` and `DispatchKeySet.h`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Generic, TypeVar

from .keyset import KeySet, Numbering

K = TypeVar("K", bound=IntEnum)
B = TypeVar("B", bound=IntEnum)
S = TypeVar("S", bound="KeySet[Any, Any]")


class KeyFunctions(Generic[K, B, S]):
    """Functions of the keys of one dispatcher.

    Args:
        numbering: the keys and backends.
        keyset: the keyset class.
        aliases: the keyset that each alias key stands for.
    """

    __slots__ = ("_aliases", "_keyset", "_numbering")

    def __init__(
        self, numbering: Numbering[K, B], keyset: type[S], aliases: Mapping[K, S]
    ) -> None:
        self._numbering = numbering
        self._keyset = keyset
        self._aliases = aliases

    def to_functionality_key(self, key: K) -> K:
        """The functionality of a runtime key; the undefined key for an alias key."""
        numbering = self._numbering
        return numbering.keys(numbering.layout.functionality_of(key))

    def to_backend_component(self, key: K) -> B:
        """The backend of a per-backend runtime key, the invalid one for other keys."""
        numbering = self._numbering
        return numbering.backends(numbering.layout.backend_of(key))

    def to_runtime_per_backend_functionality_key(
        self, functionality: K, backend: B
    ) -> K:
        """The runtime key of a per-backend functionality on a backend.

        The undefined key for a key that is not a per-backend functionality.
        """
        numbering = self._numbering
        return numbering.keys(numbering.layout.runtime_key(functionality, backend))

    def is_alias_dispatch_key(self, key: K) -> bool:
        """Whether a kernel for the key fills slots of other keys."""
        return self._numbering.layout.is_alias(key)

    def is_per_backend_functionality_key(self, key: K) -> bool:
        """Whether the key has one runtime key for each backend."""
        return self._numbering.layout.is_per_backend(key)

    def get_runtime_dispatch_key_set(self, key: K) -> S:
        """What an alias key stands for; for any other key, the key itself.

        Raises:
            ValueError: for the undefined key.
        """
        _check_defined(key)
        alias = self._aliases.get(key)
        return self._keyset(key) if alias is None else alias

    def runtime_dispatch_key_set_has(self, key: K, member: K) -> bool:
        """Whether an alias key stands for `member`; else whether they are the same.

        Raises:
            ValueError: if `key` is the undefined key.
        """
        _check_defined(key)
        alias = self._aliases.get(key)
        return key == member if alias is None else alias.has(member)

    def is_included_in_alias(self, key: K, alias: K) -> bool:
        """Whether a kernel for `alias` can fill the slot of `key`.

        Raises:
            ValueError: if `alias` is the undefined key, unless `key` is so too.
        """
        return bool(key) and self.runtime_dispatch_key_set_has(alias, key)

    def get_dispatch_table_index_for_dispatch_key(self, key: K) -> int:
        """The table slot of a key, -1 where there is none."""
        layout = self._numbering.layout
        return layout.table_index(layout.masks[key])

    def to_string(self, key: K | B) -> str:
        """c10's text for a key or backend."""
        if isinstance(key, self._numbering.backends):
            return key.name
        if isinstance(key, self._numbering.keys):
            return self._numbering.to_string(key)
        raise TypeError(f"neither a key nor a backend: {key!r}")

    def parse_dispatch_key(self, name: str) -> K:
        """The key of a name.

        Raises:
            ValueError: for a placeholder, an old name, or a name that no key has.
        """
        numbering = self._numbering
        key = numbering.keys.__members__.get(name)
        if key is not None and key.name == name and key not in numbering.names:
            return key
        if key is not None and key.name != name:
            raise ValueError(f"{name!r} is another name of {key.name!r}")
        raise _unknown_key(numbering, name)


def kernels_by_name(
    numbering: Numbering[K, B], registrations: Mapping[str, str] | Mapping[K, str]
) -> dict[str, str]:
    """The kernels by the names that the table computation knows the keys by.

    Args:
        numbering: the keys.
        registrations: kernel names by key, or by any name of a key.

    Raises:
        ValueError: for what is no key, or for two kernels for one key.
    """
    kernels: dict[str, str] = {}
    for given, kernel in registrations.items():
        key: K | None
        if isinstance(given, numbering.keys):
            key = given
        else:
            key = numbering.keys.__members__.get(str(given))
        if key is None or key in numbering.names:
            raise _unknown_key(numbering, given)
        if key.name in kernels:
            raise ValueError(f"there are two kernels for {key.name!r}")
        kernels[key.name] = kernel
    return kernels


def _check_defined(key: IntEnum) -> None:
    if not key:
        raise ValueError(f"{key.name} stands for no set of keys")


def _unknown_key(numbering: Numbering[K, B], name: object) -> ValueError:
    # Imported late: only a mistake needs it.
    import difflib

    names = [k.name for k in numbering.keys if k not in numbering.names]
    close = difflib.get_close_matches(str(name), names, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    return ValueError(f"there is no dispatch key {name!r}{hint}")
