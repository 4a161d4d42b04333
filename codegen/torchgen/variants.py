"""The functions of torchgen's YAML, and the variants of them that torchgen adds.

Reads declarations of operators; returns functions. Knows no operator, key or tag by name:
those that a rule treats apart are `VariantRules`.

Note [Groups]. Functions are variants of one another if they are alike in all but how they
give their results: freshly made (functional), in `self` (in-place, by a `_` behind the
name), in arguments behind the `*` (out), or in other arguments (mutable). They are, if
these are equal: the name, without what marks it as in-place or `_functional`; the
arguments with their defaults as they are written, but for annotations, those that
results go to, and options of factories; and the types of all results, where an argument
that is written to and not returned counts as a result too, after the others.

A group lacks an out or a functional variant where no entry is one. An out variant is
derived if the `autogen` of the group's base asks for one; a functional variant wherever
there is none beside an out variant. The base is the mutable variant if there is one,
else the in-place, the out, the functional one. Nothing else is ever derived.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from string import ascii_lowercase
from types import MappingProxyType
from typing import Final, NamedTuple

from codegen.diagnostics import Collector, did_you_mean
from codegen.entries import (
    names_in,
    own_kernels,
    read_entries,
    report_two_kernels,
    tags_of,
)
from codegen.located import LocatedStr
from codegen.runtime.python.schema import (
    Alias,
    Argument,
    FunctionSchema,
    ListType,
    OptionalType,
    SchemaType,
    SimpleType,
)
from codegen.schema.operators import OperatorDecl
from codegen.source import Span
from codegen.torchgen.function import Function

_FUNCTIONAL: Final = "_functional"
_SCRATCH: Final = "_scratch_"
_TENSOR: Final = frozenset({"Tensor"})
_SYMBOLIC: Final = frozenset({"SymInt"})

_DUNDER: Final = re.compile(r"__([^_]+)__", re.ASCII)
# What ends an argument, opens and closes brackets; strings, which may hold any of them.
_MARK: Final = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[()\[\],]""")


class VariantRules(NamedTuple):
    """What the rules say of keys, tags and operators by name. Operators have no namespace.

    Attributes:
        key: that a derived variant gets its kernel for.
        unless: a key: nothing is derived from functions that all have a kernel for it.
        unless_default: whether an entry without `dispatch` that is not structured counts
            as one with a kernel for `unless`.
        despite: a tag: of functions one of which has it, `unless` does not hold.
        tags: that every derived variant gets.
        out_tags: that those with out arguments get too.
        inherited_tags: that it gets if its base has them.
        view_tag: of an in-place function whose result is a view.
        no_views: functions that are no views, whatever their tags and annotations say;
            names without overloads.
        unpaired: out variants of nothing, and in-place functions whose groups get
            nothing derived.
        without_out: functions that return no tensor and need no out variant.
        in_vain: names in `autogen` that nothing is derived for and that may stay.
        options: type and name of arguments that a factory has, and its out variant not.
        grouped_as: by function: arguments, and what they are for Note [Groups].
    """

    key: str
    unless: str
    unless_default: bool = True
    despite: str = ""
    tags: tuple[str, ...] = ()
    out_tags: tuple[str, ...] = ()
    inherited_tags: tuple[str, ...] = ()
    view_tag: str = ""
    no_views: Set[str] = frozenset()
    unpaired: Set[str] = frozenset()
    without_out: Set[str] = frozenset()
    in_vain: Set[str] = frozenset()
    options: tuple[tuple[str, str], ...] = ()
    grouped_as: Mapping[str, Mapping[str, str]] = MappingProxyType({})


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
    for group in _groups(functions, rules, collector):
        derivation = _derive(group, rules, known, collector)
        _check_autogen(group, derivation, rules, known, collector)
        for function in derivation.functions:
            other = known.setdefault(function.name, function)
            if other is function:
                found.append(function)
            else:
                _report_known(function, other, collector)
    return found


# ---- functions as the rules see them


class _Kind(Enum):
    """How a function gives its results; Note [Groups]."""

    FUNCTIONAL = "functional"
    INPLACE = "in-place"
    OUT = "out"
    MUTABLE = "mutable"
    # Takes what it works in as arguments too; nothing is derived from it.
    SCRATCH = "scratch"


# What is derived is derived from the first of these that a group has.
_BASES: Final = (_Kind.MUTABLE, _Kind.INPLACE, _Kind.OUT, _Kind.FUNCTIONAL)


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
    return _Stem(name.removesuffix("_").removesuffix(_FUNCTIONAL), False, is_inplace)


class _Part(NamedTuple):
    """An argument or return, and how its entry writes it."""

    argument: Argument
    text: str

    @property
    def alias(self) -> Alias | None:
        """Its annotation; of a list without one of its own, that of its elements."""
        alias = self.argument.alias
        return alias if alias is None or alias.before else alias.element

    def bare(self) -> _Part:
        """It without its annotation."""
        return self if self.argument.alias is None else self.with_alias(None)

    def with_alias(self, alias: Alias | None) -> _Part:
        a = self.argument
        return _part(
            Argument(a.name, a.type, a.default, a.has_default, a.kwarg_only, alias)
        )


def _part(argument: Argument) -> _Part:
    return _Part(argument, str(argument))


@dataclass(frozen=True, slots=True)
class _Member:
    """A function of a group.

    Attributes:
        arguments: all but those for results.
        outs: arguments for results, behind the `*`.
        returned: the annotations of its returns.
        written: arguments that are written to and not returned.
    """

    function: Function
    stem: _Stem
    kind: _Kind
    arguments: tuple[_Part, ...]
    outs: tuple[_Part, ...]
    returns: tuple[_Part, ...]
    written: tuple[_Part, ...]

    @property
    def operator(self) -> str:
        """Its name without namespace."""
        return _operator(self.function)

    @property
    def self_argument(self) -> _Part | None:
        return _self(self.arguments)

    @property
    def has_tensor_return(self) -> bool:
        return any(_holds(part.argument.type, _TENSOR) for part in self.returns)

    @property
    def cannot_have_out(self) -> bool:
        """Whether there is nothing that could be an out argument."""
        return self.kind is not _Kind.INPLACE and not self.has_tensor_return


def _operator(function: Function) -> str:
    return function.name.rpartition("::")[2]


def _self(arguments: Sequence[_Part]) -> _Part | None:
    for part in arguments:
        if part.argument.name == "self" and not part.argument.kwarg_only:
            return part
    return None


def _member(function: Function) -> _Member:
    schema = function.schema
    texts = _written_arguments(function.text)
    arguments: list[_Part] = []
    outs: list[_Part] = []
    for part in map(_Part, schema.arguments, texts):
        (outs if _is_out(part.argument) else arguments).append(part)
    own = _self(arguments)
    behind_self = arguments.index(own) + 1 if own is not None else 0
    others = [part for part in arguments[behind_self:] if part.argument.is_write]
    stem = _stem(schema.name.rpartition("::")[2])
    returned = tuple(map(_part, schema.returns))
    aliases = [part.alias for part in returned]
    own_written = [own] if own is not None and own.argument.is_write else []
    written = [*own_written, *outs, *others]
    return _Member(
        function=function,
        stem=stem,
        kind=_kind(stem, outs, others),
        arguments=tuple(arguments),
        outs=tuple(outs),
        returns=returned,
        written=tuple([part for part in written if part.alias not in aliases]),
    )


def _kind(stem: _Stem, outs: Sequence[_Part], others: Sequence[_Part]) -> _Kind:
    if stem.is_inplace:
        return _Kind.INPLACE
    if any(part.argument.name.startswith(_SCRATCH) for part in outs):
        return _Kind.SCRATCH
    if outs:
        return _Kind.OUT
    return _Kind.MUTABLE if others else _Kind.FUNCTIONAL


def _is_out(argument: Argument) -> bool:
    return argument.kwarg_only and argument.is_write


def _holds(type: SchemaType, names: Set[str]) -> bool:
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

_Group = Mapping[_Kind, _Member]


def _groups(
    functions: Sequence[Function], rules: VariantRules, collector: Collector
) -> list[_Group]:
    """The functions by Note [Groups], in the order of the first of each."""
    groups: dict[tuple[object, ...], dict[_Kind, _Member]] = {}
    for function in functions:
        member = _member(function)
        group = groups.setdefault(_group_key(member, rules), {})
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
    return list(groups.values())


def _group_key(member: _Member, rules: VariantRules) -> tuple[object, ...]:
    replaced = rules.grouped_as.get(member.operator, {})
    arguments = _signature(member, rules)
    return (
        member.function.name.partition("::")[0],
        member.stem.name,
        member.stem.is_dunder,
        tuple([replaced.get(part.text, part.text) for part in arguments]),
        len([part for part in arguments if part.argument.kwarg_only]),
        tuple([part.argument.type for part in (*member.returns, *member.written)]),
    )


def _signature(member: _Member, rules: VariantRules) -> list[_Part]:
    """The arguments without annotations and without options of factories."""
    return [part.bare() for part in _without_options(member.arguments, rules.options)]


def _without_options(
    arguments: tuple[_Part, ...], options: Sequence[tuple[str, str]]
) -> tuple[_Part, ...]:
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


# ---- what is derived


class _Derivation(NamedTuple):
    """What is derived in a group.

    Attributes:
        base: what it is derived from.
        possible: the names of what could be derived, without namespace.
        why_not: why nothing is, as the end of a sentence.
    """

    base: _Member | None
    functions: tuple[Function, ...] = ()
    possible: tuple[str, ...] = ()
    why_not: str | None = None


def _derive(
    group: _Group,
    rules: VariantRules,
    known: Mapping[str, Function],
    collector: Collector,
) -> _Derivation:
    base = next((group[kind] for kind in _BASES if kind in group), None)
    why_not = _why_nothing(group, base, rules)
    if base is None or why_not is not None:
        return _Derivation(base, why_not=why_not)
    if base.kind is _Kind.OUT and len(group) == 1:
        if base.operator not in rules.unpaired:
            _report_lone_out(base, known, collector)
        return _Derivation(base, why_not="it is an out variant itself")
    has_out = _Kind.OUT in group
    possible = []
    if not has_out:
        why_not = _why_no_out(base)
        if why_not is not None:
            if base.cannot_have_out and base.operator not in rules.without_out:
                _report_no_tensor(base, collector)
            return _Derivation(base, why_not=why_not)
        possible.append(_out_variant(base, rules))
    if _Kind.FUNCTIONAL not in group:
        possible.append(_functional_variant(base, rules))
    names = tuple(_operator(function) for function in possible)
    if not has_out and not _asks_for_out(base):
        why_not = f"the `autogen` of `{base.operator}` does not name `{names[0]}`"
        return _Derivation(base, possible=names, why_not=why_not)
    return _Derivation(base, tuple(possible), names)


def _why_no_out(base: _Member) -> str | None:
    """Why a function can have no out variant; None if it can."""
    if base.cannot_have_out:
        return f"`{base.operator}` returns no tensor"
    if base.kind is not _Kind.INPLACE and any(
        p.argument.is_write for p in base.returns
    ):
        return f"`{base.operator}` returns what it writes to"
    return None


def _asks_for_out(base: _Member) -> bool:
    # Its name is not compared: what `autogen` names is checked below, all of it.
    return "out" in (base.function.declaration.autogen or "")


def _why_nothing(
    group: _Group, base: _Member | None, rules: VariantRules
) -> str | None:
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
    inplace = group.get(_Kind.INPLACE)
    if inplace is not None and inplace.operator in rules.unpaired:
        return "its group is one that gets none"
    return None


def _has_composite(function: Function, rules: VariantRules) -> bool:
    declaration = function.declaration
    return rules.unless in function.kernels or (
        rules.unless_default
        and declaration.dispatch is None
        and not declaration.structured
        and declaration.structured_delegate is None
    )


def _is_view(member: _Member, rules: VariantRules) -> bool:
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


def _out_variant(base: _Member, rules: VariantRules) -> Function:
    """The variant that gives its results in arguments behind the `*`."""
    if base.kind is _Kind.INPLACE:
        own = base.self_argument
        assert own is not None, base.operator
        a = own.argument
        arguments = [part.bare() if part is own else part for part in base.arguments]
        outs = [_part(Argument("out", a.type, kwarg_only=True, alias=a.alias))]
        returns = list(base.returns)
    else:
        arguments = list(base.arguments)
        if base.kind is _Kind.FUNCTIONAL:
            arguments = _signature(base, rules)
        outs, returns = _results_as_arguments(base)
    overload = base.function.schema.overload
    overload = f"{overload}_out" if overload else "out"
    name = base.stem.spelt()
    # The overload too: variants of one name are told apart by it.
    return _function(
        base, name, overload, [*arguments, *outs], returns, f"{name}_{overload}", rules
    )


def _results_as_arguments(base: _Member) -> tuple[list[_Part], list[_Part]]:
    """An out argument for each return that is made of tensors, and what is returned.

    They are returned as well if there is nothing but plain tensors.
    """
    returns = base.returns
    are_tensors = all(part.argument.is_tensor for part in returns)
    outs: list[_Part] = []
    kept: list[_Part] = []
    for number, (part, free) in enumerate(zip(returns, _free_sets(base), strict=False)):
        type = part.argument.type
        if not _holds(type, _TENSOR):
            kept.append(part)
            continue
        name = "out" if len(returns) == 1 else f"out{number}"
        alias = _writing(type, Alias((free,), (free,), is_write=True))
        outs.append(_part(Argument(name, type, kwarg_only=True, alias=alias)))
        if are_tensors:
            kept.append(_part(Argument("", type, alias=alias)))
    return outs, kept


def _free_sets(member: _Member) -> Iterator[str]:
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


def _functional_variant(base: _Member, rules: VariantRules) -> Function:
    """The variant that writes to no argument."""
    returns = [part.bare() for part in base.returns]
    for part in base.written:
        returns.append(_part(Argument(f"{part.argument.name}_out", part.argument.type)))
    # It may have the arguments of a mutable one: by its own name it is told apart.
    suffix = _FUNCTIONAL if base.kind is _Kind.MUTABLE else ""
    name = base.stem.spelt(suffix)
    overload = base.function.schema.overload
    return _function(
        base, name, overload, _signature(base, rules), returns, name, rules
    )


def _function(
    base: _Member,
    name: str,
    overload: str,
    arguments: Sequence[_Part],
    returns: Sequence[_Part],
    kernel: str,
    rules: VariantRules,
) -> Function:
    function = base.function
    operator = f"{name}.{overload}" if overload else name
    if any(_holds(part.argument.type, _SYMBOLIC) for part in base.arguments):
        kernel += "_symint"
    is_out = any(_is_out(part.argument) for part in arguments)
    tags = (
        *rules.tags,
        *(rules.out_tags if is_out else ()),
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


def _text(operator: str, arguments: Sequence[_Part], returns: Sequence[_Part]) -> str:
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


# ---- mistakes


def _check_autogen(
    group: _Group,
    derivation: _Derivation,
    rules: VariantRules,
    known: Mapping[str, Function],
    collector: Collector,
) -> None:
    """Report DG218 for names in `autogen` that are not derived, DG219 for the contrary."""
    derived = frozenset(map(_operator, derivation.functions))
    named = [
        (name, member)
        for member in group.values()
        for name in _autogen(member.function.declaration)
    ]
    unknown = [(n, m) for n, m in named if n not in derived and n not in rules.in_vain]
    missing = sorted(derived.difference(name for name, _ in named))
    for name, member in unknown:
        meant = did_you_mean(name, missing)
        # It is one mistake, not two.
        missing = [m for m in missing if meant is None or f"`{m}`" not in meant]
        related, help = _why_not_derived(name, member, derivation, known)
        collector.error(
            "DG218",
            (
                f"`{name}` is not derived from `{member.operator}`"
                if name
                else "a name is missing between the commas"
            ),
            name.span,
            help=meant or help if name else "remove the comma",
            related=related if name and meant is None else (),
        )
    if missing and derivation.base is not None:
        _report_missing(derivation.base, missing, derived, collector)


def _autogen(declaration: OperatorDecl) -> Iterator[LocatedStr]:
    return names_in(declaration.autogen) if declaration.autogen else iter(())


def _why_not_derived(
    name: LocatedStr,
    member: _Member,
    derivation: _Derivation,
    known: Mapping[str, Function],
) -> tuple[list[tuple[str, Span]], str]:
    """Related places and what to do about a name that nothing in `autogen` stands for."""
    base = derivation.base
    if name in derivation.possible:
        if base is not None and base is not member:
            place = [("it is derived from this one", base.function.span)]
            return place, f"move it to the `autogen` of `{base.operator}`"
        return [], f"name `{derivation.possible[0]}` too: the others come with it"
    other = known.get(f"{member.function.name.partition('::')[0]}::{name}")
    if other is not None:
        how = "derived" if other.is_derived else "declared"
        return [(f"it is {how} here", other.span)], "remove it"
    meant = did_you_mean(name, derivation.possible)
    if meant is not None:
        return [], meant
    why_not = derivation.why_not or "there is nothing else to derive"
    return [], f"remove it: {why_not}"


def _report_missing(
    base: _Member, missing: Sequence[str], derived: Set[str], collector: Collector
) -> None:
    """DG219, for what is derived though no `autogen` names it."""
    declaration = base.function.declaration
    expected = [str(name) for name in _autogen(declaration) if name in derived]
    collector.error(
        "DG219",
        f"no `autogen` names {_listed(missing)}, derived from `{base.operator}`",
        declaration.autogen.span if declaration.autogen else declaration.func.span,
        help=f"write `autogen: {', '.join([*expected, *missing])}`",
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)


def _report_no_tensor(base: _Member, collector: Collector) -> None:
    collector.error(
        "DG219",
        f"`{base.operator}` can have no out variant: it returns no tensor",
        base.function.span,
        help=f"add `{base.operator}` to the functions that need none",
    )


def _report_lone_out(
    out: _Member, known: Mapping[str, Function], collector: Collector
) -> None:
    """DG219, for an out variant of nothing."""
    packet = out.function.name.partition("::")[0] + f"::{out.stem.spelt()}"
    collector.error(
        "DG219",
        f"`{out.operator}` is an out variant of nothing",
        out.function.span,
        related=[
            (f"`{_operator(other)}` takes or returns something else", other.span)
            for name, other in known.items()
            if name.partition(".")[0] == packet and _is_functional(other)
        ],
        help="a variant has the same arguments, with the same names, types and defaults "
        "as they are written",
    )


def _is_functional(function: Function) -> bool:
    return not function.schema.is_mutable


def _report_known(function: Function, other: Function, collector: Collector) -> None:
    collector.error(
        "DG212",
        f"the operator `{function.name}` is derived, and there already",
        function.span,
        related=[("it is declared here", other.span)],
        help="give it another overload name, or make its arguments those of "
        "what it is a variant of",
    )
