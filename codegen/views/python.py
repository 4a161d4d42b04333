"""Makes what the templates of the Python target print, of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from codegen import names
from codegen.format import comment
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
from codegen.quoting import python_docstring, python_string
from codegen.runtime.python.loading import declared_name
from codegen.runtime.python.registration import is_symbol
from codegen.source import Span
from codegen.views.members import Members, backend_values, key_values
from codegen.views.python_rows import (
    AliasRow,
    AliasSetRow,
    DispatcherView,
    FallbackRow,
    FunctionRow,
    FunctionsView,
    GuardRow,
    GuardsView,
    KernelRow,
    KeyCase,
    KeysetsView,
    KeySetView,
    KeysView,
    ModuleRow,
    NamedRow,
    NamespaceStubView,
    NamespaceView,
    OperatorsView,
    OperatorTypesView,
    OperatorView,
    OverloadRow,
    PackageView,
    PacketStubView,
    RegistrationsView,
    RegistrationView,
    RulesView,
    SetCase,
    SetRow,
    StubIndexView,
    TablesView,
    TextRow,
    TypeRow,
    ValueRow,
)
from codegen.views.python_stubs import namespace_stubs, packet_stub, stub_index
from codegen.views.python_tables import tables_view


class PythonViews:
    """Makes the views of one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._spell = Members(model, ".")

    def keys(self) -> KeysView:
        return KeysView(
            tuple(ValueRow(*row) for row in backend_values(self._model)),
            tuple(ValueRow(*row) for row in key_values(self._model)),
        )

    def keyset_class(self) -> KeySetView:
        model = self._model
        kinds = model.keys.values()
        always = model.layout.in_every_full_after
        trimmed = model.layout.is_trimmed
        return KeySetView(
            per_backend=tuple(
                self._spell.key(k.name) for k in kinds if k.kind is KeyKind.PER_BACKEND
            ),
            aliases=tuple(map(self._spell.key, model.aliases)),
            in_every_full_after=tuple(
                self._spell.key(key.name) for key in model.keys_in(always)
            ),
            is_trimmed=trimmed,
            trimmed_slots=tuple(
                self._spell.key(key.name) for key in model.runtime_keys[1:] if trimmed
            ),
            texts=tuple(
                TextRow(self._spell.key(k.name), k.text)
                for k in kinds
                if k.kind is KeyKind.PLACEHOLDER
            ),
        )

    def keysets(self) -> KeysetsView:
        rows = tuple(
            SetRow(
                keyset.name,
                self._members(keyset.raw),
                tuple(_comments(keyset.doc) + _comments(keyset.expression)),
            )
            for keyset in self._model.keysets.values()
        )
        return KeysetsView(rows, _names_backends(row.members for row in rows))

    def _members(self, raw: int) -> tuple[str, ...]:
        return self._spell.of(raw)

    def functions(self) -> FunctionsView:
        aliases = tuple(
            AliasSetRow(
                self._spell.key(alias.name),
                _constant(alias.keyset),
                self._members(alias.raw),
            )
            for alias in self._model.aliases.values()
        )
        functions = tuple(self._function_rows())
        constants = [a.constant for a in aliases] + [f.constant for f in functions]
        return FunctionsView(aliases, functions, imports_keysets=any(constants))

    def _function_rows(self) -> Iterator[FunctionRow]:
        for function in self._model.functions.values():
            name = names.snake_case(function.name)
            camel = names.camel_case(function.name)
            docstring = python_docstring(
                function.doc or f"{camel} of the declarations."
            )
            common = (name, camel, camel != name, f"_{name}", docstring)
            match function:
                case BackendFunction(keysets=Mapping() as keysets):
                    yield FunctionRow(
                        *common,
                        is_backend_to_set=True,
                        set_cases=self._set_cases(keysets, self._spell.backend),
                        default_set=self._members(function.default_raw),
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
                        default_set=self._members(function.default),
                    )
                case KeyPredicate():
                    yield FunctionRow(
                        *common,
                        is_predicate=True,
                        constant=_constant(function.keyset),
                        default_set=self._members(function.raw),
                        but_not=tuple(map(self._spell.key, function.but_not)),
                    )
                case KeysetFunction():
                    yield FunctionRow(
                        *common,
                        is_highest=True,
                        default_set=self._members(function.keep),
                    )

    def _set_cases(
        self, cases: Mapping[str, int], spell: Callable[[str], str]
    ) -> tuple[SetCase, ...]:
        return tuple(
            SetCase(spell(name), self._members(raw)) for name, raw in cases.items()
        )

    def rules(self) -> RulesView:
        rows = tuple(self._alias_rows())
        backends = _names_backends(row.ambiguous_keys for row in rows)
        has_functions = any(row.has_backends_of for row in rows)
        has_ambiguity = any(row.is_ambiguous for row in rows)
        return RulesView(
            aliases=rows,
            imports_functions=bool(rows),
            has_functions=has_functions,
            has_ambiguity=has_ambiguity,
            imports_backends=backends,
            imports_keys_only=not backends,
            imports_keysets=has_functions or has_ambiguity,
        )

    def _alias_rows(self) -> Iterator[AliasRow]:
        for alias in self._model.aliases.values():
            ambiguity = alias.ambiguity
            function = alias.yields_to_backends_of
            yield AliasRow(
                name=alias.name,
                member=self._spell.key(alias.name),
                reason=alias.reason,
                undefined=alias.undefined,
                yields_to=tuple(map(python_string, alias.yields_to_aliases)),
                has_backends_of=function is not None,
                backends_of=(
                    f"functions.{names.snake_case(function)}" if function else ""
                ),
                is_ambiguous=ambiguity is not None,
                ambiguous_slot=ambiguity.slot if ambiguity else "",
                ambiguous_keys=self._members(ambiguity.keys if ambiguity else 0),
                ambiguous_kernel=ambiguity.entry.kernel if ambiguity else "",
                ambiguous_reason=ambiguity.entry.reason if ambiguity else "",
            )

    def guards(self) -> GuardsView:
        tls = self._model.tls
        guards = tuple(map(self._guard_row, self._model.guards.values()))
        modes = tuple(map(self._guard_row, self._model.modes.values()))
        defaults = self._members(tls.include), self._members(tls.exclude)
        sets = [*defaults]
        for row in (*guards, *modes):
            sets += [row.include, row.exclude, row.stop_including, row.stop_excluding]
        backends = _names_backends(sets)
        keys = any(member.startswith("DispatchKey.") for s in sets for member in s)
        return GuardsView(
            default_included=defaults[0],
            default_excluded=defaults[1],
            guards=guards,
            modes=modes,
            imports_backends=backends,
            imports_keys_only=keys and not backends,
        )

    def _guard_row(self, guard: Guard) -> GuardRow:
        return GuardRow(
            name=guard.name,
            comments=tuple(_comments(guard.doc, indent=4)),
            include=self._members(guard.include),
            exclude=self._members(guard.exclude),
            stop_including=self._members(guard.stop_including),
            stop_excluding=self._members(guard.stop_excluding),
        )

    def registrations(self) -> tuple[RegistrationView, ...]:
        """One view for each backend, and for each other key that anything is for."""
        model = self._model
        subjects: dict[str, list[str]] = {name: [] for name in model.backends}
        for key in model.keys.values():
            if key.backend is not None:
                subjects[key.backend].append(key.name)
            elif key.name in model.fallbacks or key.name in model.kernels_by_key:
                subjects.setdefault(key.name, []).append(key.name)
        return tuple(
            self._registration(subject, keys) for subject, keys in subjects.items()
        )

    def _registration(self, subject: str, keys: Iterable[str]) -> RegistrationView:
        model = self._model
        fallbacks = [model.fallbacks[key] for key in keys if key in model.fallbacks]
        kernels = [k for key in keys for k in model.kernels_by_key.get(key, ())]
        return RegistrationView(
            module=names.module_name(subject),
            subject=subject,
            fallbacks=tuple(map(_fallback_row, fallbacks)),
            kernels=tuple(
                KernelRow(tuple(map(python_string, kernel))) for kernel in kernels
            ),
        )

    def registration_index(self) -> RegistrationsView:
        views = self.registrations()
        return RegistrationsView(
            modules=tuple(python_string(view.module) for view in views),
            fallbacks=tuple(
                f"{python_string(row.key)}: {python_string(view.module)}"
                for view in views
                for row in view.fallbacks
            ),
        )

    def dispatcher(self) -> DispatcherView:
        model = self._model
        types = tuple(
            TypeRow(
                module=foreign.name.partition(":")[0],
                class_name=foreign.name.partition(":")[2],
                literal=python_string(foreign.name),
                members=self._members(foreign.raw),
            )
            for foreign in model.types.values()
        )
        backends = _names_backends(row.members for row in types)
        return DispatcherView(
            keyset_attribute=python_string(model.keyset_attribute),
            dispatch_method=python_string(model.dispatch_method),
            default_alias=(
                "None"
                if model.default_alias is None
                else python_string(model.default_alias)
            ),
            types=types,
            guards=tuple(map(_named_row, model.guards.values())),
            imports_backends=backends,
            imports_keys_only=not backends and any(row.members for row in types),
        )

    def operators(self) -> tuple[OperatorView, ...]:
        """One view for each operator name; overloads share it."""
        return tuple(
            OperatorView(
                path=operator_module(packet).replace(".", "/"),
                module=operator_module(packet),
                subject=packet,
                overloads=tuple(map(self._overload_row, operators)),
            )
            for packet, operators in self._packets.items()
        )

    def stubs(self) -> Iterator[PacketStubView]:
        """Likewise, for type checkers; without names that Python cannot spell."""
        for packet, operators in self._packets.items():
            stub = packet_stub(packet, operators)
            if stub is not None:
                yield stub

    @cached_property
    def _packets(self) -> dict[str, list[Operator]]:
        found: dict[str, list[Operator]] = {}
        for operator in self._model.operators.values():
            found.setdefault(operator.packet, []).append(operator)
        return found

    def _overload_row(self, operator: Operator) -> OverloadRow:
        return OverloadRow(
            operator=operator.name,
            schema=operator.schema,
            tags=tuple(map(python_string, operator.tags)),
            fake_module=operator.fake_module or "",
            kernels=_items(operator.kernels),
        )

    def namespaces(self) -> tuple[NamespaceView, ...]:
        """One view for each namespace that has operators."""
        return tuple(
            NamespaceView(namespace, tuple(map(python_string, operators)))
            for namespace, operators in self._namespaces().items()
        )

    def _namespaces(self) -> dict[str, list[str]]:
        """The names in each namespace."""
        found: dict[str, list[str]] = {}
        for operator in self._model.operators:
            namespace, _, name = operator.partition("::")
            found.setdefault(namespace, []).append(name)
        return found

    def operator_index(self) -> OperatorsView:
        return OperatorsView(tuple(map(python_string, self._namespaces())))

    def operator_types(self) -> OperatorTypesView:
        attribute = self._model.keyset_attribute
        is_mangled = attribute.startswith("__") and not attribute.endswith("__")
        # Classes of others have a keyset by declaration, and no attribute.
        return OperatorTypesView(attribute, bool(self._model.types) or is_mangled)

    def stub_index(self) -> StubIndexView:
        return stub_index(o.packet for o in self._model.operators.values())

    def namespace_stubs(self) -> Iterator[NamespaceStubView]:
        return namespace_stubs(o.packet for o in self._model.operators.values())

    def tables(self) -> TablesView:
        return tables_view(self._model)

    def places(self) -> dict[str, dict[str, int]]:
        """By declaration file: each registration of a `module:function`, and its line.

        These are what cannot be looked up before it is called.
        """
        found: dict[str, dict[str, int]] = {}

        def add(operator: str | None, key: str, span: Span) -> None:
            file = self._model.files[span.path]
            found.setdefault(file, {})[declared_name(operator, key)] = span.line

        for name, fallback in self._model.fallbacks.items():
            if is_symbol(fallback.spec.kernel):
                add(None, name, fallback.kernel_span)
        for operator in self._model.operators.values():
            for key, kernel in operator.kernels.items():
                if is_symbol(kernel):
                    add(operator.name, key, operator.kernel_spans[key])
        return dict(sorted(found.items()))

    def package(self) -> PackageView:
        functions = [names.snake_case(name) for name in self._model.functions]
        camel = [names.camel_case(name) for name in self._model.functions]
        dispatcher = (*names.DISPATCHER_NAMES, *self._model.guards)
        lazy = _LAZY | dict.fromkeys(dispatcher, ".dispatcher")
        lazy |= dict.fromkeys(names.FUSER_NAMES, ".fuser")
        return PackageView(
            functions=tuple(sorted({*functions, *camel, *names.STANDARD_FUNCTIONS})),
            keysets=tuple(sorted(self._model.keysets)),
            lazy=tuple(TextRow(name, lazy[name]) for name in sorted(lazy)),
            modules=tuple(
                ModuleRow(module, tuple(n for n in sorted(lazy) if lazy[n] == module))
                for module in sorted(set(lazy.values()))
            ),
        )


_LAZY = {
    "DEFAULT_EXCLUDED": ".guards",
    "DEFAULT_INCLUDED": ".guards",
    "GUARDS": ".guards",
    "MODES": ".guards",
    "OPERATORS": ".operators",
    "REGISTRATIONS": ".registrations",
    "TABLES": ".table_rules",
    "TableEntry": "._runtime.table",
    "compute_dispatch_table": ".table_rules",
}


def operator_module(packet: str) -> str:
    """The module of an operator's overloads, below the `operators` package."""
    return packet.replace("::", ".")


def _items(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The items of a dict of texts, as literals."""
    return tuple(
        f"{python_string(key)}: {python_string(text)}" for key, text in texts.items()
    )


def _named_row(guard: Guard) -> NamedRow:
    return NamedRow(guard.name, python_docstring(guard.doc or f"{guard.name}."))


def _constant(keyset: str | None) -> str:
    """How a module beside `keysets` names a constant of it."""
    return "" if keyset is None else f"keysets.{keyset}"


def _names_backends(sets: Iterable[tuple[str, ...]]) -> bool:
    """Whether any of the sets names a backend component."""
    return any(m.startswith("BackendComponent.") for members in sets for m in members)


def _comments(text: str | None, indent: int = 0) -> list[str]:
    return [] if text is None else comment(" ".join(text.split()), indent)


def _fallback_row(fallback: KeyFallback) -> FallbackRow:
    spec = fallback.spec
    return FallbackRow(
        key=spec.key,
        policy=spec.policy,
        kernel=spec.kernel,
        redispatch_to=spec.redispatch_to or "",
        exclude=spec.exclude or "",
        backend=spec.backend or "",
        mode=spec.mode or "",
        has_message=spec.message is not None,
        message=spec.message or "",
        overridable=spec.overridable,
    )
