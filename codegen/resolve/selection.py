"""Which operators a selective build has.

Note [Selective builds]. What several sections and files select is joined as torchgen joins
them: an operator is in if one of them has it, and used for training if one of them uses it.
Everything is resolved before anything is left out, so that mistakes in what is left out
are found too, and a structured operator has its kernels although the out variant that
declares them is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, NamedTuple

from codegen.diagnostics import Collector, did_you_mean
from codegen.located import LocatedStr, brief
from codegen.model import Operator
from codegen.model_torch import TorchOptions
from codegen.resolve.keysets import Scope
from codegen.resolve.merge import Declarations
from codegen.resolve.registrable import registrable
from codegen.source import SELECT

# What Python calls the overload without a name.
_DEFAULT: Final = ".default"

# How many overloads a message names.
_SHOWN: Final = 5


class Selected(NamedTuple):
    """What a selection leaves.

    Attributes:
        operators: by name.
        left_out: the out variants that some of them delegate to and that are not there.
        torch: the extension of PyTorch, without what is about other operators.
    """

    operators: dict[str, Operator]
    left_out: dict[str, Operator]
    torch: TorchOptions | None


@dataclass(slots=True)
class _Choice:
    """What is said of a name: a packet's, or an operator's."""

    all_overloads: bool = False
    training: bool = False


@dataclass(slots=True)
class Selection:
    """What all sections and files select, joined; Note [Selective builds]."""

    everything: bool = False
    namespaces: set[str] = field(default_factory=set)
    choices: dict[str, _Choice] = field(default_factory=dict)

    def add(self, name: str, *, all_overloads: bool, training: bool) -> None:
        """Select an operator, or all overloads of a name without one."""
        choice = self.choices.setdefault(name, _Choice())
        choice.all_overloads |= all_overloads
        choice.training |= training

    def has(self, name: str) -> bool:
        """Whether an operator is selected."""
        if self.everything or name in self.choices or self._is_in_namespace(name):
            return True
        packet = self.choices.get(name.partition(".")[0])
        return packet is not None and packet.all_overloads

    def has_for_training(self, name: str) -> bool:
        """Whether an operator is selected, and so are its derivatives."""
        if self.everything or self._is_in_namespace(name):
            return True
        own = self.choices.get(name)
        packet = self.choices.get(name.partition(".")[0])
        return (own is not None and own.training) or (
            packet is not None and packet.all_overloads and packet.training
        )

    def _is_in_namespace(self, name: str) -> bool:
        return name.partition("::")[0] in self.namespaces


def for_selective_build(declared: Declarations) -> Declarations:
    """The declarations without rules that hold only where all operators are there."""
    is_whole = any(file.include_all_operators for file in declared.selected)
    torchgen = declared.operator_rules.torchgen
    if not declared.selections or is_whole or torchgen is None:
        return declared
    functionalize = torchgen.functionalize
    if functionalize is None or functionalize.in_selective_builds:
        return declared
    changed = torchgen.model_copy(update={"functionalize": None})
    rules = declared.operator_rules.model_copy(update={"torchgen": changed})
    return replace(declared, operator_rules=rules)


def select_operators(
    declared: Declarations,
    operators: dict[str, Operator],
    torch: TorchOptions | None,
    scope: Scope,
) -> Selected:
    """What is left of all operators; all of them if no section selects any.

    Reports DG103, DG201, DG202, DG209 and DG222.
    """
    if not declared.selections:
        return Selected(operators, {}, torch)
    selection = _selection(declared, operators, scope.collector)
    training_keys = {
        name
        for section in declared.selections
        for pattern in section.training_keys
        for name in registrable(pattern, scope)
    }
    kept = {
        name: (
            operator
            if selection.has_for_training(name)
            else _without(operator, training_keys)
        )
        for name, operator in operators.items()
        if selection.has(name)
    }
    outs = {o.structured.out for o in kept.values() if o.structured is not None}
    left_out = {name: operators[name] for name in sorted(outs - kept.keys())}
    return Selected(kept, left_out, _about(torch, kept, selection))


def _without(operator: Operator, keys: set[str]) -> Operator:
    if not keys & operator.kernels.keys():
        return operator
    kernels = {key: k for key, k in operator.kernels.items() if key not in keys}
    spans = {key: operator.kernel_spans[key] for key in kernels}
    return replace(operator, kernels=kernels, kernel_spans=spans)


def _about(
    torch: TorchOptions | None, kept: Mapping[str, Operator], selection: Selection
) -> TorchOptions | None:
    """The extension of PyTorch with derivatives only for what is used for training."""
    if torch is None:
        return None
    fake = {name: found for name, found in torch.fake.items() if name in kept}
    autograd = {
        name: found
        for name, found in torch.autograd.items()
        if name in kept and selection.has_for_training(name)
    }
    return replace(
        torch, fake=MappingProxyType(fake), autograd=MappingProxyType(autograd)
    )


# ---- what sections and files say


def _selection(
    declared: Declarations, operators: Mapping[str, Operator], collector: Collector
) -> Selection:
    known = _Known(operators)
    selection = Selection()
    problems = Collector()
    elsewhere: dict[str, LocatedStr] = {}
    for section in declared.selections:
        _report_twice(
            (section.operators, section.namespaces, section.files, section.elsewhere),
            problems,
        )
        for name in section.namespaces:
            if name in known.namespaces:
                selection.namespaces.add(str(name))
            else:
                _report_namespace(name, known, problems)
        for name in section.operators:
            exact = name.removesuffix(_DEFAULT)
            is_packet = exact == name and "." not in name
            if name in known.packets if is_packet else exact in operators:
                selection.add(exact, all_overloads=is_packet, training=True)
            else:
                known.report(name, problems)
        for name in section.elsewhere:
            if any(name in names for names in known.all_names):
                problems.error(
                    "DG202",
                    f"`{name}` is declared here, not elsewhere",
                    name.span,
                    help="remove it",
                )
            elsewhere[str(name)] = name
    for file in declared.selected:
        selection.everything |= file.include_all_operators
        for name, entry in file.operators.items():
            if entry.name is not None and entry.name != name:
                problems.error(
                    "DG103",
                    f"the entry of `{name}` is named `{brief(entry.name)}`",
                    entry.name.span,
                    help="remove `name`: the entry has one in front",
                )
            # An entry that torchgen passes over selects nothing here either.
            of_packet = entry.include_all_overloads and name in known.packets
            if of_packet or name in operators:
                selection.add(
                    str(name),
                    all_overloads=entry.include_all_overloads,
                    training=entry.is_used_for_training,
                )
            elif not any(part in elsewhere for part in _parts(name)):
                known.report(name, problems, in_file=True)
    collector.extend(problems)
    selects = selection.everything or selection.namespaces or selection.choices
    if not selects and not problems:
        collector.error(
            "DG222",
            "nothing is selected, so no operator would be left",
            declared.selections[0].span,
            help="name operators or namespaces, or remove the selection to have all",
        )
    return selection


def _parts(name: str) -> tuple[str, str, str]:
    """A name, the name of all its overloads, and its namespace."""
    return name, name.partition(".")[0], name.partition("::")[0]


def _report_twice(lists: Iterable[Sequence[LocatedStr]], collector: Collector) -> None:
    """DG202 for what one list has twice."""
    for names in lists:
        first: dict[str, LocatedStr] = {}
        for name in names:
            if name in first:
                collector.error(
                    "DG202",
                    f"`{brief(name)}` is given twice",
                    name.span,
                    related=[("it is first given here", first[name].span)],
                    help="remove one of them",
                )
            first.setdefault(str(name), name)


def _report_namespace(name: LocatedStr, known: _Known, collector: Collector) -> None:
    is_operator = any(name in names for names in known.all_names)
    collector.error(
        "DG201",
        f"no operator is in the namespace `{brief(name)}`",
        name.span,
        help=(
            "it is an operator: name it in `operators`"
            if is_operator
            else did_you_mean(name.removesuffix("::"), known.namespaces)
            or f"known: {', '.join(sorted(known.namespaces)) or 'none'}"
        ),
    )


class _Known:
    """The names that a selection can have."""

    def __init__(self, operators: Mapping[str, Operator]) -> None:
        self.operators = operators
        self.packets: dict[str, list[str]] = {}
        for name in operators:
            self.packets.setdefault(name.partition(".")[0], []).append(name)
        self.namespaces = {name.partition("::")[0] for name in self.packets}
        self.all_names = (self.operators, self.packets, self.namespaces)

    def report(
        self, name: LocatedStr, collector: Collector, *, in_file: bool = False
    ) -> None:
        """DG201, with what is meant."""
        packet, dot, overload = name.partition(".")
        shown = brief(name)
        overloads = self.packets.get(packet)
        if overloads is None:
            message = (
                f"there is no operator `{shown}`" if name else "no operator is named"
            )
            help = self._meant(name)
        elif dot and overload != "default":
            message = f"`{packet}` has no overload `{brief(overload)}`"
            help = did_you_mean(name, overloads) or _list(overloads)
        else:
            message = f"`{packet}` has no overload without a name"
            help = _list(overloads)
            if in_file and not dot:
                help = f"set `include_all_overloads: true`, or {help}"
        if help is None and in_file:
            help = "if it is declared elsewhere, say so in `elsewhere` of `selection`"
        collector.error("DG201", message, name.span, help=help)

    def _meant(self, name: LocatedStr) -> str | None:
        if "::" not in name:
            for namespace in sorted(self.namespaces):
                if self._is_name(whole := f"{namespace}::{name}"):
                    return f"did you mean `{whole}`?"
            if name in self.namespaces:
                is_option = name.span.path == SELECT
                where = f"`{name}::`" if is_option else f"`{name}` in `namespaces`"
                return f"for all operators of this namespace, write {where}"
        # The name is more likely to be right than the overload, or the other way round.
        packet, _, overload = name.partition(".")
        near = did_you_mean(packet, self.packets)
        if near is None or not overload:
            return near
        close = near.partition("`")[2].partition("`")[0]
        whole = f"{close}.{overload}"
        return f"did you mean `{whole}`?" if whole in self.operators else near

    def _is_name(self, name: str) -> bool:
        return name in self.operators or name in self.packets


def _list(overloads: Sequence[str]) -> str:
    shown = [f"`{name}`" for name in overloads[:_SHOWN]]
    more = len(overloads) - len(shown)
    return f"write {' or '.join(_with_more(shown, more))}"


def _with_more(shown: Sequence[str], more: int) -> Iterator[str]:
    yield from shown
    if more:
        yield f"one of {more} more"
