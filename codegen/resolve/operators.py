"""Operators: their names, and which kernel each key gets from their entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from codegen.diagnostics import did_you_mean
from codegen.located import LocatedStr, brief
from codegen.model import KeyKind, Operator, Structured
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.runtime.python.schema import SchemaError, parse_schema
from codegen.schema.operators import OperatorDecl, StructuredRuleDecl
from codegen.source import Span

# Of a schema that was read: its strings, and what may stand between two words of it.
_STRING_OR_GAP: Final = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?:\s|\#[^\n]*)+""", re.ASCII
)
_WORD: Final = re.compile(
    r"""\w+|->|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|.""", re.ASCII | re.DOTALL
)

_OTHER_TYPE: Final = "types are those of PyTorch; `Tensor` is whatever has keys"

# How much of what the parser says is shown: it quotes the text, which may be long.
_LONGEST: Final = 200


@dataclass(slots=True)
class _Entry:
    declaration: OperatorDecl
    name: str
    base_name: str
    schema: str
    is_out: bool
    is_written: bool
    kernels: dict[str, str] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    structured: Structured | None = None


def resolve_operators(declared: Declarations, scope: Scope) -> dict[str, Operator]:
    """By name; those of one name together, in the order of declaration. Reports DG201, DG202 and DG211 to DG214."""
    entries = _entries(declared, scope)
    for entry in entries.values():
        _own_kernels(entry, scope)
    _elsewhere(declared, entries, scope)
    rules = declared.operator_rules
    structured = _structured_rule(rules.structured, scope)
    for entry in entries.values():
        delegate = entry.declaration.structured_delegate
        if entry.declaration.structured or delegate is not None:
            _structured_kernels(entry, delegate, structured, entries, scope)
    if rules.default is not None:
        _default_kernels(entries, rules.default, scope)
    _functionals(entries)
    values = {name: key.value for name, key in scope.keys.keys.items()}
    # Packets by name; overloads as declared, for the first that fits is called.
    ordered = sorted(entries.items(), key=lambda item: item[0].partition(".")[0])
    return {name: _operator(entry, values) for name, entry in ordered}


def _operator(entry: _Entry, values: Mapping[str, int]) -> Operator:
    keys = sorted(entry.kernels, key=values.__getitem__)
    tags, fake_module = entry.declaration.tags, entry.declaration.fake_module
    if isinstance(tags, LocatedStr):
        tags = [tag for tag in tags.replace(",", " ").split() if tag]  # type: ignore[misc]
    return Operator(
        name=entry.name,
        schema=entry.schema,
        kernels={key: entry.kernels[key] for key in keys},
        kernel_spans={key: entry.spans[key] for key in keys},
        tags=tuple(str(tag) for tag in tags or ()),
        fake_module=None if fake_module is None else str(fake_module),
        const_written=entry.declaration.use_const_ref_for_mutable_tensors,
        structured=entry.structured,
        span=entry.declaration.func.span,
    )


def _entries(declared: Declarations, scope: Scope) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for declaration, namespace in declared.operators:
        func = declaration.func
        try:
            schema = parse_schema(func)
        except SchemaError as error:
            _report_schema(func, error, scope)
            continue
        where, colons, base_name = schema.name.rpartition("::")
        if not colons:
            if namespace is None:
                scope.collector.error(
                    "DG211",
                    f"`{base_name}` names no namespace",
                    func.span,
                    help="write `namespace::name(...)`, "
                    "or set `default_namespace` in the `dispatcher` section",
                )
                continue
            where = namespace
        overload = f".{schema.overload}" if schema.overload else ""
        name = f"{where}::{base_name}{overload}"
        if name in entries:
            scope.collector.error(
                "DG212",
                f"the operator `{name}` is declared twice",
                func.span,
                related=[
                    ("it is first declared here", entries[name].declaration.func.span)
                ],
                help="remove one of them, or give it another overload name; "
                "kernels alone can stand in the `kernels` section",
            )
            continue
        rest = _STRING_OR_GAP.sub(lambda found: found[1] or " ", func).strip()
        entries[name] = _Entry(
            declaration,
            name,
            base_name,
            f"{base_name}{overload}{rest[rest.index('('):]}",
            any(a.kwarg_only and a.is_write for a in schema.arguments),
            any(a.is_write for a in schema.arguments),
        )
    return entries


def _report_schema(func: LocatedStr, error: SchemaError, scope: Scope) -> None:
    """DG211, at the word where reading stopped, or behind the text if it ended there."""
    message, help = error.message, None
    if message.startswith("unknown type"):
        message, _, meant = message.replace('"', "`").partition(", did you mean ")
        help = f"did you mean {meant}" if meant else _OTHER_TYPE
    elif message.startswith("expected"):
        help = "write it as `name.overload(Type argument, ...) -> Type`"
    text = func.rstrip()
    word = _WORD.match(text, error.position)
    if word is not None:
        span = func.part(word.start(), len(word[0]))
    elif text:
        span = func.part(len(text) - 1, 1).part(1, 1)
    else:
        span = func.span
    scope.collector.error(
        "DG211",
        f"the schema cannot be parsed: {brief(message, _LONGEST)}",
        span,
        help=help,
    )


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
            _two_kernels(entry, name, pattern.span, entry.spans[name], scope)
            continue
        entry.kernels[name] = str(kernel)
        entry.spans[name] = pattern.span


def _two_kernels(
    entry: _Entry, key: str, span: Span, other: Span, scope: Scope
) -> None:
    scope.collector.error(
        "DG213",
        f"`{entry.name}` has two kernels for `{key}`",
        span,
        related=[("the other one is here", other)],
        help="keep one of them",
    )


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
    source = entry
    if delegate is not None:
        found = _delegate(entry, delegate, entries, scope)
        if found is None:
            return
        source = found
        span = delegate.span
        implied += rule.delegates
        own = frozenset(entry.kernels)
        shared = [n for n in rule.shared if n in source.kernels and n not in own]
        for name in shared:
            entry.kernels[name] = source.kernels[name]
            entry.spans[name] = span
    else:
        shared = [name for name in rule.shared if name in entry.kernels]
    entry.structured = Structured(
        out=source.name,
        functional=None,
        keys=frozenset(shared),
        implied=frozenset(implied) - entry.kernels.keys(),
        precomputed=tuple(source.declaration.precomputed or ()),
    )
    for name in implied:
        entry.kernels.setdefault(name, f"structured_{_cpp_name(entry)}")
        entry.spans.setdefault(name, span)


def _functionals(entries: Mapping[str, _Entry]) -> None:
    """Name in each structured operator the functional one of its group."""
    found: dict[str, str] = {}
    for entry in entries.values():
        if entry.structured is not None and not entry.is_written:
            found.setdefault(entry.structured.out, entry.name)
    for entry in entries.values():
        if entry.structured is not None:
            functional = found.get(entry.structured.out)
            entry.structured = replace(entry.structured, functional=functional)


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
            span = declaration.func.span
            if key.name in entry.kernels:
                _two_kernels(entry, key.name, entry.spans[key.name], span, scope)
            entry.kernels.setdefault(key.name, _cpp_name(entry))
            entry.spans.setdefault(key.name, span)


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
