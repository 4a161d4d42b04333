"""Registration modules and declared operators, imported when they are asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

from .registration import Declared, Fallback, Kernel
from .table import TableEntry, TableRules, compute_table

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

    The names of a namespace's operators are read when one in it is asked for.

    Args:
        package: name of the package that holds a package for each namespace, with a
            module for all overloads of an operator.
        namespaces: those that have operators.
    """

    def __init__(self, package: str, namespaces: Sequence[str]) -> None:
        self._package = package
        self.namespaces: Final = tuple(namespaces)
        self._overloads: dict[str, dict[str, list[str]]] = {}

    def _load(self, namespace: str) -> dict[str, list[str]]:
        """The overloads of each operator of a namespace; none if it has no operators."""
        found = self._overloads.get(namespace)
        if found is None:
            found = {}
            if namespace in self.namespaces:
                module = importlib.import_module(f"{self._package}.{namespace}")
                for name in module.NAMES:
                    found.setdefault(name.partition(".")[0], []).append(
                        f"{namespace}::{name}"
                    )
            self._overloads[namespace] = found
        return found

    def overloads(self, packet: str) -> Sequence[str]:
        """The names of the declared operators `packet` and `packet.*`, as declared."""
        namespace, _, name = packet.partition("::")
        return self._load(namespace).get(name, ())

    def __getitem__(self, operator: str) -> Declared:
        if operator not in self:
            raise KeyError(operator)
        name = operator.partition(".")[0].replace("::", ".")
        module = importlib.import_module(f"{self._package}.{name}")
        declared: Declared = module.OPERATORS[operator]
        return declared

    # Mapping's own would import the module.
    def __contains__(self, operator: object) -> bool:
        if not isinstance(operator, str):
            return False
        return operator in self.overloads(operator.partition(".")[0])

    def __iter__(self) -> Iterator[str]:
        for namespace in self.namespaces:
            for names in self._load(namespace).values():
                yield from names

    def __len__(self) -> int:
        return len(list(iter(self)))


class DispatchTables(Mapping[str, Mapping[str, TableEntry]]):
    """The dispatch tables of the declared operators: by slot, kernel and reason.

    Slots that hold no kernel are left out.

    Args:
        operators: the declared operators.
        rules: makes the rules of the table computation.
    """

    def __init__(
        self, operators: Mapping[str, Declared], rules: Callable[[], TableRules]
    ) -> None:
        self._operators = operators
        self._rules = rules

    def __getitem__(self, operator: str) -> dict[str, TableEntry]:
        return compute_table(self._rules(), self._operators[operator].kernels)

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
