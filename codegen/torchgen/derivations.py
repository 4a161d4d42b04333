"""What torchgen adds to a group of functions: Note [Groups] in `codegen.torchgen.groups`.

Note [Derived variants]. A group lacks an out or a functional variant where no entry is
one. An out variant is derived if the `autogen` of the group's base asks for one; a
functional variant wherever there is none beside an out variant. The base is the mutable
variant if there is one, else the in-place, the out, the functional one. Nothing else is
ever derived.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import Final, NamedTuple

from codegen.diagnostics import Collector
from codegen.entries import names_in
from codegen.runtime.python.schema import (
    Alias,
    Argument,
    FunctionSchema,
    ListType,
    OptionalType,
    SchemaType,
)
from codegen.schema.operators import OperatorDecl
from codegen.source import Span
from codegen.torchgen.function import Function
from codegen.torchgen.groups import (
    FUNCTIONAL_SUFFIX,
    TENSOR,
    Group,
    Kind,
    Member,
    Part,
    holds,
    is_out,
    part_of,
    signature,
)
from codegen.torchgen.registrations import has_default
from codegen.torchgen.variant_rules import VariantRules

_SYMBOLIC: Final = frozenset({"SymInt"})

# What is derived is derived from the first of these that a group has.
_BASES: Final = (Kind.MUTABLE, Kind.INPLACE, Kind.OUT, Kind.FUNCTIONAL)


class Derivation(NamedTuple):
    """What is derived in a group.

    Attributes:
        base: what it is derived from.
        possible: the names of what could be derived, without namespace.
        why_not: why nothing is, as the end of a sentence.
    """

    base: Member | None
    functions: tuple[Function, ...] = ()
    possible: tuple[str, ...] = ()
    why_not: str | None = None


def derive(
    group: Group,
    rules: VariantRules,
    known: Mapping[str, Function],
    collector: Collector,
) -> Derivation:
    base = next((group[kind] for kind in _BASES if kind in group), None)
    why_not = _why_nothing(group, base, rules)
    if base is None or why_not is not None:
        return Derivation(base, why_not=why_not)
    if base.kind is Kind.OUT and len(group) == 1:
        if base.operator not in rules.unpaired:
            _report_lone_out(base, known, collector)
        return Derivation(base, why_not="it is an out variant itself")
    has_out = Kind.OUT in group
    possible = []
    if not has_out:
        why_not = _why_no_out(base)
        if why_not is not None:
            if base.cannot_have_out and base.operator not in rules.without_out:
                _report_no_tensor(base, collector)
            return Derivation(base, why_not=why_not)
        possible.append(_out_variant(base, rules))
    if Kind.FUNCTIONAL not in group:
        possible.append(_functional_variant(base, rules))
    names = tuple(function.operator for function in possible)
    if not has_out and not _asks_for_out(base):
        why_not = f"the `autogen` of `{base.operator}` does not name `{names[0]}`"
        return Derivation(base, possible=names, why_not=why_not)
    return Derivation(base, tuple(possible), names)


def _why_no_out(base: Member) -> str | None:
    """Why a function can have no out variant; None if it can."""
    if base.cannot_have_out:
        return f"`{base.operator}` returns no tensor"
    if base.kind is not Kind.INPLACE and any(p.argument.is_write for p in base.returns):
        return f"`{base.operator}` returns what it writes to"
    return None


def _asks_for_out(base: Member) -> bool:
    # Its name is not compared: what `autogen` names is checked below, all of it.
    return "out" in (base.function.declaration.autogen or "")


def _why_nothing(group: Group, base: Member | None, rules: VariantRules) -> str | None:
    """Why a group gets no variant whatever `autogen` says; None if it may."""
    members = [member.function for member in group.values()]
    if base is None:
        return "it works in what it is given"
    if all(member.declaration.manual_cpp_binding for member in members):
        return "its C++ binding is written by hand"
    if any(_is_view(member, rules) for member in group.values()):
        return "views have no such variants"
    is_core = any(rules.despite in member.tags for member in members)
    if all(_has_composite(m, rules) for m in members) and not is_core:
        return (
            f"it has a kernel for `{rules.unless}`, which calls others that have them"
        )
    inplace = group.get(Kind.INPLACE)
    if inplace is not None and inplace.operator in rules.unpaired:
        return "its group is one that gets none"
    return None


def _has_composite(function: Function, rules: VariantRules) -> bool:
    return rules.unless in function.kernels or (
        rules.unless_default and has_default(function.declaration)
    )


def _is_view(member: Member, rules: VariantRules) -> bool:
    name = member.operator.partition(".")[0]
    if name in rules.no_views:
        return False
    return (
        any(part.alias and not part.alias.is_write for part in member.returns)
        or rules.view_tag in member.function.tags
        or any(
            part.alias and "*" in part.alias.after
            for part in (*member.arguments, *member.outs)
        )
    )


def _out_variant(base: Member, rules: VariantRules) -> Function:
    """The variant that gives its results in arguments behind the `*`."""
    if base.kind is Kind.INPLACE:
        own = base.self_argument
        assert own is not None, base.operator
        a = own.argument
        arguments = [part.bare() if part is own else part for part in base.arguments]
        outs = [part_of(Argument("out", a.type, kwarg_only=True, alias=a.alias))]
        returns = list(base.returns)
    else:
        arguments = list(base.arguments)
        if base.kind is Kind.FUNCTIONAL:
            arguments = signature(base, rules)
        outs, returns = _results_as_arguments(base)
    overload = base.function.schema.overload
    overload = f"{overload}_out" if overload else "out"
    name = base.stem.spelt()
    # The overload too: variants of one name are told apart by it.
    return _function(
        base, name, overload, [*arguments, *outs], returns, f"{name}_{overload}", rules
    )


def _results_as_arguments(base: Member) -> tuple[list[Part], list[Part]]:
    """An out argument for each return that is made of tensors, and what is returned.

    They are returned as well if there is nothing but plain tensors.
    """
    returns = base.returns
    are_tensors = all(part.argument.is_tensor for part in returns)
    outs: list[Part] = []
    kept: list[Part] = []
    for number, (part, free) in enumerate(zip(returns, _free_sets(base), strict=False)):
        type = part.argument.type
        if not holds(type, TENSOR):
            kept.append(part)
            continue
        name = "out" if len(returns) == 1 else f"out{number}"
        alias = _writing(type, Alias((free,), (free,), is_write=True))
        outs.append(part_of(Argument(name, type, kwarg_only=True, alias=alias)))
        if are_tensors:
            kept.append(part_of(Argument("", type, alias=alias)))
    return outs, kept


def _free_sets(member: Member) -> Iterator[str]:
    """Names of alias sets that none of the arguments is in."""
    used = {
        name
        for part in (*member.arguments, *member.outs)
        if part.alias is not None
        for name in part.alias.before
    }
    for length in itertools.count(1):
        for letters in itertools.product(ascii_lowercase, repeat=length):
            if "".join(letters) not in used:
                yield "".join(letters)


def _writing(type: SchemaType, alias: Alias) -> Alias:
    """An annotation of tensors as that of what holds them: `Tensor(a!)[]`."""
    if isinstance(type, OptionalType):
        return _writing(type.element, alias)
    if isinstance(type, ListType):
        return Alias((), (), alias.is_write, _writing(type.element, alias))
    return alias


def _functional_variant(base: Member, rules: VariantRules) -> Function:
    """The variant that writes to no argument."""
    returns = [part.bare() for part in base.returns]
    for part in base.written:
        returns.append(
            part_of(Argument(f"{part.argument.name}_out", part.argument.type))
        )
    # It may have the arguments of a mutable one: by its own name it is told apart.
    suffix = FUNCTIONAL_SUFFIX if base.kind is Kind.MUTABLE else ""
    name = base.stem.spelt(suffix)
    overload = base.function.schema.overload
    return _function(base, name, overload, signature(base, rules), returns, name, rules)


def _function(
    base: Member,
    name: str,
    overload: str,
    arguments: Sequence[Part],
    returns: Sequence[Part],
    kernel: str,
    rules: VariantRules,
) -> Function:
    function = base.function
    operator = f"{name}.{overload}" if overload else name
    if any(holds(part.argument.type, _SYMBOLIC) for part in base.arguments):
        kernel += "_symint"
    has_out = any(is_out(part.argument) for part in arguments)
    tags = (
        *rules.tags,
        *(rules.out_tags if has_out else ()),
        *(tag for tag in rules.inherited_tags if tag in function.tags),
    )
    prefix = "".join(function.schema.name.rpartition("::")[:2])
    return Function(
        name=f"{function.name.partition('::')[0]}::{operator}",
        schema=FunctionSchema(
            f"{prefix}{name}",
            overload,
            tuple(part.argument for part in arguments),
            tuple(part.argument for part in returns),
        ),
        text=_text(operator, arguments, returns),
        kernels={rules.key: kernel},
        declaration=function.declaration,
        is_derived=True,
        tags=tuple(dict.fromkeys(tags)),
        span=_place(function.declaration, operator),
    )


def _text(operator: str, arguments: Sequence[Part], returns: Sequence[Part]) -> str:
    positional = [part.text for part in arguments if not part.argument.kwarg_only]
    others = [part.text for part in arguments if part.argument.kwarg_only]
    listed = ", ".join([*positional, *(["*"] if others else []), *others])
    results = ", ".join(part.text for part in returns)
    return f"{operator}({listed}) -> {results if len(returns) == 1 else f'({results})'}"


def _place(declaration: OperatorDecl, operator: str) -> Span:
    """Where `autogen` names it, else the place of the schema."""
    if declaration.autogen is not None:
        for name in names_in(declaration.autogen):
            if name == operator:
                return name.span
    return declaration.func.span


# ---- groups that lack a variant


def _report_no_tensor(base: Member, collector: Collector) -> None:
    collector.error(
        "DG219",
        f"`{base.operator}` can have no out variant: it returns no tensor",
        base.function.span,
        help=f"add `{base.operator}` to the functions that need none",
    )


def _report_lone_out(
    out: Member, known: Mapping[str, Function], collector: Collector
) -> None:
    """DG219, for an out variant of nothing."""
    packet = out.function.name.partition("::")[0] + f"::{out.stem.spelt()}"
    collector.error(
        "DG219",
        f"`{out.operator}` is an out variant of nothing",
        out.function.span,
        related=[
            (f"`{other.operator}` takes or returns something else", other.span)
            for name, other in known.items()
            if name.partition(".")[0] == packet and _is_functional(other)
        ],
        help="a variant has the same arguments, with the same names, types and defaults "
        "as they are written",
    )


def _is_functional(function: Function) -> bool:
    return not function.schema.is_mutable
