"""Operators: their names, and which kernel each key gets from their entries.

Note [Replaced operators]. An operator is declared once, in a file of torchgen's YAML or
beside them. But what a base declares may be an excerpt of a file that is named above it,
as the operators of built-in declarations are: then the file's entry takes the place of the
base's, all of whose kernels go with it. Kernels that the file does not have can stand in
the `kernels` section.
Nothing replaces an entry of a file, nor one of the same layer or of one above.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from codegen.diagnostics import did_you_mean
from codegen.entries import own_kernels, read_entries, report_two_kernels, tags_of
from codegen.located import LocatedStr
from codegen.model import KeyKind, Operator, Structured
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.resolve.registrable import registrable
from codegen.resolve.tags import check_tags
from codegen.resolve.torchgen import torchgen_functions
from codegen.schema.operators import OperatorDecl, StructuredRuleDecl
from codegen.source import Span
from codegen.torchgen.function import Function
from codegen.torchgen.registrations import (
    Registration,
    StructuredRules,
    has_default,
    registrations_of_entries,
)


@dataclass(slots=True)
class _Entry:
    """An operator while its kernels are found; all of them are in `kernels`."""

    function: Function
    kernels: dict[str, str] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    structured: Structured | None = None

    @property
    def declaration(self) -> OperatorDecl:
        return self.function.declaration

    def register(self, found: Mapping[str, Registration], span: Span) -> None:
        """Add kernels that follow from it."""
        for key, registration in found.items():
            self.kernels.setdefault(key, registration.kernel)
            self.spans.setdefault(key, span)


def resolve_operators(declared: Declarations, scope: Scope) -> dict[str, Operator]:
    """By name; those of one name together, in the order of declaration. Reports DG201, DG202 and DG211 to DG214."""
    check_tags(declared, scope)
    entries = _entries(declared, scope)
    for entry in entries.values():
        _own_kernels(entry, scope)
    rules = declared.operator_rules
    default = _default_key(rules.default, scope)
    structured = _structured_rule(rules.structured, scope)
    in_files = _of_files(declared, default, structured, scope)
    entries = dict(_not_replaced(entries, in_files, declared, scope))
    _elsewhere(declared, {**entries, **in_files}, scope)
    _follow(entries, default, structured, scope)
    entries |= in_files
    _functionals(entries)
    values = {name: key.value for name, key in scope.keys.keys.items()}
    # Packets by name; overloads as declared, for the first that fits is called.
    ordered = sorted(entries.items(), key=lambda item: item[0].partition(".")[0])
    return {name: _operator(entry, values) for name, entry in ordered}


def _operator(entry: _Entry, values: Mapping[str, int]) -> Operator:
    function, declaration = entry.function, entry.declaration
    keys = sorted(entry.kernels, key=values.__getitem__)
    fake_module = declaration.fake_module
    is_derived = function.is_derived
    return Operator(
        name=function.name,
        schema=function.text,
        kernels={key: entry.kernels[key] for key in keys},
        kernel_spans={key: entry.spans[key] for key in keys},
        tags=function.tags,
        fake_module=None if fake_module is None else str(fake_module),
        const_written=declaration.use_const_ref_for_mutable_tensors,
        structured=entry.structured,
        span=function.span,
        device_guard=declaration.device_guard and not is_derived,
        one_device=declaration.device_check is None and not is_derived,
        registered_by_hand=(declaration.manual_kernel_registration and not is_derived),
    )


def _entries(declared: Declarations, scope: Scope) -> dict[str, _Entry]:
    return {
        name: _Entry(
            Function(
                name=name,
                schema=entry.schema,
                text=entry.text,
                kernels={},
                declaration=entry.declaration,
                is_derived=False,
                tags=tags_of(entry.declaration),
                span=entry.declaration.func.span,
            )
        )
        for name, entry in read_entries(declared.operators, scope.collector).items()
    }


def _of_files(
    declared: Declarations,
    default: str | None,
    rule: StructuredRules,
    scope: Scope,
) -> dict[str, _Entry]:
    """The operators of files in torchgen's YAML, derived variants last."""
    if not declared.operator_files:
        return {}
    entries: dict[str, _Entry] = {}
    reasons: dict[str, Mapping[str, Registration]] = {}
    rules = declared.operator_rules
    if rules.default is not None:
        # It may be named by an old name.
        key = None if default is None else rules.default.derive(default)
        rules = rules.model_copy(update={"default": key})
    for function, found in torchgen_functions(
        declared.operator_files, rules, rule, scope
    ):
        entries[function.name] = _Entry(function)
        entries[function.name].register(found, function.span)
        reasons[function.name] = found
    for name, found in reasons.items():
        _structure(entries[name], found, rule, entries, scope)
    return entries


def _not_replaced(
    entries: Mapping[str, _Entry],
    in_files: Mapping[str, _Entry],
    declared: Declarations,
    scope: Scope,
) -> Iterator[tuple[str, _Entry]]:
    """The entries without those that files above have. Reports DG212.

    Note [Replaced operators].
    """
    layer_of = declared.layer_of_file
    for name, entry in entries.items():
        other = in_files.get(name)
        if other is None:
            yield name, entry
            continue
        span = entry.declaration.func.span
        if layer_of.get(span.path, 0) < layer_of.get(other.function.span.path, 0):
            continue
        how = "derived" if other.function.is_derived else "declared"
        scope.collector.error(
            "DG212",
            f"the operator `{name}` comes from a file that `operators` names, too",
            span,
            related=[(f"it is {how} here", other.function.span)],
            help="remove one of them, or give it another overload name; "
            "kernels alone can stand in the `kernels` section",
        )


def _structure(
    entry: _Entry,
    found: Mapping[str, Registration],
    rule: StructuredRules,
    entries: Mapping[str, _Entry],
    scope: Scope,
) -> None:
    """Say which of its kernels are structured, if any. Reports DG214."""
    if entry.function.is_derived:
        return
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
        out=source.function.name,
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
                entry.function.name,
                name,
                pattern.span,
                entry.spans[name],
                scope.collector,
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


def _follow(
    entries: Mapping[str, _Entry],
    default: str | None,
    rule: StructuredRules,
    scope: Scope,
) -> None:
    """Add what follows from entries; what they say themselves stands.

    Reports DG213 for a kernel from elsewhere that a default one is there for, and DG214.
    """
    functions = [
        replace(entry.function, kernels=dict(entry.kernels))
        for entry in entries.values()
    ]
    found = registrations_of_entries(functions, default, rule)
    for name, entry in entries.items():
        declaration = entry.declaration
        span = declaration.func.span
        if default in entry.kernels and has_default(declaration):
            report_two_kernels(
                name, default, entry.spans[default], span, scope.collector
            )
        entry.register(
            found[name], (declaration.structured_delegate or declaration.func).span
        )
        _structure(entry, found[name], rule, entries, scope)


def _functionals(entries: Mapping[str, _Entry]) -> None:
    """Name in each structured operator the functional one of its group."""
    found: dict[str, str] = {}
    for entry in entries.values():
        if entry.structured is not None and not entry.function.schema.is_mutable:
            found.setdefault(entry.structured.out, entry.function.name)
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
    namespace = entry.function.name.partition("::")[0]
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


def _default_key(default: LocatedStr | None, scope: Scope) -> str | None:
    """The alias key of operators that declare no kernel. Reports DG201 and DG209."""
    key = None if default is None else scope.key(default, default.span)
    if key is None or default is None:
        return None
    if key.kind is not KeyKind.ALIAS:
        scope.collector.error(
            "DG209",
            f"`{key.name}` is no alias key and cannot serve every operator",
            default.span,
            help="name an alias key",
        )
        return None
    return key.name


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
