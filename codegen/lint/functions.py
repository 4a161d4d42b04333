"""Findings about functions of keys and backends."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.diagnostics import Diagnostic, Related
from codegen.model import BackendFunction, KeyFunction, Model


def disagreeing_inverses(model: Model) -> Iterator[Diagnostic]:
    """DG309: from a backend to a key and back does not lead to the backend.

    Where it should lead is the backend's own key, that of the lowest per-backend
    functionality.
    """
    for back in model.functions.values():
        if not isinstance(back, KeyFunction) or back.inverse_of is None:
            continue
        there = model.functions[back.inverse_of]
        assert isinstance(there, BackendFunction)
        assert there.keys is not None
        for backend, own in _own_keys(model).items():
            key = there.keys.get(backend, there.default_key)
            mask = model.keys[own].mask
            if back.cases.get(key, back.default) & mask == mask:
                continue
            yield Diagnostic(
                "DG309",
                f"`{there.name}` leads from `{backend}` to `{key}`, "
                f"and `{back.name}` does not lead back from there to `{own}`",
                model.backends[backend].span,
                help="mend one of the functions, or allow it here with the reason: "
                f"`# allow DG309 ({backend}): ...`",
                related=(
                    Related(f"`{there.name}` is declared here", there.span),
                    Related(f"`{back.name}` is declared here", back.span),
                ),
                subject=backend,
            )


def _own_keys(model: Model) -> dict[str, str]:
    """The lowest runtime key of each backend."""
    found: dict[str, str] = {}
    for key in model.runtime_keys:
        if key.backend is not None:
            found.setdefault(key.backend, key.name)
    return found
