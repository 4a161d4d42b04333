"""Functions of torchgen's YAML by what they are variants of.

Note [Groups]. Functions are variants of one another if they are alike in all but how they
give their results: freshly made (functional), in `self` (in-place, by a `_` behind the
name), in arguments behind the `*` (out), or in other arguments (mutable). They are, if
these are equal: the name, without what marks it as in-place or `_functional`; the
arguments with their defaults as they are written, but for annotations, those that
results go to, and options of factories; and the types of all results, where an argument
that is written to and not returned counts as a result too, after the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

from codegen.diagnostics import Collector
from codegen.runtime.python.schema import (
    Alias,
    Argument,
    ListType,
    OptionalType,
    SchemaType,
    SimpleType,
)
from codegen.torchgen.function import Function
from codegen.torchgen.variant_rules import VariantRules

FUNCTIONAL_SUFFIX: Final = "_functional"
TENSOR: Final = frozenset({"Tensor"})
_SCRATCH: Final = "_scratch_"

_DUNDER: Final = re.compile(r"__([^_]+)__", re.ASCII)
# What ends an argument, opens and closes brackets; strings, which may hold any of them.
_MARK: Final = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[()\[\],]""")


# ---- functions as the rules see them


class Kind(Enum):
    """How a function gives its results; Note [Groups]."""

    FUNCTIONAL = "functional"
    INPLACE = "in-place"
    OUT = "out"
    MUTABLE = "mutable"
    # Takes what it works in as arguments too; nothing is derived from it.
    SCRATCH = "scratch"


class _Stem(NamedTuple):
    """A function's name, without what marks it as a variant."""

    name: str
    is_dunder: bool
    is_inplace: bool

    def spelt(self, suffix: str = "") -> str:
        return f"__{self.name}__" if self.is_dunder else f"{self.name}{suffix}"


def _stem(name: str) -> _Stem:
    dunder = _DUNDER.fullmatch(name)
    if dunder is not None:
        # Python has no other operators whose names begin so: `__iadd__`, `__ior__`.
        is_inplace = dunder[1].startswith("i")
        return _Stem(dunder[1][is_inplace:], True, is_inplace)
    is_inplace = name.endswith("_")
    return _Stem(
        name.removesuffix("_").removesuffix(FUNCTIONAL_SUFFIX), False, is_inplace
    )


class Part(NamedTuple):
    """An argument or return, and how its entry writes it."""

    argument: Argument
    text: str

    @property
    def alias(self) -> Alias | None:
        """Its annotation; of a list without one of its own, that of its elements."""
        alias = self.argument.alias
        return alias if alias is None or alias.before else alias.element

    def bare(self) -> Part:
        """It without its annotation."""
        return self if self.argument.alias is None else self.with_alias(None)

    def with_alias(self, alias: Alias | None) -> Part:
        a = self.argument
        return part_of(
            Argument(a.name, a.type, a.default, a.has_default, a.kwarg_only, alias)
        )


def part_of(argument: Argument) -> Part:
    """One that no entry writes."""
    return Part(argument, str(argument))


@dataclass(frozen=True, slots=True)
class Member:
    """A function of a group.

    Attributes:
        arguments: all but those for results.
        outs: arguments for results, behind the `*`.
        returned: the annotations of its returns.
        written: arguments that are written to and not returned.
    """

    function: Function
    stem: _Stem
    kind: Kind
    arguments: tuple[Part, ...]
    outs: tuple[Part, ...]
    returns: tuple[Part, ...]
    written: tuple[Part, ...]

    @property
    def operator(self) -> str:
        """Its name without namespace."""
        return self.function.operator

    @property
    def self_argument(self) -> Part | None:
        return _self(self.arguments)

    @property
    def has_tensor_return(self) -> bool:
        return any(holds(part.argument.type, TENSOR) for part in self.returns)

    @property
    def cannot_have_out(self) -> bool:
        """Whether there is nothing that could be an out argument."""
        return self.kind is not Kind.INPLACE and not self.has_tensor_return


def _self(arguments: Sequence[Part]) -> Part | None:
    for part in arguments:
        if part.argument.name == "self" and not part.argument.kwarg_only:
            return part
    return None


def _member(function: Function) -> Member:
    schema = function.schema
    texts = _written_arguments(function.text)
    arguments: list[Part] = []
    outs: list[Part] = []
    for part in map(Part, schema.arguments, texts):
        (outs if is_out(part.argument) else arguments).append(part)
    own = _self(arguments)
    behind_self = arguments.index(own) + 1 if own is not None else 0
    others = [part for part in arguments[behind_self:] if part.argument.is_write]
    stem = _stem(schema.name.rpartition("::")[2])
    returned = tuple(map(part_of, schema.returns))
    aliases = [part.alias for part in returned]
    own_written = [own] if own is not None and own.argument.is_write else []
    written = [*own_written, *outs, *others]
    return Member(
        function=function,
        stem=stem,
        kind=_kind(stem, outs, others),
        arguments=tuple(arguments),
        outs=tuple(outs),
        returns=returned,
        written=tuple([part for part in written if part.alias not in aliases]),
    )


def _kind(stem: _Stem, outs: Sequence[Part], others: Sequence[Part]) -> Kind:
    if stem.is_inplace:
        return Kind.INPLACE
    if any(part.argument.name.startswith(_SCRATCH) for part in outs):
        return Kind.SCRATCH
    if outs:
        return Kind.OUT
    return Kind.MUTABLE if others else Kind.FUNCTIONAL


def is_out(argument: Argument) -> bool:
    """Whether a result goes to it."""
    return argument.kwarg_only and argument.is_write


def holds(type: SchemaType, names: Set[str]) -> bool:
    """Whether a type is one of these, or is made of it by `?` and `[]`."""
    while isinstance(type, (ListType, OptionalType)):
        type = type.element
    return isinstance(type, SimpleType) and type.name in names


def _written_arguments(text: str) -> list[str]:
    """How a schema writes its arguments."""
    parts: list[str] = []
    depth = 0
    begin = text.index("(") + 1
    for found in _MARK.finditer(text):
        mark = found[0]
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth -= 1
        elif mark != ",":
            continue
        if depth == (mark == ","):
            parts.append(text[begin : found.start()].strip())
            begin = found.end()
            if depth == 0:
                break
    return [part for part in parts if part not in ("", "*")]


# ---- groups

Group = Mapping[Kind, Member]
"""Functions that are variants of one another, one of a kind."""


def groups(
    functions: Sequence[Function], rules: VariantRules, collector: Collector
) -> list[Group]:
    """The functions by Note [Groups], in the order of the first of each."""
    found: dict[tuple[object, ...], dict[Kind, Member]] = {}
    for function in functions:
        member = _member(function)
        group = found.setdefault(_group_key(member, rules), {})
        other = group.setdefault(member.kind, member)
        if other is not member:
            collector.error(
                "DG212",
                f"`{function.name}` and `{other.function.name}` differ only in name: "
                "they take and return the same",
                function.span,
                related=[("the other one is declared here", other.function.span)],
                help="remove one of them, or change what one of them takes",
            )
    return list(found.values())


def _group_key(member: Member, rules: VariantRules) -> tuple[object, ...]:
    replaced = rules.grouped_as.get(member.operator, {})
    arguments = signature(member, rules)
    return (
        member.function.name.partition("::")[0],
        member.stem.name,
        member.stem.is_dunder,
        tuple([replaced.get(part.text, part.text) for part in arguments]),
        len([part for part in arguments if part.argument.kwarg_only]),
        tuple([part.argument.type for part in (*member.returns, *member.written)]),
    )


def signature(member: Member, rules: VariantRules) -> list[Part]:
    """The arguments without annotations and without options of factories."""
    return [part.bare() for part in _without_options(member.arguments, rules.options)]


def _without_options(
    arguments: tuple[Part, ...], options: Sequence[tuple[str, str]]
) -> tuple[Part, ...]:
    """The arguments without the options, if all of these stand there in their order."""
    count = len(options)
    names = [part.argument.name for part in arguments]
    if not options or options[0][1] not in names:
        return arguments
    for start in range(len(arguments) - count + 1):
        block = arguments[start : start + count]
        if all(
            part.argument.kwarg_only
            and part.argument.name == name
            and str(part.argument.type).removesuffix("?") == type
            for part, (type, name) in zip(block, options, strict=True)
        ):
            return arguments[:start] + arguments[start + count :]
    return arguments


# ---- groups by name


class VariantGroup(NamedTuple):
    """Functions of one group, by name; of each kind there is one or none."""

    functional: str
    out: str
    inplace: str | None
    mutable: str | None


def packet_stem(name: str) -> tuple[str, str, bool]:
    """What the functions of a group share of their names.

    Args:
        name: with namespace and overload.
    """
    namespace, _, rest = name.partition("::")
    stem = _stem(rest.partition(".")[0])
    return namespace, stem.name, stem.is_dunder


def variant_groups(
    functions: Sequence[Function], rules: VariantRules
) -> list[VariantGroup]:
    """The groups that torchgen writes code for: with a functional and an out variant."""
    found = []
    for group in groups(functions, rules, Collector()):
        names = {kind: member.function.name for kind, member in group.items()}
        if Kind.FUNCTIONAL in names and Kind.OUT in names:
            found.append(
                VariantGroup(
                    names[Kind.FUNCTIONAL],
                    names[Kind.OUT],
                    names.get(Kind.INPLACE),
                    names.get(Kind.MUTABLE),
                )
            )
    return found
