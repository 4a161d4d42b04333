"""Rules that need the whole model.

Reads the model, reports diagnostics. What a single declaration can get wrong is found
before there is a model.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator
from typing import Final

from codegen import names
from codegen.diagnostics import Collector
from codegen.model import Model
from codegen.source import Span

# What the modules of the generated package define or use besides constants and functions.
_PACKAGE_NAMES: Final = (
    "ALIAS_KEYSETS",
    "AttributeError",
    "BackendComponent",
    "DEFAULT_EXCLUDED",
    "DEFAULT_INCLUDED",
    "DispatchKey",
    "DispatchKeySet",
    "GUARDS",
    "KeyFunctions",
    "MODES",
    "NUMBERING",
    "REGISTRATIONS",
    "TABLES",
    "TYPE_CHECKING",
    "TableEntry",
    "annotations",
    "bool",
    "compute_dispatch_table",
    "dict",
    "dispatch_dump_table",
    "dispatch_key",
    "dispatch_key_set",
    "dispatch_table",
    "functions",
    "getattr",
    "globals",
    "guards",
    "import_module",
    "int",
    "keysets",
    "list",
    "object",
    "registrations",
    "sorted",
    "str",
    "table_rules",
    "tables",
)


_ENUM_BOUNDS: Final = (names.NO_BACKEND, names.END_OF_BACKENDS)


def check(model: Model) -> None:
    """Raise `DeclarationError` with everything that is wrong. Reports DG208."""
    collector = Collector()
    taken = (*_PACKAGE_NAMES, *names.STANDARD_FUNCTIONS)
    _no_clash(_package_names(model), taken, "the generated package", collector)
    _no_clash(_backend_bits(model), _ENUM_BOUNDS, "the enum of backends", collector)
    _no_clash(_module_names(model), (), "`registrations/`", collector)
    _no_clash(_table_modules(model), (), "`tables/`", collector)
    collector.raise_if_any()


def _no_clash(
    declared: Iterable[tuple[str, str, Span]],
    taken: Iterable[str],
    where: str,
    collector: Collector,
) -> None:
    """Report each declared name that another one, or the package, has already."""
    first: dict[str, tuple[str, Span | None]] = dict.fromkeys(taken, ("", None))
    reported: set[tuple[str, str]] = set()
    for generated, name, span in declared:
        if keyword.iskeyword(generated) or generated.startswith("__"):
            collector.error(
                "DG108",
                f"`{name}` would be `{generated}` in {where}, which Python reserves",
                span,
                help="rename it",
            )
            continue
        other, place = first.setdefault(generated, (name, span))
        if place == span or (name, other) in reported:
            continue
        reported.add((name, other))
        collector.error(
            "DG208",
            (
                f"`{name}` and `{other}` would both be `{generated}` in {where}"
                if place
                else f"{where} has a `{generated}` of its own"
            ),
            span,
            related=[(f"`{other}` is declared here", place)] if place else (),
            help="rename one of them" if place else "rename it",
        )


def _package_names(model: Model) -> Iterator[tuple[str, str, Span]]:
    for keyset in model.keysets.values():
        yield keyset.name, keyset.name, keyset.span
    for function in model.functions.values():
        for spell in (names.snake_case, names.camel_case):
            yield spell(function.name), function.name, function.span
        private = f"_{names.snake_case(function.name)}"
        for suffix in ("", "_default", "_excluded", "_kept", "_set"):
            yield f"{private}{suffix}", function.name, function.span


def _backend_bits(model: Model) -> Iterator[tuple[str, str, Span]]:
    for backend in model.backends.values():
        yield names.backend_bit(backend.name), backend.name, backend.span


def _module_names(model: Model) -> Iterator[tuple[str, str, Span]]:
    for backend in model.backends.values():
        yield names.module_name(backend.name), backend.name, backend.span
    for key in model.keys.values():
        has_any = key.name in model.fallbacks or key.name in model.kernels_by_key
        if has_any and key.backend is None:
            yield names.module_name(key.name), key.name, key.span


def _table_modules(model: Model) -> Iterator[tuple[str, str, Span]]:
    """By the name that a file system without capitals would see."""
    packets: dict[str, Span] = {}
    for operator in model.operators.values():
        packets.setdefault(operator.packet, operator.span)
    for packet, span in packets.items():
        yield packet.casefold(), packet, span
