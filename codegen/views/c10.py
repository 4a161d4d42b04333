"""Makes what the templates of c10's own files print, of a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from codegen import names
from codegen.format_c10 import note
from codegen.model import (
    BackendFunction,
    KeyFunction,
    KeyKind,
    KeyPredicate,
    Keyset,
    KeysetFunction,
    Model,
)
from codegen.quoting import cpp_string
from codegen.terms import constants_in
from codegen.views.c10_rows import (
    ConstantRow,
    HighestRow,
    KeyFunctionRow,
    KeyHeaderView,
    KeySetHeaderView,
    KeySetSourceView,
    KeySourceView,
    NamedKey,
    PredicateRow,
    SetCase,
    SetFunctionRow,
    SizeRow,
)
from codegen.views.c10_sets import C10Sets
from codegen.views.cpp import CppViews
from codegen.views.cpp_rows import KeyCase, NameRow, SlotsRow
from codegen.views.members import Members, prefixes

_ARGUMENT: Final = "ks"


class C10Views:
    """Makes the views of one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._spell = Members(model, "::")
        self._sets = C10Sets(model, _ARGUMENT)
        self._tables: tuple[SlotsRow, ...] = CppViews(model).keyset_class().tables

    def key_header(self) -> KeyHeaderView:
        model = self._model
        functionalities = (KeyKind.FUNCTIONALITY, KeyKind.PER_BACKEND)
        aliases = self._of(KeyKind.ALIAS)
        return KeyHeaderView(
            undefined=model.undefined,
            backends=tuple(f"_({name}, extra)" for name in model.backends),
            last_backend=list(model.backends)[-1],
            per_backend=tuple(
                f"_({key.name}, {prefix})" for key, prefix in prefixes(model)
            ),
            functionalities=self._of(*functionalities),
            last_placeholder=names.end_placeholder(self._of(KeyKind.PER_BACKEND)[-1]),
            aliases=aliases,
            first_alias=aliases[0],
            last_alias=aliases[-1],
            legacy_names=tuple(NamedKey(*row) for row in model.legacy_names.items()),
            sizes=tuple(
                SizeRow(row.directive, row.is_trimmed, len(row.slots) + 1)
                for row in self._tables
            ),
            has_variants=len(self._tables) > 1,
            functions=tuple(self._key_functions()),
            constants=tuple(NamedKey(*row) for row in model.c10.key_constants.items()),
        )

    def _of(self, *kinds: KeyKind) -> tuple[str, ...]:
        return tuple(k.name for k in self._model.keys.values() if k.kind in kinds)

    def _key_functions(self) -> Iterator[KeyFunctionRow]:
        for function in self._model.functions.values():
            if isinstance(function, BackendFunction) and function.keys is not None:
                yield KeyFunctionRow(
                    name=function.name,
                    comments=_notes(function.doc),
                    cases=tuple(
                        KeyCase(self._spell.backend(backend), self._spell.key(key))
                        for backend, key in function.keys.items()
                    ),
                    default=self._spell.key(function.default_key),
                )

    def key_source(self) -> KeySourceView:
        model = self._model
        named = (
            KeyKind.UNDEFINED,
            KeyKind.FUNCTIONALITY,
            KeyKind.PER_BACKEND,
            KeyKind.ALIAS,
        )
        return KeySourceView(
            undefined=model.undefined,
            names=tuple(
                NameRow(self._spell.key(name), cpp_string(name))
                for name in self._of(*named)
            ),
            functions=tuple(self._key_functions()),
        )

    def keyset_header(self) -> KeySetHeaderView:
        model = self._model
        always = model.keys_in(model.layout.in_every_full_after)
        return KeySetHeaderView(
            undefined=model.undefined,
            in_every_full_after=tuple(self._spell.key(key.name) for key in always),
            per_backend=tuple(map(self._spell.key, self._of(KeyKind.PER_BACKEND))),
            tables=self._tables,
            has_variants=len(self._tables) > 1,
            constants=tuple(
                ConstantRow(
                    keyset.name, _notes(keyset.doc), self._sets.constant(keyset.term)
                )
                for keyset in _in_order(model.keysets)
            ),
            of_backends=tuple(self._set_functions(BackendFunction)),
            of_keys=tuple(self._set_functions(KeyFunction)),
            predicates=tuple(self._predicates()),
            highest=tuple(
                HighestRow(
                    function.name,
                    _notes(function.doc),
                    self._sets.constant(function.term),
                )
                for function in model.functions.values()
                if isinstance(function, KeysetFunction)
            ),
        )

    def _set_functions(
        self, kind: type[BackendFunction | KeyFunction]
    ) -> Iterator[SetFunctionRow]:
        for function in self._model.functions.values():
            if not isinstance(function, kind):
                continue
            if isinstance(function, KeyFunction):
                spell = self._spell.key
            elif function.keysets is not None:
                spell = self._spell.backend
            else:
                continue
            yield SetFunctionRow(
                name=function.name,
                comments=_notes(function.doc),
                cases=tuple(
                    SetCase(spell(name), self._sets.value(term))
                    for name, term in function.terms.items()
                ),
                default=self._sets.value(function.default_term),
            )

    def _predicates(self) -> Iterator[PredicateRow]:
        for function in self._model.functions.values():
            if isinstance(function, KeyPredicate):
                yield PredicateRow(
                    name=function.name,
                    comments=_notes(function.doc),
                    but_not=tuple(map(self._spell.key, function.but_not)),
                    keyset=self._sets.value(function.term),
                )

    def keyset_source(self) -> KeySetSourceView:
        model = self._model
        return KeySetSourceView(
            undefined=model.undefined,
            aliases=tuple(
                SetCase(self._spell.key(alias.name), self._sets.value(alias.term))
                for alias in model.aliases.values()
            ),
            of_keys=tuple(self._set_functions(KeyFunction)),
            predicates=tuple(self._predicates()),
        )


def _notes(text: str | None) -> tuple[str, ...]:
    return () if text is None else tuple(note(text))


def _in_order(keysets: Mapping[str, Keyset]) -> Iterable[Keyset]:
    """The constants as declared, but each after those that it names."""
    placed: dict[str, Keyset] = {}
    # A chain of names may be longer than Python's own stack is high.
    waiting = list(keysets.values())[::-1]
    while waiting:
        keyset = waiting[-1]
        missing = [n for n in constants_in(keyset.term) if n not in placed]
        if missing:
            waiting.extend(keysets[name] for name in reversed(missing))
        else:
            placed.setdefault(keyset.name, waiting.pop())
    return placed.values()
