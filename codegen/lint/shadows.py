"""Findings about kernels that serve several keys beside kernels for one of them.

Note [Shadows]. Such a kernel, an alias key's, may be kept out of a slot by a kernel that
another key has: where its alias key steps back for that key (`yields_to`), and where it
cannot be told which of the two is meant (`ambiguous`). That is as declared where another
of the operator's kernels takes the slot. Where none does, calls that arrive there get what
holds for operators without any kernel, or an error, though the operator has a kernel that
could have served: nobody sees it until then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from codegen.diagnostics import Diagnostic
from codegen.lint.kernels import kernels_here
from codegen.lint.tables import Pattern, patterns_with_aliases
from codegen.model import Model, Operator
from codegen.runtime.python.table import FALLBACK_REASON, Outcome, Step

# Of many names, so many are said.
_MOST: Final = 3


def ambiguous_slots(model: Model) -> Iterator[Diagnostic]:
    """DG313: a slot in which an alias key's kernel is ambiguous with others."""
    for pattern in patterns_with_aliases(model):
        for slot, tried in pattern.steps.items():
            if tried[-1].outcome is Outcome.AMBIGUOUS:
                for operator in pattern.operators:
                    yield _ambiguous(operator, slot, tried[-1])


def _ambiguous(operator: Operator, slot: str, step: Step) -> Diagnostic:
    alias, others = step.key, step.because
    return Diagnostic(
        "DG313",
        f"`{operator.name}` is ambiguous for `{slot}`: "
        f"it has a kernel for `{alias}`, and another for {_listed(others)}",
        operator.kernel_spans[others[0]],
        help=f"register a kernel for `{slot}` too, or remove one of these",
        related=kernels_here(operator, _elsewhere(operator, others[0], [alias])),
        subject=operator.name,
    )


def shadowed_kernels(model: Model) -> Iterator[Diagnostic]:
    """DG314: slots from which kernels keep an alias key's kernel, and that get no other."""
    for pattern in patterns_with_aliases(model):
        for alias, slots in _left(pattern).items():
            for operator in pattern.operators:
                yield _shadowed(operator, alias, slots)


def _left(pattern: Pattern) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By alias key and slot: for which keys the alias key's kernel steps back there.

    Without those that step back everywhere: DG306 is about these.
    """
    found: dict[str, dict[str, Sequence[str]]] = {}
    for slot, tried in pattern.steps.items():
        if tried[-1].reason == FALLBACK_REASON:
            for step in tried:
                if step.outcome is Outcome.YIELDS and step.key not in pattern.unused:
                    found.setdefault(step.key, {})[slot] = step.because
    return found


def _shadowed(
    operator: Operator, alias: str, slots: Mapping[str, Sequence[str]]
) -> Diagnostic:
    keys = list(dict.fromkeys(key for because in slots.values() for key in because))
    one = len(keys) == 1
    these = "that slot" if len(slots) == 1 else "these slots"
    return Diagnostic(
        "DG314",
        f"the kernel{'' if one else 's'} of `{operator.name}` for {_listed(keys)} "
        f"keep{'s' if one else ''} its kernel for `{alias}` out of {_listed(slots)}, "
        "where it has no other kernel",
        operator.kernel_spans[keys[0]],
        help=f"register a kernel for {these} too, or for an alias key that fills "
        f"{'it' if len(slots) == 1 else 'them'}, or remove "
        f"{'the one' if one else 'those'} for {_listed(keys)}",
        related=kernels_here(operator, _elsewhere(operator, keys[0], [alias])),
        subject=operator.name,
    )


def _elsewhere(operator: Operator, key: str, others: Sequence[str]) -> list[str]:
    """The keys whose kernels have another place than that of a key."""
    spans = operator.kernel_spans
    return [other for other in others if spans[other] != spans[key]]


def _listed(names: Collection[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    if len(quoted) > _MOST + 1:
        quoted[_MOST:] = [f"{len(quoted) - _MOST} others"]
    *first, last = quoted
    return f"{', '.join(first)} and {last}" if first else last
