"""Registration modules and dispatch tables, imported when they are asked for."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence

from .registration import Fallback, Kernel
from .table import TableEntry


class Registrations:
    """The registration modules of a package.

    Args:
        package: its name.
        modules: names of its modules.
    """

    def __init__(self, package: str, modules: Sequence[str]) -> None:
        self._package = package
        self.modules = tuple(modules)
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

    @property
    def fallbacks(self) -> tuple[Fallback, ...]:
        """The backend fallbacks of all keys."""
        return self._load()[0]

    @property
    def kernels(self) -> tuple[Kernel, ...]:
        """The kernels of all operators."""
        return self._load()[1]


class DispatchTables(Mapping[str, Mapping[str, TableEntry]]):
    """The dispatch tables of the declared operators: by slot, kernel and reason.

    Slots that hold no kernel are left out.

    Args:
        package: name of the package that holds the modules.
        modules: operator name to the module, relative to the package, with its table.
    """

    def __init__(self, package: str, modules: Mapping[str, str]) -> None:
        self._package = package
        self._modules = modules

    def __getitem__(self, operator: str) -> dict[str, TableEntry]:
        module = importlib.import_module(f".{self._modules[operator]}", self._package)
        rows: Mapping[str, str] = module.TABLES[operator]
        return {slot: parse_entry(text) for slot, text in rows.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)

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
