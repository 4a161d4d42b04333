"""Tables of operators, for rules that look at all of them.

What fills a slot depends on which keys an operator has kernels for, and not on the
kernels. Of thousands of operators few hundred differ in that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from codegen.model import Model, Operator
from codegen.runtime.python.table import Step, TableRules, evaluate


class Pattern(NamedTuple):
    """Operators that have kernels for the same keys.

    Attributes:
        keys: these keys.
        steps: by slot, what is tried for it; alias keys without a kernel are left out.
        unused: the alias keys whose kernels decide no slot.
        operators: the operators, in their order.
    """

    keys: Set[str]
    steps: Mapping[str, Sequence[Step]]
    unused: Set[str]
    operators: Sequence[Operator]


def patterns_with_aliases(model: Model) -> Iterator[Pattern]:
    """The patterns that hold an alias key; where all keys are others, each fills its slot."""
    operators: dict[frozenset[str], list[Operator]] = {}
    for operator in model.operators.values():
        operators.setdefault(frozenset(operator.kernels), []).append(operator)
    for keys, alike in operators.items():
        registered = [rule for rule in model.rules.aliases if rule.alias in keys]
        if not registered:
            continue
        rules = TableRules(model.rules.slots, registered, model.rules.fallbacks)
        kernels = {key: key for key in keys}
        steps = {slot: tuple(evaluate(rules, kernels, slot)) for slot in rules.slots}
        deciding = {tried[-1].key for tried in steps.values()}
        unused = {rule.alias for rule in registered} - deciding
        yield Pattern(keys, steps, unused, alike)
