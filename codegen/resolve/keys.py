"""Numbers the keys: enum values, masks and table slots.

The order of values is Note [Numbering] of `codegen.runtime.python.layout`.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from codegen import names
from codegen.diagnostics import Collector, did_you_mean
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


_IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def is_reserved(name: str) -> bool:
    """Whether a member of a Python enum cannot have the name."""
    return (
        keyword.iskeyword(name)
        or name.startswith("__")
        or name in ("mro", "name", "value")
    )


@dataclass(slots=True)
class _Functionality:
    name: LocatedStr
    declaration: FunctionalityDecl


def number_keys(
    declared: Declarations,
    groups: Groups,
    table_keys: Sequence[LocatedStr] | None,
    collector: Collector,
) -> Keys:
    """Reports DG201, DG202 and DG209."""
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

    numbering = _Numbering(declared, functionality, layout(), collector)
    result = numbering.run()
    if table_keys is not None:
        slots = [s for s in (_slot(n, result, collector) for n in table_keys) if s]
        result = _Numbering(declared, functionality, layout(slots), Collector()).run()
    return result


def _slot(name: LocatedStr, keys: Keys, collector: Collector) -> int | None:
    key = keys.find(name)
    if key is None or key.slot is None:
        collector.error(
            "DG209" if key else "DG201",
            f"`{name}` has no table slot" if key else f"there is no key `{name}`",
            name.span,
            help="name a runtime key" if key else did_you_mean(name, keys.keys),
        )
        return None
    return key.value


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
                declaration.name.derive(declaration.name + member), declaration
            )


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
        if not _IDENTIFIER.fullmatch(name) or is_reserved(name):
            self._not_a_name(name, functionality, backend)
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
        self._collector.error(
            "DG108" if is_reserved(name) else "DG104",
            (
                f"`{name}` is reserved in Python"
                if is_reserved(name)
                else f"{str(name)!r} is not a name: "
                "letters a-z, digits and underscores, no digit first"
            ),
            makers[0].span if backend and makers else name.span,
            help=(made if backend else "")
            + "names become identifiers in generated code",
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
            self._add(entry.name, index + 1, kind)
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
            self._second_name(name, str(target))
            self._result.legacy_names[str(name)] = str(target)

    def _placeholder(self, name: str) -> LocatedStr:
        """A name that no declaration gives; it stands for the dispatcher's line."""
        where: Span = self._declared.dispatcher.name.span
        return LocatedStr(name, where)
