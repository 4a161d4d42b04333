"""Operators: their names, and which kernel each key gets from their entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from codegen.diagnostics import did_you_mean
from codegen.entries import own_kernels, read_entries, report_two_kernels, tags_of
from codegen.located import LocatedStr
from codegen.model import KeyKind, Operator, Structured
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.resolve.registrable import registrable
from codegen.resolve.torchgen import torchgen_functions
from codegen.schema.operators import OperatorDecl, StructuredRuleDecl
from codegen.source import Span
from codegen.torchgen.registrations import Registration, StructuredRules


@dataclass(slots=True)
class _Entry:
    declaration: OperatorDecl
    name: str
    base_name: str
    schema: str
    is_out: bool
    is_written: bool
    tags: tuple[str, ...]
    span: Span
    kernels: dict[str, str] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    structured: Structured | None = None


def resolve_operators(declared: Declarations, scope: Scope) -> dict[str, Operator]:
    """By name; those of one name together, in the order of declaration. Reports DG201, DG202 and DG211 to DG214."""
    entries = _entries(declared, scope)
    for entry in entries.values():
        _own_kernels(entry, scope)
    rules = declared.operator_rules
    structured = _structured_rule(rules.structured, scope)
    in_files = _of_files(declared, structured, scope)
    # An operator that both have is the file's.
    entries = {n: e for n, e in entries.items() if n not in in_files}
    _elsewhere(declared, {**entries, **in_files}, scope)
    for entry in entries.values():
        delegate = entry.declaration.structured_delegate
        if entry.declaration.structured or delegate is not None:
            _structured_kernels(entry, delegate, structured, entries, scope)
    if rules.default is not None:
        _default_kernels(entries, rules.default, scope)
    entries |= in_files
    _functionals(entries)
    values = {name: key.value for name, key in scope.keys.keys.items()}
    # Packets by name; overloads as declared, for the first that fits is called.
    ordered = sorted(entries.items(), key=lambda item: item[0].partition(".")[0])
    return {name: _operator(entry, values) for name, entry in ordered}


def _operator(entry: _Entry, values: Mapping[str, int]) -> Operator:
    keys = sorted(entry.kernels, key=values.__getitem__)
    fake_module = entry.declaration.fake_module
    return Operator(
        name=entry.name,
        schema=entry.schema,
        kernels={key: entry.kernels[key] for key in keys},
        kernel_spans={key: entry.spans[key] for key in keys},
        tags=entry.tags,
        fake_module=None if fake_module is None else str(fake_module),
        const_written=entry.declaration.use_const_ref_for_mutable_tensors,
        structured=entry.structured,
        span=entry.span,
    )


def _entries(declared: Declarations, scope: Scope) -> dict[str, _Entry]:
    return {
        name: _Entry(
            entry.declaration,
            name,
            entry.base_name,
            entry.text,
            any(a.kwarg_only and a.is_write for a in entry.schema.arguments),
            entry.schema.is_mutable,
            tags_of(entry.declaration),
            entry.declaration.func.span,
        )
        for name, entry in read_entries(declared.operators, scope.collector).items()
    }


def _of_files(
    declared: Declarations, rule: StructuredRules, scope: Scope
) -> dict[str, _Entry]:
    """The operators of files in torchgen's YAML, derived variants last."""
    if not declared.operator_files:
        return {}
    entries: dict[str, _Entry] = {}
    reasons: dict[str, Mapping[str, Registration]] = {}
    rules = declared.operator_rules
    for function, found in torchgen_functions(
        declared.operator_files, rules, rule, scope
    ):
        entries[function.name] = _Entry(
            function.declaration,
            function.name,
            function.schema.name.rpartition("::")[2],
            function.text,
            any(a.kwarg_only and a.is_write for a in function.schema.arguments),
            function.schema.is_mutable,
            function.tags,
            function.span,
            kernels={key: registered.kernel for key, registered in found.items()},
            spans=dict.fromkeys(found, function.span),
        )
        if not function.is_derived:
            reasons[function.name] = found
    for name, found in reasons.items():
        _structure(entries[name], found, rule, entries, scope)
    return entries


def _structure(
    entry: _Entry,
    found: Mapping[str, Registration],
    rule: StructuredRules,
    entries: Mapping[str, _Entry],
    scope: Scope,
) -> None:
    """Say which of its kernels are structured, if any. Reports DG214."""
    delegate, source = entry.declaration.structured_delegate, entry
    if delegate is not None:
        other = _delegate(entry, delegate, entries, scope)
        if other is None:
            return
        source = other
    elif not entry.declaration.structured:
        return
    derived = {k for k, r in found.items() if r.reason.startswith("structured")}
    shared = derived.intersection(rule.shared)
    entry.structured = Structured(
        out=source.name,
        functional=None,
        keys=frozenset(shared),
        implied=frozenset(derived - shared),
        precomputed=tuple(source.declaration.precomputed or ()),
    )


def _own_kernels(entry: _Entry, scope: Scope) -> None:
    for key, kernel in own_kernels(entry.declaration, scope.collector):
        _register(entry, key, kernel, scope)


def _register(
    entry: _Entry, pattern: LocatedStr, kernel: LocatedStr, scope: Scope
) -> None:
    for name in registrable(pattern, scope):
        if name in entry.kernels:
            report_two_kernels(
                entry.name, name, pattern.span, entry.spans[name], scope.collector
            )
            continue
        entry.kernels[name] = str(kernel)
        entry.spans[name] = pattern.span


def _structured_rule(
    declaration: StructuredRuleDecl | None, scope: Scope
) -> StructuredRules:
    if declaration is None:
        return StructuredRules()

    def keys(patterns: Sequence[LocatedStr]) -> list[str]:
        return [name for p in patterns for name in registrable(p, scope)]

    return StructuredRules(
        shared=keys(declaration.keys),
        always=keys(declaration.always),
        delegates=keys(declaration.delegates),
    )


def _structured_kernels(
    entry: _Entry,
    delegate: LocatedStr | None,
    rule: StructuredRules,
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
                report_two_kernels(
                    entry.name, key.name, entry.spans[key.name], span, scope.collector
                )
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
