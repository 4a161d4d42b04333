"""Findings about the kernels of operators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from codegen.diagnostics import Diagnostic, Related
from codegen.lint.tables import patterns_with_aliases
from codegen.model import Key, Model, Operator
from codegen.runtime.python.registration import FALLTHROUGH
from codegen.runtime.python.table import FALLBACK_REASON, Step


def unused_kernels(model: Model) -> Iterator[Diagnostic]:
    """DG306: a kernel of an alias key, shadowed in each of its slots."""
    for pattern in patterns_with_aliases(model):
        for alias in sorted(pattern.unused):
            for operator in pattern.operators:
                yield _unused(model, operator, alias, pattern.steps)


def _unused(
    model: Model, operator: Operator, alias: str, steps: Mapping[str, Sequence[Step]]
) -> Diagnostic:
    rule = next(rule for rule in model.rules.aliases if rule.alias == alias)
    shadows: Counter[str] = Counter()
    for slot in model.rules.slots:
        if slot in rule.slots:
            stepped_back = [s.because for s in steps[slot] if s.key == alias]
            shadows.update(stepped_back[0] if stepped_back else [steps[slot][-1].key])
    registered = [key for key, _ in shadows.most_common() if key in operator.kernels]
    return Diagnostic(
        "DG306",
        f"the kernel of `{operator.name}` for `{alias}` fills no table slot: "
        + (
            "other kernels come before it in all of them"
            if rule.slots
            else f"`{alias}` stands for no key that has one"
        ),
        operator.kernel_spans[alias],
        help=(
            "remove it, or one of the kernels that shadow it"
            if rule.slots
            else f"remove it, or look at the keys of `{alias}`"
        ),
        related=kernels_here(operator, registered[:3]),
        subject=operator.name,
    )


def kernels_here(operator: Operator, keys: Iterable[str]) -> tuple[Related, ...]:
    """The places of an operator's kernels."""
    return tuple(
        Related(f"the kernel for `{key}` is here", operator.kernel_spans[key])
        for key in keys
    )


def unreached_backends(model: Model) -> Iterator[Diagnostic]:
    """DG307: a kernel that wraps those of a backend, and none that it could reach.

    A family of keys wraps when the fallback of one of them passes calls on.
    """
    wrapping = {
        model.keys[name].family
        for name, fallback in model.fallbacks.items()
        if fallback.spec.kernel == FALLTHROUGH or fallback.spec.redispatch_to
    }
    for operator in model.operators.values():
        for name in operator.kernels:
            key = model.keys[name]
            if key.member is None or key.family not in wrapping:
                continue
            if not _reaches(model, operator, key, wrapping):
                yield Diagnostic(
                    "DG307",
                    f"`{operator.name}` has a kernel for `{name}`, "
                    f"but reaches none on `{key.member}` itself",
                    operator.kernel_spans[name],
                    help=f"register a kernel for a key of `{key.member}` below `{name}`",
                    subject=operator.name,
                )


def _reaches(
    model: Model, operator: Operator, wrapper: Key, wrapping: set[str | None]
) -> bool:
    """Whether a slot of the wrapper's backend below it holds a kernel that does work."""
    layout = model.layout
    table = model.operator_table(operator.name)
    limit = layout.functionality_of(wrapper.value)
    for key in model.runtime_keys:
        entry = table.get(key.name)
        if entry is None or key.backend != wrapper.member or key.family in wrapping:
            continue
        if layout.functionality_of(key.value) >= limit:
            continue
        if entry.reason != FALLBACK_REASON or _does_work(model, key.name):
            return True
    return False


def _does_work(model: Model, name: str) -> bool:
    spec = model.fallbacks[name].spec
    return spec.message is None and spec.kernel != FALLTHROUGH
