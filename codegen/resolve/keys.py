"""Numbers the keys: enum values, masks and table slots.

The order of values is Note [Numbering] of `codegen.runtime.python.layout`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from codegen import names
from codegen.diagnostics import Collector, did_you_mean
from codegen.expressions import CONSTANTS
from codegen.located import LocatedStr
from codegen.model import Backend, Key, KeyKind
from codegen.resolve.groups import Groups, unknown_group
from codegen.resolve.merge import Declarations, declared_twice
from codegen.runtime.python.layout import NO_SLOT, UNDEFINED, Layout
from codegen.schema.keys import FunctionalityDecl
from codegen.source import Span


@dataclass(slots=True)
class Keys:
    """Everything that has a number."""

    layout: Layout
    undefined: str
    backends: dict[str, Backend] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    name_of: dict[int, str] = field(default_factory=dict)
    second_names: dict[str, str] = field(default_factory=dict)
    legacy_names: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> Key | None:
        """The key of a name, second names included."""
        return self.keys.get(self.second_names.get(name, name))

    def real(self) -> Iterator[Key]:
        """The keys without placeholders."""
        return (k for k in self.keys.values() if k.kind is not KeyKind.PLACEHOLDER)


@dataclass(slots=True)
class _Functionality:
    name: LocatedStr
    declaration: FunctionalityDecl
    member: str | None = None


def number_keys(
    declared: Declarations,
    groups: Groups,
    trimmed_by: str | None,
    collector: Collector,
) -> Keys:
    """The keys, with the table slots that one build variant leaves them.

    Reports DG104, DG108, DG201, DG202 and DG209.
    """
    functionality = list(_expand(declared, groups, collector))
    value_of = {f.name: index + 1 for index, f in enumerate(functionality)}
    per_backend = [value_of[f.name] for f in functionality if f.declaration.per_backend]

    def layout(trimmed: Sequence[int] | None = None) -> Layout:
        return Layout(
            num_backends=len(declared.backends),
            num_functionality_keys=len(functionality),
            per_backend=per_backend,
            num_alias_keys=len(declared.aliases),
            in_every_full_after=[
                value_of[f.name]
                for f in functionality
                if f.declaration.in_every_full_after
            ],
            trimmed_slots=trimmed,
        )

    result = _Numbering(declared, functionality, layout(), collector).run()
    # Those of a variant that is not built have to make sense too.
    slots = {
        str(name): _table_keys(variant.table_keys, result, collector)
        for name, variant in declared.variants.items()
        if variant.table_keys is not None
    }
    if trimmed_by is None:
        return result
    return _with_slots(result, layout(slots[trimmed_by]))


def _table_keys(
    declared: Sequence[LocatedStr], keys: Keys, collector: Collector
) -> list[int]:
    """The keys that a variant leaves a table slot, in slot order."""
    first: dict[int, LocatedStr] = {}
    for name in declared:
        key = keys.find(name)
        if key is None:
            collector.error(
                "DG201",
                f"there is no key `{name}`",
                name.span,
                help=did_you_mean(name, keys.keys),
            )
        elif key.slot is None:
            collector.error(
                "DG209",
                f"`{name}` has no table slot",
                name.span,
                help="name a runtime key",
            )
        elif key.kind is KeyKind.UNDEFINED:
            collector.error(
                "DG209",
                f"`{name}` always has the first table slot",
                name.span,
                help="leave it out",
            )
        elif key.value in first:
            collector.error(
                "DG202",
                f"`{name}` is listed twice",
                name.span,
                related=[("it is first listed here", first[key.value].span)],
                help="remove one of them",
            )
        else:
            first[key.value] = name
    return list(first)


def _with_slots(keys: Keys, layout: Layout) -> Keys:
    """The same keys with the table slots of a trimmed layout."""
    slot_of = {key: slot for slot, key in enumerate(layout.slot_keys)}
    trimmed = {
        name: replace(key, slot=None if key.slot is None else slot_of.get(key.value))
        for name, key in keys.keys.items()
    }
    return replace(keys, layout=layout, keys=trimmed)


def _expand(
    declared: Declarations, groups: Groups, collector: Collector
) -> Iterator[_Functionality]:
    for declaration in declared.functionality:
        if declaration.for_each is None:
            yield _Functionality(declaration.name, declaration)
            continue
        members = groups.get(declaration.for_each)
        if members is None:
            unknown_group(declaration.for_each, groups, collector)
            continue
        for member in members:
            yield _Functionality(
                declaration.name.derive(declaration.name + member),
                declaration,
                member,
            )


def _is_reserved(key: str) -> bool:
    return names.is_reserved(key) or key in names.INTEGER_MEMBERS


class _Numbering:
    def __init__(
        self,
        declared: Declarations,
        functionality: Sequence[_Functionality],
        layout: Layout,
        collector: Collector,
    ) -> None:
        self._declared = declared
        self._functionality = functionality
        self._collector = collector
        self._result = Keys(layout, str(declared.dispatcher.undefined))
        self._declared_at: dict[str, LocatedStr] = {}

    def run(self) -> Keys:
        self._backends()
        self._functionality_keys()
        self._runtime_keys()
        self._alias_keys()
        self._legacy_names()
        self._result.name_of = {k.value: k.name for k in self._result.keys.values()}
        return self._result

    def _add(
        self,
        name: LocatedStr,
        value: int,
        kind: KeyKind,
        *,
        text: str | None = None,
        functionality: str | None = None,
        backend: str | None = None,
        family: str | None = None,
        member: str | None = None,
    ) -> None:
        layout = self._result.layout
        first = self._declared_at.setdefault(name, name)
        if first is not name:
            if kind is KeyKind.PLACEHOLDER:
                self._reserved(first)
            elif kind is KeyKind.RUNTIME:
                self._made_twice(name, first, functionality, backend)
            else:
                declared_twice(name, first, self._collector)
            return
        if not names.is_identifier(name) or _is_reserved(name):
            self._not_a_name(name, functionality, backend)
        self._no_constant(name)
        mask = layout.masks[value]
        has_slot = kind in (KeyKind.UNDEFINED, KeyKind.FUNCTIONALITY, KeyKind.RUNTIME)
        slot = layout.table_index(mask) if has_slot else NO_SLOT
        self._result.keys[str(name)] = Key(
            name=str(name),
            value=value,
            kind=kind,
            text=str(name) if text is None else text,
            mask=mask,
            functionality=functionality,
            backend=backend,
            family=family,
            member=member,
            slot=None if slot == NO_SLOT else slot,
            span=name.span,
        )

    def _made_twice(
        self,
        name: LocatedStr,
        first: LocatedStr,
        functionality: str | None,
        backend: str | None,
    ) -> None:
        where = next(f.name for f in self._functionality if f.name == functionality)
        self._collector.error(
            "DG202",
            f"`{functionality}` makes a key `{name}` for the backend `{backend}`, "
            "and there is one already",
            where.span,
            related=[(f"`{first}` comes from here", first.span)],
            help=f"give `{functionality}` another `prefix`",
        )

    def _not_a_name(
        self, name: LocatedStr, functionality: str | None, backend: str | None
    ) -> None:
        makers = [f.name for f in self._functionality if f.name == functionality]
        made = f"`{functionality}` makes it for the backend `{backend}`; "
        is_reserved = _is_reserved(name)
        self._collector.error(
            "DG108" if is_reserved else "DG104",
            (
                f"`{name}` is reserved in Python"
                if is_reserved
                else f"{str(name)!r} is not a name: "
                "letters a-z, digits and underscores, no digit first"
            ),
            makers[0].span if backend and makers else name.span,
            help=(made if backend else "")
            + (
                "keys are integers in generated code, and every integer has this"
                if name in names.INTEGER_MEMBERS
                else "names become identifiers in generated code"
            ),
        )

    def _no_constant(self, name: LocatedStr) -> None:
        if name in CONSTANTS:
            self._collector.error(
                "DG202",
                f"`{name}` already means something in keyset expressions",
                name.span,
                help="rename the key",
            )

    def _reserved(self, name: LocatedStr) -> None:
        self._collector.error(
            "DG202",
            f"`{name}` is the name of a marker in the generated enum of keys",
            name.span,
            help="rename it",
        )

    def _second_name(
        self, name: LocatedStr, target: str, *, bound: bool = False
    ) -> None:
        first = self._declared_at.setdefault(name, name)
        if first is not name:
            if bound:
                self._reserved(first)
            else:
                declared_twice(name, first, self._collector)
            return
        self._result.second_names[str(name)] = target

    def _backends(self) -> None:
        for index, backend in enumerate(self._declared.backends):
            self._result.backends[str(backend.name)] = Backend(
                name=str(backend.name),
                value=index + 1,
                tags={str(tag): value for tag, value in backend.tags.items()},
                span=backend.name.span,
            )

    def _functionality_keys(self) -> None:
        undefined = self._declared.dispatcher.undefined
        if not undefined.span.path:
            undefined = self._placeholder(undefined)  # Nothing declares it.
        self._add(undefined, UNDEFINED, KeyKind.UNDEFINED)
        for index, entry in enumerate(self._functionality):
            kind = (
                KeyKind.PER_BACKEND
                if entry.declaration.per_backend
                else KeyKind.FUNCTIONALITY
            )
            self._add(
                entry.name,
                index + 1,
                kind,
                family=None if entry.member is None else str(entry.declaration.name),
                member=entry.member,
            )
        self._add(
            self._placeholder(names.END_OF_FUNCTIONALITY),
            self._result.layout.end_of_functionality,
            KeyKind.PLACEHOLDER,
            text="UnknownUnknown",
        )

    def _runtime_keys(self) -> None:
        layout = self._result.layout
        last: str | None = None
        for index, entry in enumerate(self._functionality):
            if not entry.declaration.per_backend:
                continue
            given = entry.declaration.prefix
            prefix = entry.name if given is None else given
            start = layout.start_placeholder(index + 1)
            self._add(
                entry.name.derive(names.start_placeholder(entry.name)),
                start,
                KeyKind.PLACEHOLDER,
                text=f"{prefix}{self._result.undefined}",
                functionality=str(entry.name),
            )
            last = names.start_placeholder(entry.name)
            for backend in self._declared.backends:
                value = layout.runtime_key(
                    index + 1, self._result.backends[backend.name].value
                )
                last = f"{prefix}{backend.name}"
                self._add(
                    backend.name.derive(last),
                    value,
                    KeyKind.RUNTIME,
                    functionality=str(entry.name),
                    backend=str(backend.name),
                    family=str(entry.name),
                    member=str(backend.name),
                )
            end = names.end_placeholder(entry.name)
            self._second_name(entry.name.derive(end), last, bound=True)
        if last is not None:
            self._second_name(self._placeholder(names.END_OF_RUNTIME), last, bound=True)

    def _alias_keys(self) -> None:
        layout = self._result.layout
        for index, alias in enumerate(self._declared.aliases):
            self._add(alias.name, layout.alias_value(index), KeyKind.ALIAS)
        if self._declared.aliases:
            first, last = self._declared.aliases[0], self._declared.aliases[-1]
            self._second_name(
                self._placeholder(names.START_OF_ALIASES), str(first.name), bound=True
            )
            self._second_name(
                self._placeholder(names.END_OF_ALIASES), str(last.name), bound=True
            )

    def _legacy_names(self) -> None:
        pairs = list(self._declared.legacy_names.items())
        for backend in self._declared.backends:
            pairs += backend.legacy_names.items()
        for name, target in pairs:
            if target not in self._result.keys:
                self._collector.error(
                    "DG201",
                    f"there is no key `{target}`",
                    target.span,
                    help=did_you_mean(target, self._result.keys),
                )
                continue
            if _is_reserved(name):
                self._not_a_name(name, None, None)
            self._no_constant(name)
            self._second_name(name, str(target))
            self._result.legacy_names[str(name)] = str(target)

    def _placeholder(self, name: str) -> LocatedStr:
        """A name that no declaration gives; it stands for the dispatcher's line."""
        where: Span = self._declared.dispatcher.name.span
        return LocatedStr(name, where)
