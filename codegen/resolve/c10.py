"""What the files that PyTorch keeps by hand say beyond keys and sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Final

from codegen.located import LocatedStr
from codegen.model import Key, KeyFallback, KeyKind
from codegen.model_c10 import NAMED_KERNEL, C10Options
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations, union
from codegen.schema.c10 import C10Decl
from codegen.source import Span

OTHER_FALLBACKS: Final = "aten/src/ATen/core/DeclaredFallbacks.cpp"
"""The file of fallbacks that no declared file has."""


def resolve_c10(
    declared: Declarations, fallbacks: Mapping[str, KeyFallback], scope: Scope
) -> C10Options:
    """Reports DG201, DG202 and DG205."""
    sections = [section for _, section in declared.c10]

    def joined(
        pick: Callable[[C10Decl], Mapping[LocatedStr, LocatedStr]],
    ) -> dict[LocatedStr, LocatedStr]:
        return union(map(pick, sections), scope.collector)

    constants = joined(lambda c10: c10.key_constants)
    lists = joined(lambda c10: c10.key_lists)
    torchgen_names = joined(lambda c10: c10.torchgen_names)
    torchgen_sets = joined(lambda c10: c10.torchgen_sets)
    paths = (path for section in sections for path in section.fallback_files)
    named = (*constants, *lists, *torchgen_names, *torchgen_sets, *paths)
    return C10Options(
        key_constants=MappingProxyType(
            {
                str(name): key.name
                for name, target in constants.items()
                if (key := scope.key(target, target.span)) is not None
            }
        ),
        reserved_names=frozenset(
            str(name) for section in sections for name in section.reserved_names
        ),
        key_lists=_lists(lists, scope),
        torchgen_names=_lists(torchgen_names, scope),
        torchgen_sets=_lists(torchgen_sets, scope),
        fallback_files=MappingProxyType(_files(declared, fallbacks, scope)),
        places=MappingProxyType({str(name): name.span for name in named}),
    )


def _lists(
    declared: Mapping[LocatedStr, LocatedStr], scope: Scope
) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {str(name): _keys(text, scope) for name, text in declared.items()}
    )


def _keys(text: LocatedStr, scope: Scope) -> tuple[str, ...]:
    """The runtime keys of an expression, highest priority first."""
    raw = scope.bits(text)
    return tuple(
        key.name
        for key in reversed(list(scope.keys.real()))
        if key.kind in (KeyKind.FUNCTIONALITY, KeyKind.RUNTIME)
        and key.mask
        and key.mask & raw == key.mask
    )


def _files(
    declared: Declarations, fallbacks: Mapping[str, KeyFallback], scope: Scope
) -> dict[str, tuple[str, ...]]:
    """An extension may take a key to another file than its base does."""
    files: dict[str, tuple[str, ...]] = {}
    above: set[str] = set()
    layers = groupby(reversed(declared.c10), key=lambda item: item[0])
    for _, sections in layers:
        first: dict[str, Span] = {}
        found = {
            str(path): tuple(
                name
                for pattern in patterns
                for name in _with_fallback(pattern, fallbacks, first, scope)
                if name not in above
            )
            for _, section in reversed(list(sections))
            for path, patterns in section.fallback_files.items()
        }
        files = {p: (*found.get(p, ()), *files.get(p, ())) for p in {**found, **files}}
        above |= first.keys()
    rest = tuple(
        name
        for name, fallback in fallbacks.items()
        if name not in above and fallback.spec.policy != NAMED_KERNEL
    )
    if rest:
        files[OTHER_FALLBACKS] = (*files.get(OTHER_FALLBACKS, ()), *rest)
    return {path: keys for path, keys in files.items() if keys}


def _with_fallback(
    pattern: LocatedStr,
    fallbacks: Mapping[str, KeyFallback],
    first: dict[str, Span],
    scope: Scope,
) -> list[str]:
    found = []
    for key in scope.keys_of(pattern):
        if key.name in first:
            scope.collector.error(
                "DG202",
                f"the fallback of `{key.name}` is in two files",
                pattern.span,
                related=[("it is first put into one here", first[key.name])],
                help="keep one of them",
            )
        elif key.name not in fallbacks and _is_left_out(key):
            continue
        elif key.name not in fallbacks:
            scope.collector.error(
                "DG201",
                f"`{key.name}` has no fallback that could be registered",
                pattern.span,
                help="declare one in `fallbacks:`, or take the key out",
            )
        else:
            found.append(key.name)
        first.setdefault(key.name, pattern.span)
    return found


def _is_left_out(key: Key) -> bool:
    """Whether tables of this build variant have no slot for a runtime key."""
    is_runtime = key.kind in (KeyKind.FUNCTIONALITY, KeyKind.RUNTIME)
    return is_runtime and key.slot is None
