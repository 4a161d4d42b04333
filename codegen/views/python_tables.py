"""Makes the text of all operators' dispatch tables: layers, and where they differ.

Note [Layers of tables]. All tables of a dispatcher are made of the same few layers: the
fallbacks, then for each alias key with a kernel the slots that it serves, then the kernels
of runtime keys. A later layer covers an earlier one, but for slots in which an alias key
steps back or is ambiguous; that depends on the keys with kernels alone. So a table is known
from the layers, the operator's keys, and what is written here for just these keys, which for
nearly all operators is nothing. `evaluate` decides all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from codegen.model import Model
from codegen.quoting import python_string
from codegen.runtime.python.loading import format_entry
from codegen.runtime.python.table import (
    Outcome,
    Step,
    TableEntry,
    TableRules,
    evaluate,
)
from codegen.views.python_rows import LayerRow, PatternRow, TablesView

_WORDS = {Outcome.YIELDS: "steps back for", Outcome.AMBIGUOUS: "is ambiguous with"}


def tables_view(model: Model) -> TablesView:
    """All tables: see Note [Layers of tables]."""
    rules = model.rules
    operators: dict[tuple[str, ...], list[str]] = {}
    for operator in model.operators.values():
        operators.setdefault(tuple(operator.kernels), []).append(operator.name)
    return TablesView(
        fallbacks=tuple(
            f"{slot}: {_shown(rules.fallbacks[slot])}"
            for slot in rules.slots
            if slot in rules.fallbacks
        ),
        aliases=tuple(
            LayerRow(
                _entry(TableEntry(rule.alias, rule.reason)),
                tuple(slot for slot in rules.slots if slot in rule.slots),
            )
            for rule in reversed(rules.aliases)
        ),
        patterns=tuple(_patterns(rules, operators)),
    )


def _patterns(
    rules: TableRules, operators: Mapping[tuple[str, ...], list[str]]
) -> Iterator[PatternRow]:
    for keys in sorted(operators):
        rows = tuple(_differences(rules, keys))
        if rows:
            yield PatternRow(", ".join(keys), rows, tuple(operators[keys]))


def _differences(rules: TableRules, keys: tuple[str, ...]) -> Iterator[str]:
    """The slots in which an alias key steps back if there are kernels for these keys."""
    kernels = {key: key for key in keys}
    possible = {
        slot
        for rule in rules.aliases
        if rule.alias in kernels
        for slot in (*rule.yields_to, rule.ambiguous_slot)
    }
    for slot in rules.slots:
        if slot not in possible:
            continue
        steps = tuple(evaluate(rules, kernels, slot))
        because = [step for step in steps if step.because]
        if because:
            entry = steps[-1].entry
            shown = "no kernel" if entry is None else _entry(entry)
            yield f"{slot}: {shown}, as {_joined(because)}"


def _joined(steps: Iterable[Step]) -> str:
    return " and ".join(
        f"{step.key} {_WORDS[step.outcome]} {', '.join(step.because)}" for step in steps
    )


def _entry(entry: TableEntry) -> str:
    return format_entry(TableEntry(_shown(entry.kernel), _shown(entry.reason)))


def _shown(text: str) -> str:
    """A text of users: as a literal if it could be taken for something else."""
    return text if text.isprintable() and text.strip() == text else python_string(text)
