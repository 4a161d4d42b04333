"""Operators: their names, and which kernel each key gets from their entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from codegen.diagnostics import did_you_mean
from codegen.located import LocatedStr
from codegen.model import KeyKind, Operator
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.schema.operators import OperatorDecl, StructuredRuleDecl
from codegen.source import Span

_SCHEMA: Final = re.compile(
    r"(?:(?P<namespace>[A-Za-z_]\w*)::)?(?P<name>[A-Za-z_]\w*)(?:\.(?P<overload>[A-Za-z_]\w*))?"
    r"(?P<rest>\((?P<arguments>.*)\)\s*->\s*\S.*)",
    re.ASCII | re.DOTALL,
)
_QUOTED: Final = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_OUT_ARGUMENT: Final = re.compile(r"\*,.*\(\w+!\)", re.DOTALL)


@dataclass(slots=True)
class _Entry:
    declaration: OperatorDecl
    name: str
    base_name: str
    schema: str
    is_out: bool
    kernels: dict[str, str] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)


def resolve_operators(declared: Declarations, scope: Scope) -> dict[str, Operator]:
    """By name, sorted. Reports DG201, DG202 and DG211 to DG214."""
    entries = _entries(declared, scope)
    for entry in entries.values():
        _own_kernels(entry, scope)
    rules = declared.operator_rules
    structured = _structured_rule(rules.structured, scope)
    for entry in entries.values():
        delegate = entry.declaration.structured_delegate
        if entry.declaration.structured or delegate is not None:
            _structured_kernels(entry, delegate, structured, entries, scope)
    if rules.default is not None:
        _default_kernels(entries, rules.default, scope)
    _elsewhere(declared, entries, scope)
    values = {name: key.value for name, key in scope.keys.keys.items()}
    return {name: _operator(entry, values) for name, entry in sorted(entries.items())}


def _operator(entry: _Entry, values: Mapping[str, int]) -> Operator:
    keys = sorted(entry.kernels, key=values.__getitem__)
    tags = entry.declaration.tags
    if isinstance(tags, LocatedStr):
        tags = [tag for tag in tags.replace(",", " ").split() if tag]  # type: ignore[misc]
    return Operator(
        name=entry.name,
        schema=entry.schema,
        kernels={key: entry.kernels[key] for key in keys},
        kernel_spans={key: entry.spans[key] for key in keys},
        tags=tuple(str(tag) for tag in tags or ()),
        span=entry.declaration.func.span,
    )


def _entries(declared: Declarations, scope: Scope) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    namespace = declared.dispatcher.default_namespace
    for declaration in declared.operators:
        func = declaration.func
        text = " ".join(func.split())
        match = _SCHEMA.fullmatch(text)
        if match is None or not _balanced(text):
            scope.collector.error(
                "DG211",
                "the schema cannot be parsed",
                func.span,
                help="write it as `name.overload(Type argument, ...) -> Type`",
            )
            continue
        where = match["namespace"] or namespace
        if where is None:
            scope.collector.error(
                "DG211",
                f"`{match['name']}` names no namespace",
                func.span,
                help="write `namespace::name(...)`, "
                "or set `default_namespace` in the `dispatcher` section",
            )
            continue
        overload = f".{match['overload']}" if match["overload"] else ""
        name = f"{where}::{match['name']}{overload}"
        if name in entries:
            scope.collector.error(
                "DG212",
                f"the operator `{name}` is declared twice",
                func.span,
                related=[
                    ("it is first declared here", entries[name].declaration.func.span)
                ],
                help="remove one of them, or give it another overload name",
            )
            continue
        entries[name] = _Entry(
            declaration,
            name,
            match["name"],
            f"{match['name']}{overload}{match['rest']}",
            bool(_OUT_ARGUMENT.search(match["arguments"])),
        )
    return entries


def _balanced(text: str) -> bool:
    """Whether brackets come in pairs; those in a default's quotes do not count."""
    depth = 0
    for character in _QUOTED.sub("", text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def _own_kernels(entry: _Entry, scope: Scope) -> None:
    for keys, kernel in (entry.declaration.dispatch or {}).items():
        for part, span in _split(keys):
            if not part:
                scope.collector.error(
                    "DG201",
                    "a key is missing between the commas",
                    span,
                    help="remove the comma",
                )
                continue
            _register(entry, LocatedStr(part, span), kernel, scope)


def _split(keys: LocatedStr) -> Iterator[tuple[str, Span]]:
    """The comma-joined keys of a `dispatch` entry, with their places."""
    offset = 0
    for part in keys.split(","):
        name = part.strip()
        start = offset + part.index(name) if name else offset
        yield name, keys.part(start, max(len(name), 1))
        offset += len(part) + 1


def _register(
    entry: _Entry, pattern: LocatedStr, kernel: LocatedStr, scope: Scope
) -> None:
    for name in _registrable(pattern, scope):
        if name in entry.kernels:
            scope.collector.error(
                "DG213",
                f"`{entry.name}` has two kernels for `{name}`",
                pattern.span,
                related=[("the other one is here", entry.spans[name])],
                help="keep one of them",
            )
            continue
        entry.kernels[name] = str(kernel)
        entry.spans[name] = pattern.span


def _registrable(pattern: LocatedStr, scope: Scope) -> Iterator[str]:
    """The keys of a pattern; reports DG209 for those that take no kernel."""
    for key in scope.keys_of(pattern):
        if key.kind is KeyKind.UNDEFINED or key.kind is KeyKind.PER_BACKEND:
            scope.collector.error(
                "DG209",
                f"no kernel can be registered for the {key.kind.value} key `{key.name}`",
                pattern.span,
                help="name a runtime key or an alias key",
            )
            continue
        yield key.name


class _StructuredRule(NamedTuple):
    """The names of keys that the patterns of `StructuredRuleDecl` stand for."""

    shared: Sequence[str] = ()
    always: Sequence[str] = ()
    delegates: Sequence[str] = ()


def _structured_rule(
    declaration: StructuredRuleDecl | None, scope: Scope
) -> _StructuredRule:
    if declaration is None:
        return _StructuredRule()

    def keys(patterns: Sequence[LocatedStr]) -> list[str]:
        return [name for p in patterns for name in _registrable(p, scope)]

    return _StructuredRule(
        shared=keys(declaration.keys),
        always=keys(declaration.always),
        delegates=keys(declaration.delegates),
    )


def _structured_kernels(
    entry: _Entry,
    delegate: LocatedStr | None,
    rule: _StructuredRule,
    entries: Mapping[str, _Entry],
    scope: Scope,
) -> None:
    """What follows from a structured kernel; what the entry itself says stands."""
    span = entry.declaration.func.span
    implied = list(rule.always)
    if delegate is not None:
        source = _delegate(entry, delegate, entries, scope)
        if source is None:
            return
        span = delegate.span
        implied += rule.delegates
        for name in rule.shared:
            if name in source.kernels:
                entry.kernels.setdefault(name, source.kernels[name])
                entry.spans.setdefault(name, span)
    for name in implied:
        entry.kernels.setdefault(name, f"structured_{_cpp_name(entry)}")
        entry.spans.setdefault(name, span)


def _delegate(
    entry: _Entry,
    delegate: LocatedStr,
    entries: Mapping[str, _Entry],
    scope: Scope,
) -> _Entry | None:
    namespace = entry.name.partition("::")[0]
    found = entries.get(f"{namespace}::{delegate}")
    if found is None or not found.declaration.structured:
        structured = [
            name.partition("::")[2]
            for name, other in entries.items()
            if other.declaration.structured and name.startswith(f"{namespace}::")
        ]
        scope.collector.error(
            "DG214",
            (
                f"there is no operator `{delegate}` to delegate to"
                if found is None
                else f"`{delegate}` is not structured"
            ),
            delegate.span,
            help=did_you_mean(delegate, structured)
            or f"declare `{delegate}` with `structured: true`",
            related=(
                []
                if found is None
                else [("it is declared here", found.declaration.func.span)]
            ),
        )
        return None
    return found


def _cpp_name(entry: _Entry) -> str:
    return f"{entry.base_name}_out" if entry.is_out else entry.base_name


def _default_kernels(
    entries: Mapping[str, _Entry], default: LocatedStr, scope: Scope
) -> None:
    key = scope.key(default, default.span)
    if key is None:
        return
    if key.kind is not KeyKind.ALIAS:
        scope.collector.error(
            "DG209",
            f"`{key.name}` is no alias key and cannot serve every operator",
            default.span,
            help="name an alias key",
        )
        return
    for entry in entries.values():
        declaration = entry.declaration
        if declaration.dispatch is None and declaration.structured_delegate is None:
            entry.kernels.setdefault(key.name, _cpp_name(entry))
            entry.spans.setdefault(key.name, declaration.func.span)


def _elsewhere(
    declared: Declarations, entries: Mapping[str, _Entry], scope: Scope
) -> None:
    """The kernels of the `kernels` sections."""
    for key, kernels in declared.kernels:
        if not scope.keys_of(key):
            continue
        for operator, kernel in kernels.items():
            entry = entries.get(operator)
            if entry is None:
                scope.collector.error(
                    "DG201",
                    f"there is no operator `{operator}`",
                    operator.span,
                    help=did_you_mean(operator, entries),
                )
                continue
            _register(entry, LocatedStr(key, operator.span), kernel, scope)
