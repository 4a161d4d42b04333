"""The functions of torchgen's YAML, and the variants of them that torchgen adds.

Reads declarations of operators; returns functions. Knows no operator, key or tag by name:
those that a rule treats apart are `VariantRules`. `groups` says which functions are
variants of one another, `derivations` what is added to a group, and `autogen` whether the
YAML says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from codegen.diagnostics import Collector
from codegen.entries import own_kernels, read_entries, report_two_kernels, tags_of
from codegen.schema.operators import OperatorDecl
from codegen.source import Span
from codegen.torchgen.autogen import check_autogen
from codegen.torchgen.derivations import derive
from codegen.torchgen.function import Function
from codegen.torchgen.groups import (
    VariantGroup,
    groups,
    packet_stem,
    variant_groups,
)
from codegen.torchgen.variant_rules import VariantRules

__all__ = [
    "VariantGroup",
    "VariantRules",
    "derived_variants",
    "packet_stem",
    "read_functions",
    "variant_groups",
]


def read_functions(
    declared: Iterable[tuple[OperatorDecl, str | None]], collector: Collector
) -> list[Function]:
    """Every entry as a function, in their order. Reports DG201 and DG211 to DG213.

    Args:
        declared: entries, each with its namespace if its schema names none.
        collector: gets what is wrong.
    """
    entries = read_entries(declared, collector)
    functions = []
    for entry in entries.values():
        kernels: dict[str, str] = {}
        spans: dict[str, Span] = {}
        for key, kernel in own_kernels(entry.declaration, collector):
            if key in kernels:
                report_two_kernels(entry.name, key, key.span, spans[key], collector)
                continue
            kernels[str(key)] = str(kernel)
            spans[str(key)] = key.span
        functions.append(
            Function(
                name=entry.name,
                schema=entry.schema,
                text=entry.text,
                kernels=kernels,
                declaration=entry.declaration,
                is_derived=False,
                tags=tags_of(entry.declaration),
                span=entry.declaration.func.span,
            )
        )
    return functions


def derived_variants(
    functions: Sequence[Function], rules: VariantRules, collector: Collector
) -> list[Function]:
    """What torchgen adds to the functions, in its order. Reports DG212, DG218 and DG219."""
    known = {function.name: function for function in functions}
    found: list[Function] = []
    for group in groups(functions, rules, collector):
        derivation = derive(group, rules, known, collector)
        check_autogen(group, derivation, rules, known, collector)
        for function in derivation.functions:
            other = known.setdefault(function.name, function)
            if other is function:
                found.append(function)
            else:
                _report_known(function, other, collector)
    return found


def _report_known(function: Function, other: Function, collector: Collector) -> None:
    collector.error(
        "DG212",
        f"the operator `{function.name}` is derived, and there already",
        function.span,
        related=[("it is declared here", other.span)],
        help="give it another overload name, or make its arguments those of "
        "what it is a variant of",
    )
