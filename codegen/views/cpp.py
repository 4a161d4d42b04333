"""Makes what the templates of the C++ target print, of a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from codegen import names
from codegen.format_cpp import comment
from codegen.model import (
    BackendFunction,
    Guard,
    KeyFallback,
    KeyFunction,
    KeyKind,
    KeyPredicate,
    KeysetFunction,
    Model,
    Operator,
)
from codegen.quoting import cpp_string
from codegen.runtime.python.registration import Fallback
from codegen.views.build_variants import choices
from codegen.views.cpp_rows import (
    AliasRow,
    ChoiceRow,
    ConfigView,
    FallbackRow,
    FallbacksView,
    FieldRow,
    FunctionRow,
    FunctionsView,
    GuardRow,
    GuardsView,
    KeyCase,
    KeysetsView,
    KeySetView,
    KeysView,
    NameRow,
    OptionRow,
    ProjectView,
    RulesView,
    SetCase,
    SetFieldRow,
    SetRow,
    SlotsRow,
    TypeRow,
    TypesView,
    ValueRow,
)
from codegen.views.cpp_types import TENSOR, CppTypes, is_alias
from codegen.views.members import Members, backend_values, key_values, prefixes

# More backends need a wider enum.
_MOST_OF_A_BYTE: Final = 255


class CppViews:
    """Makes the views of one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._spell = Members(model, "::")
        self.types = CppTypes(model.cpp.types)

    @property
    def folder(self) -> str:
        """The folder of the headers, relative to the project."""
        return f"include/{self._model.cpp.include}"

    @property
    def package(self) -> str:
        """What CMake calls the project."""
        return self._model.cpp.package

    def include_guard(self, path: str) -> str:
        """The include guard of a header, by its path below the folder of headers."""
        cpp = self._model.cpp
        whole = re.sub("[^A-Z0-9]+", "_", f"{cpp.include}/{path}".upper()).strip("_")
        prefix = cpp.macro_prefix.rstrip("_")
        return whole if whole.startswith(f"{prefix}_") else f"{prefix}_{whole}"

    def _common(self, path: str) -> tuple[str, str]:
        return self.include_guard(path), self._model.cpp.namespace

    def keys(self) -> KeysView:
        is_wide = len(self._model.backends) > _MOST_OF_A_BYTE
        return KeysView(
            *self._common("dispatch_key.h"),
            backend_type="std::uint16_t" if is_wide else "std::uint8_t",
            backends=tuple(ValueRow(*row) for row in backend_values(self._model)),
            keys=tuple(ValueRow(*row) for row in key_values(self._model)),
        )

    def keyset_class(self) -> KeySetView:
        model, key = self._model, self._spell.key
        keys = model.keys.values()
        per_backend = [k for k in keys if k.kind is KeyKind.PER_BACKEND]
        always = model.keys_in(model.layout.in_every_full_after)
        tables = tuple(self._tables())
        made = (KeyKind.RUNTIME, KeyKind.PLACEHOLDER)
        return KeySetView(
            *self._common("dispatch_key_set.h"),
            has_aliases=bool(model.aliases),
            per_backend=tuple(key(k.name) for k in per_backend),
            in_every_full_after=tuple(key(k.name) for k in always),
            tables=tables,
            has_variants=len(tables) > 1,
            backend_names=tuple(
                NameRow(self._spell.backend(name), cpp_string(name))
                for name in model.backends
            ),
            key_names=tuple(
                NameRow(key(k.name), cpp_string(k.name))
                for k in keys
                if k.kind not in made
            ),
            prefixes=tuple(
                NameRow(key(k.name), cpp_string(prefix))
                for k, prefix in prefixes(model)
            ),
            other_names=tuple(
                NameRow(key(target), cpp_string(name))
                for name, target in model.legacy_names.items()
            ),
        )

    def _tables(self) -> Iterator[SlotsRow]:
        """The slots of tables in each build variant, those of a plain build last."""
        model = self._model

        trimmed = tuple(key.name for key in model.runtime_keys[1:])
        plain = trimmed if model.layout.is_trimmed else None
        others = {name: v.table_keys for name, v in model.variants.items()}
        for line, keys in choices(self._model, others, plain):
            slots = tuple(map(self._spell.key, keys or ()))
            yield SlotsRow(line, keys is not None, slots)

    def keysets(self) -> KeysetsView:
        rows = tuple(
            SetRow(
                keyset.name,
                self._spell.of(keyset.raw),
                _comments(keyset.doc, keyset.expression),
            )
            for keyset in self._model.keysets.values()
        )
        return KeysetsView(*self._common("keysets.h"), rows)

    def functions(self) -> FunctionsView:
        aliases = tuple(
            SetCase(
                self._spell.key(alias.name),
                self._spell.of(alias.raw),
                alias.keyset or "",
            )
            for alias in self._model.aliases.values()
        )
        functions = tuple(self._function_rows())
        return FunctionsView(*self._common("functions.h"), aliases, functions)

    def _function_rows(self) -> Iterator[FunctionRow]:
        for function in self._model.functions.values():
            common = names.camel_case(function.name), _comments(function.doc)
            match function:
                case BackendFunction(keysets=Mapping() as keysets):
                    yield FunctionRow(
                        *common,
                        is_backend_to_set=True,
                        set_cases=self._set_cases(keysets, self._spell.backend),
                        default_set=self._spell.of(function.default_raw),
                    )
                case BackendFunction():
                    yield FunctionRow(
                        *common,
                        is_backend_to_key=True,
                        key_cases=tuple(
                            KeyCase(self._spell.backend(backend), self._spell.key(key))
                            for backend, key in (function.keys or {}).items()
                        ),
                        default_key=self._spell.key(function.default_key),
                    )
                case KeyFunction():
                    yield FunctionRow(
                        *common,
                        is_key_to_set=True,
                        set_cases=self._set_cases(function.cases, self._spell.key),
                        default_set=self._spell.of(function.default),
                    )
                case KeyPredicate():
                    yield FunctionRow(
                        *common,
                        is_predicate=True,
                        constant=function.keyset or "",
                        default_set=self._spell.of(function.raw),
                        but_not=self._distinct(function.but_not),
                    )
                case KeysetFunction():
                    yield FunctionRow(
                        *common,
                        is_highest=True,
                        default_set=self._spell.of(function.keep),
                    )

    def _distinct(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Keys, each once: a `switch` takes no value twice."""
        first = {self._model.keys[name].value: name for name in reversed([*keys])}
        return tuple(self._spell.key(name) for name in reversed(first.values()))

    def _set_cases(
        self, cases: Mapping[str, int], spell: Callable[[str], str]
    ) -> tuple[SetCase, ...]:
        return tuple(
            SetCase(spell(name), self._spell.of(raw)) for name, raw in cases.items()
        )

    def rules(self) -> RulesView:
        return RulesView(*self._common("table_rules.h"), tuple(self._alias_rows()))

    def _alias_rows(self) -> Iterator[AliasRow]:
        for alias in self._model.aliases.values():
            ambiguity = alias.ambiguity
            function = alias.yields_to_backends_of
            yield AliasRow(
                member=self._spell.key(alias.name),
                reason=cpp_string(alias.reason),
                undefined=alias.undefined,
                yields_to=tuple(map(self._spell.key, alias.yields_to_aliases)),
                has_backends_of=function is not None,
                backends_of=names.camel_case(function or ""),
                is_ambiguous=ambiguity is not None,
                ambiguous_slot=self._spell.key(ambiguity.slot if ambiguity else ""),
                ambiguous_keys=self._spell.of(ambiguity.keys if ambiguity else 0),
                ambiguous_kernel=cpp_string(
                    ambiguity.entry.kernel if ambiguity else ""
                ),
                ambiguous_reason=cpp_string(
                    ambiguity.entry.reason if ambiguity else ""
                ),
            )

    def guards(self) -> GuardsView:
        tls = self._model.tls
        return GuardsView(
            *self._common("guards.h"),
            default_included=self._spell.of(tls.include),
            default_excluded=self._spell.of(tls.exclude),
            guards=tuple(map(self._guard_row, self._model.guards.values())),
            modes=tuple(map(self._guard_row, self._model.modes.values())),
        )

    def _guard_row(self, guard: Guard) -> GuardRow:
        sets = {
            "include": guard.include,
            "exclude": guard.exclude,
            "stop_including": guard.stop_including,
            "stop_excluding": guard.stop_excluding,
        }
        rows = (SetFieldRow(n, self._spell.of(raw)) for n, raw in sets.items() if raw)
        return GuardRow(guard.name, _comments(guard.doc), tuple(rows))

    def fallbacks(self) -> FallbacksView:
        rows = map(self._fallback_row, self._model.fallbacks.values())
        return FallbacksView(*self._common("fallbacks.h"), tuple(rows))

    def _fallback_row(self, fallback: KeyFallback) -> FallbackRow:
        rows = tuple(
            ChoiceRow(line, tuple(self._fallback_fields(spec)))
            for line, spec in choices(self._model, fallback.variants, fallback.spec)
        )
        return FallbackRow(rows, has_variants=len(rows) > 1)

    def _fallback_fields(self, spec: Fallback) -> Iterator[FieldRow]:
        yield FieldRow("key", self._spell.key(spec.key))
        yield FieldRow("policy", f"dispatch_codegen::Policy::{spec.policy}")
        yield FieldRow("kernel", cpp_string(spec.kernel))
        if spec.redispatch_to is not None:
            yield FieldRow("redispatch_to", spec.redispatch_to)
        if spec.exclude is not None:
            yield FieldRow("exclude", spec.exclude)
        if spec.message is not None:
            yield FieldRow("message", cpp_string(spec.message))
        if spec.backend is not None:
            yield FieldRow("backend", self._spell.backend(spec.backend))
        if spec.mode is not None:
            yield FieldRow("mode", f"modes::{spec.mode}")
        if spec.overridable:
            yield FieldRow("overridable", "true")

    def type_names(self) -> tuple[TypeRow, ...]:
        """The types of schemas that the headers have a name for."""
        cpp = self._model.cpp
        declared = {name: t.name for name, t in cpp.types.items() if is_alias(name)}
        tensor = {TENSOR: "dispatch_codegen::BasicTensor<Numbering>"}
        value = {} if cpp.value is None else {"Value": cpp.value.name}
        return tuple(
            map(TypeRow, *zip(*(tensor | declared | value).items(), strict=True))
        )

    def type_headers(self) -> TypesView:
        cpp = self._model.cpp
        declared = [*cpp.types.values(), *filter(None, [cpp.value])]
        given = {t.header for t in declared if t.header is not None}
        system = {header for header in given if header.startswith("<")}
        own = {'"dispatch_key_set.h"', '"runtime/opaque.h"'}
        if TENSOR not in cpp.types:
            own.add('"runtime/basic_tensor.h"')
        return TypesView(
            *self._common("types.h"),
            system_headers=tuple(sorted(system | {*_STANDARD, *self._complex()})),
            headers=tuple(sorted({f'"{h}"' for h in given - system} | own)),
            types=self.type_names(),
        )

    def _complex(self) -> Iterator[str]:
        """The header of complex numbers, if any operator has some: it is big.

        Where one operator is not to change what all others include, its own header does.
        """
        if self._model.cpp.shards > 1:
            return
        for operator in self._model.operators.values():
            if has_complex(operator):
                yield "<complex>"
                return

    def project(self, registrations: tuple[str, ...]) -> ProjectView:
        prefix = self._model.cpp.macro_prefix
        variants = () if self._model.variant else self._model.variants.values()
        return ProjectView(
            package=self.package,
            tls_macro=f"{prefix}_TLS_INITIAL_EXEC",
            compiled_macro=f"{prefix}_COMPILED",
            install_macro=f"{prefix}_INSTALL",
            observers_macro=f"{prefix}_OBSERVERS",
            is_sharded=self._model.cpp.shards > 1,
            last_shard=self._model.cpp.shards - 1,
            registrations=registrations,
            options=tuple(
                OptionRow(v.macro, f"The build variant {v.name}") for v in variants
            ),
        )

    def config(self) -> ConfigView:
        return ConfigView(self.package)


def has_complex(operator: Operator) -> bool:
    """Whether an operator's types may be complex numbers."""
    return "complex" in operator.schema and bool(_COMPLEX.search(operator.schema))


_COMPLEX: Final = re.compile(r"\bcomplex\b")
_STANDARD: Final = (
    "<cstdint>",
    "<optional>",
    "<span>",
    "<string>",
    "<string_view>",
    "<tuple>",
    "<utility>",
    "<vector>",
)


def _comments(*texts: str | None) -> tuple[str, ...]:
    return tuple(line for text in texts if text is not None for line in comment(text))
