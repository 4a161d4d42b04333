"""How a dispatch table is computed: what each alias key fills, and when it steps back.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from . import functions
from ._runtime.functions import kernels_by_name
from ._runtime.loading import DispatchTables
from ._runtime.rules import AliasKey, build_rules
from ._runtime.table import TableEntry, TableRules, compute_table
from .dispatch_key import DispatchKey
from .dispatch_key_set import LAYOUT, NUMBERING
from .operators import OPERATORS
from .registrations import REGISTRATIONS


def _keys(
    alias: DispatchKey,
) -> int:
    return functions.get_runtime_dispatch_key_set(alias).raw_repr()


# Lowest precedence first.
ALIASES: list[AliasKey] = [
    AliasKey(
        name="AnyAutograd",
        keys=_keys(DispatchKey.AnyAutograd),
        reason="autograd kernel",
        undefined=False,
        yields_to=[],
        yields_to_backends_of=None,
        ambiguity=None,
    ),
    AliasKey(
        name="Composite",
        keys=_keys(DispatchKey.Composite),
        reason="composite kernel",
        undefined=False,
        yields_to=[],
        yields_to_backends_of=None,
        ambiguity=None,
    ),
]


@cache
def table_rules() -> TableRules:
    """Everything but an operator's kernels that decides its dispatch table."""
    names = {
        int(key): key.name
        for key in DispatchKey
        if not LAYOUT.is_alias(key) and key not in NUMBERING.names
    }
    return build_rules(LAYOUT, names, ALIASES, REGISTRATIONS.fallback_kernels)


def compute_dispatch_table(
    registrations: Mapping[str, str] | Mapping[DispatchKey, str],
) -> dict[str, TableEntry]:
    """The dispatch table of an operator with these kernels, by runtime key name.

    Args:
        registrations: kernel names by runtime or alias key, or by the key's name.

    Raises:
        ValueError: for what is no key, or for two kernels for one key.
    """
    return compute_table(table_rules(), kernels_by_name(NUMBERING, registrations))


# Of the declared operators, by name; computed when it is read.
TABLES = DispatchTables(OPERATORS, table_rules)
