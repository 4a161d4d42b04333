"""Registration modules and declared operators, imported when they are asked for."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from .registration import Declared, Fallback, Kernel
from .table import TableEntry

DECLARED_AT: Final = "declared_at.json"
"""The generated file of places: by declaration file, registrations and their lines."""


class Registrations:
    """The registration modules of a package.

    Args:
        package: its name.
        modules: names of its modules.
        fallbacks: from the keys that have a fallback to the modules that hold it.
    """

    def __init__(
        self, package: str, modules: Sequence[str], fallbacks: Mapping[str, str]
    ) -> None:
        self._package = package
        self.modules = tuple(modules)
        self._places = fallbacks
        self.fallback_kernels: Final = FallbackKernels(self, fallbacks)
        self._loaded: tuple[tuple[Fallback, ...], tuple[Kernel, ...]] | None = None

    def _load(self) -> tuple[tuple[Fallback, ...], tuple[Kernel, ...]]:
        if self._loaded is None:
            fallbacks: list[Fallback] = []
            kernels: list[Kernel] = []
            for name in self.modules:
                module = importlib.import_module(f".{name}", self._package)
                fallbacks += module.FALLBACKS
                kernels += module.KERNELS
            self._loaded = tuple(fallbacks), tuple(kernels)
        return self._loaded

    def fallback(self, key: str) -> Fallback | None:
        """The backend fallback of one key; only its module is imported."""
        name = self._places.get(key)
        if name is None:
            return None
        module = importlib.import_module(f".{name}", self._package)
        rows: Sequence[Fallback] = module.FALLBACKS
        return next(row for row in rows if row.key == key)

    @property
    def fallbacks(self) -> tuple[Fallback, ...]:
        """The backend fallbacks of all keys."""
        return self._load()[0]

    @property
    def kernels(self) -> tuple[Kernel, ...]:
        """The kernels of all operators."""
        return self._load()[1]


class FallbackKernels(Mapping[str, str]):
    """The names of the kernels of backend fallbacks, by key; imported when asked for."""

    def __init__(self, registrations: Registrations, keys: Collection[str]) -> None:
        self._registrations = registrations
        self._keys = keys

    def __getitem__(self, key: str) -> str:
        fallback = self._registrations.fallback(key)
        if fallback is None:
            raise KeyError(key)
        return fallback.kernel

    # Mapping's own would import the module.
    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class DeclaredOperators(Mapping[str, Declared]):
    """The declared operators by name; the module of one is imported when it is read.

    Args:
        package: name of the package that holds the modules.
        modules: operator name to its module, relative to the package.
    """

    def __init__(self, package: str, modules: Mapping[str, str]) -> None:
        self._package = package
        self._modules = modules

    def __getitem__(self, operator: str) -> Declared:
        module = importlib.import_module(f".{self._modules[operator]}", self._package)
        declared: Declared = module.OPERATORS[operator]
        return declared

    # Mapping's own would import the module.
    def __contains__(self, operator: object) -> bool:
        return operator in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


class DispatchTables(Mapping[str, Mapping[str, TableEntry]]):
    """The dispatch tables of the declared operators: by slot, kernel and reason.

    Slots that hold no kernel are left out.
    """

    def __init__(self, operators: Mapping[str, Declared]) -> None:
        self._operators = operators

    def __getitem__(self, operator: str) -> dict[str, TableEntry]:
        rows = self._operators[operator].table
        return {slot: parse_entry(text) for slot, text in rows.items()}

    def __contains__(self, operator: object) -> bool:
        return operator in self._operators

    def __iter__(self) -> Iterator[str]:
        return iter(self._operators)

    def __len__(self) -> int:
        return len(self._operators)

    def dump(self, operator: str) -> str:
        """The table as text: a line for each slot that holds a kernel."""
        return "".join(
            f"{slot}: {format_entry(entry)}\n" for slot, entry in self[operator].items()
        )


def format_entry(entry: TableEntry) -> str:
    """`kernel [reason]`, as PyTorch prints a slot."""
    return f"{entry.kernel} [{entry.reason}]"


def parse_entry(text: str) -> TableEntry:
    """The entry that `format_entry` made a text of."""
    kernel, _, reason = text.partition(" [")
    return TableEntry(kernel, reason.removesuffix("]"))


def declared_at(package: str, operator: str | None, key: str) -> str | None:
    """Where a `module:function` is declared, as `file:line`; None if that is not known.

    Args:
        package: name of the generated package.
        operator: the operator that it is a kernel of, None for the fallback of the key.
        key: the key that it is registered for.
    """
    # Imported late: only an error asks for a place.
    import json
    import pkgutil

    name = declared_name(operator, key)
    try:
        files = json.loads(pkgutil.get_data(package, DECLARED_AT) or b"{}")
        places = (f"{f}:{lines[name]}" for f, lines in files.items() if name in lines)
        return next(places, None)
    except (OSError, ValueError, AttributeError, TypeError):
        return None  # Left out of what was installed, or badly merged.


def declared_name(operator: str | None, key: str) -> str:
    """What a registration is called in the file of places."""
    return key if operator is None else f"{operator} {key}"
