"""What the `list` command prints: one row of plain data for each thing of a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from codegen.codes import TITLES, is_finding
from codegen.diagnostics import Severity
from codegen.model import KeyKind, Model

Rows = list[dict[str, Any]]


def _keys(model: Model) -> Rows:
    return [
        {
            "name": key.name,
            "value": key.value,
            "kind": key.kind.value,
            "keyset": hex(key.mask),
            "slot": key.slot,
        }
        for key in model.keys.values()
        if key.kind is not KeyKind.PLACEHOLDER
    ]


def _backends(model: Model) -> Rows:
    return [
        {
            "name": backend.name,
            "bit": backend.value - 1,
            "groups": [
                n for n, members in model.groups.items() if backend.name in members
            ],
        }
        for backend in model.backends.values()
    ]


def _groups(model: Model) -> Rows:
    return [
        {"name": n, "members": list(members)} for n, members in model.groups.items()
    ]


def _keysets(model: Model) -> Rows:
    return [
        {"name": k.name, "keyset": hex(k.raw), "expression": k.expression}
        for k in model.keysets.values()
    ]


def _aliases(model: Model) -> Rows:
    return [
        {
            "name": alias.name,
            "reason": _one_line(alias.reason),
            "keyset": hex(alias.raw),
        }
        for alias in reversed(list(model.aliases.values()))
    ]


def _fallbacks(model: Model) -> Rows:
    return [
        {"name": name, "policy": f.spec.policy, "declared": str(f.span)}
        for name, f in model.fallbacks.items()
    ]


def _functions(model: Model) -> Rows:
    return [
        {"name": f.name, "doc": _one_line(f.doc), "declared": str(f.span)}
        for f in model.functions.values()
    ]


def _one_line(text: str | None) -> str | None:
    """A text as one row of a table can hold it."""
    return None if text is None else " ".join(text.split())


def _operators(model: Model) -> Rows:
    return [
        {"name": o.name, "kernels": list(o.kernels), "declared": str(o.span)}
        for o in model.operators.values()
    ]


def checks() -> Rows:
    """All diagnostic codes."""
    return [
        {
            "code": code,
            "severity": (
                Severity.WARNING if is_finding(code) else Severity.ERROR
            ).value,
            "title": title,
        }
        for code, title in TITLES.items()
    ]


LISTINGS: Final[Mapping[str, Callable[[Model], Rows]]] = {
    "aliases": _aliases,
    "backends": _backends,
    "fallbacks": _fallbacks,
    "functions": _functions,
    "groups": _groups,
    "keys": _keys,
    "keysets": _keysets,
    "operators": _operators,
}
