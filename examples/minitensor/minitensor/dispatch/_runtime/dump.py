"""Operators and their tables as text, in PyTorch's words.

Mirrors what `torch._C._dispatch_dump` and `torch._C._dispatch_dump_table` print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .loading import format_entry
from .operator import Operator, table_of
from .table import TableEntry

if TYPE_CHECKING:
    from .dispatcher import Dispatcher


def operator_of(function: Any) -> Operator:
    """The operator that a function calls.

    Raises:
        TypeError: if it calls none, or several.
    """
    found = getattr(function, "__dict__", {}).get("operator")
    if isinstance(found, Operator):
        return found
    overloads = getattr(function, "overloads", None)
    hint = f"; name an overload: {', '.join(overloads())}" if overloads else ""
    raise TypeError(f"{function!r} is no operator{hint}")


def _operator(dispatcher: Dispatcher, operator: Any) -> Operator:
    """The operator of a name or function.

    Raises:
        KeyError: if there is none of that name.
        TypeError: for what is no operator.
    """
    if not isinstance(operator, str):
        return operator_of(operator)
    known = dispatcher.find(operator.removesuffix(".default"))
    if known is None:
        raise KeyError(f"there is no operator {operator}")
    return known


def dump(dispatcher: Dispatcher, operator: Any) -> str:
    """An operator's name, schema and kernels, a line each; newest kernel first."""
    found = _operator(dispatcher, operator)
    lines = [
        f"name: {found.name}",
        f"schema: {found.schema}",
        f"debug: {found.debug or 'declared'}",
    ]
    values = dispatcher.numbering.keys.__members__
    with dispatcher.lock:
        for key in sorted(found.kernels, key=values.__getitem__):
            for index, kernel in enumerate(found.kernels[key]):
                inactive = " (inactive)" if index else ""
                alias = " (alias)" if dispatcher.layout.is_alias(values[key]) else ""
                lines.append(
                    f"{key}{alias}{inactive}: {kernel.name} :: {kernel.debug or 'declared'}"
                )
    return "".join(f"{line}\n" for line in lines)


def table(dispatcher: Dispatcher, operator: Any) -> dict[str, TableEntry]:
    """An operator's table: kernel and reason of each slot that holds one."""
    found = table_of(_operator(dispatcher, operator))
    return {
        key: TableEntry(slot.kernel.name, slot.reason)
        for key, slot in found.items()
        if slot.kernel is not None
    }


def dump_table(dispatcher: Dispatcher, operator: Any) -> str:
    """An operator's table: `key: kernel [reason]` for each slot that holds a kernel."""
    return "".join(
        f"{key}: {format_entry(entry)}\n"
        for key, entry in table(dispatcher, operator).items()
    )
