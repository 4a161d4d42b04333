"""Lists of names that are kept elsewhere: what each holds, and what it should hold."""

from __future__ import annotations

from collections.abc import Mapping

from codegen.diagnostics import did_you_mean
from codegen.model import Key, KeyKind, NameList
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.schema.sets import NameListDecl
from codegen.source import Span


def resolve_name_lists(declared: Declarations, scope: Scope) -> dict[str, NameList]:
    """By name. Reports DG202.

    A list is held against what its own layer and the layers below declare: a base does
    not know what extends it.
    """
    result = {}
    for layer, name, declaration in declared.name_lists:
        names = _names(declaration, scope)
        if declaration.of == "backends":
            known = set(scope.keys.backends)
            expected = [b for b in scope.keys.backends if declared.layer_of[b] <= layer]
        else:
            known = {*scope.keys.keys, *scope.keys.second_names}
            keys = [k for k in scope.keys.real() if _layer(k, declared) <= layer]
            expected = _expected_keys(keys, set(names), declaration)
        result[str(name)] = NameList(
            name=str(name),
            names=frozenset(names),
            expected=tuple(expected),
            unknown=tuple(
                (listed, span, did_you_mean(listed, known - names.keys()))
                for listed, span in names.items()
                if listed not in known
            ),
            doc=None if declaration.doc is None else str(declaration.doc),
            span=name.span,
        )
    return result


def _names(declaration: NameListDecl, scope: Scope) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for name in declaration.names:
        if name in found:
            scope.collector.error(
                "DG202",
                f"`{name}` is given twice",
                name.span,
                related=[("it is first given here", found[name])],
                help="keep one of them",
            )
        found.setdefault(str(name), name.span)
    return found


def _expected_keys(
    keys: list[Key], names: set[str], declaration: NameListDecl
) -> list[str]:
    if declaration.covers == "all":
        return [key.name for key in keys]
    families = {k.family for k in keys if k.name in names and k.family is not None}
    return [key.name for key in keys if key.family in families and key.slot is not None]


def _layer(key: Key, declared: Declarations) -> int:
    """The layer that a key comes with: its own, its family's or its backend's."""
    layers: Mapping[str, int] = declared.layer_of
    parts = (key.name, key.family, key.member)
    known = [layers[part] for part in parts if part is not None and part in layers]
    return max(known, default=0) if key.kind is not KeyKind.UNDEFINED else 0
