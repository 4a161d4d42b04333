"""Makes what the C++ target prints about the dispatcher, its operators and kernels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from codegen import cpp_operator_names as spelling
from codegen.format_cpp import comment
from codegen.model import Model, Operator
from codegen.names import module_name
from codegen.quoting import cpp_string
from codegen.runtime.python.registration import FALLTHROUGH
from codegen.runtime.python.schema import (
    Argument,
    FunctionSchema,
    ListType,
    OptionalType,
    parse_schema,
)
from codegen.views.build_variants import choices
from codegen.views.cpp import CppViews
from codegen.views.cpp_operator_rows import (
    BoundRow,
    CompiledView,
    DispatcherView,
    FallbackBodyRow,
    FuserView,
    KernelsView,
    LibraryRow,
    OperatorRow,
    OperatorsView,
    OperatorView,
    ProgramView,
    PrototypeRow,
    PrototypesRow,
    RegistrationView,
)
from codegen.views.cpp_rows import FieldRow, TypeRow

KERNELS: Final = "kernels"
"""The namespace of kernels, below that of the dispatcher, if none is declared."""

_FALLBACK_PARAMETERS: Final = (
    "const OperatorHandle&",
    "DispatchKeySet",
    "Stack*",
)


@dataclass(frozen=True, slots=True)
class _Prototype:
    """A kernel as C++ declares it; `same` are its parameters without second names."""

    name: str
    returns: str
    parameters: tuple[str, ...]
    same: tuple[str, ...]


class CppOperatorViews(CppViews):
    """Makes the views of one model, those of `CppViews` too."""

    def __init__(self, model: Model) -> None:
        super().__init__(model)
        self._used = spelling.used_names(model)
        self._structs = dict(spelling.structs(model))
        self._schemas = {
            operator.name: parse_schema(operator.schema)
            for operator in model.operators.values()
        }

    # The dispatcher

    def dispatcher(self) -> DispatcherView:
        model, root = self._model, f"::{self._model.cpp.namespace}"
        default = model.default_alias
        return DispatcherView(
            *self._common("dispatcher.h"),
            prefix=model.cpp.macro_prefix,
            observable=f"{model.cpp.macro_prefix}_OBSERVERS != 0",
            declares_value=model.cpp.value is None,
            has_default_key=default is not None,
            default_key=self._spell.key(default or model.undefined),
            traits=tuple(
                TypeRow(name, f"{root}::{name}")
                for name in ("Numbering", "Tensor", "Value")
            ),
            guards=tuple(
                TypeRow(name, f"DeclaredGuard<tls_changes::{name}>")
                for name in model.guards
            ),
            modes=tuple(
                TypeRow(name, f"DeclaredGuard<::{model.cpp.namespace}::modes::{name}>")
                for name in model.modes
            ),
        )

    def fuser(self) -> FuserView:
        return FuserView(*self._common("fuser.h"))

    def compiled(self) -> CompiledView:
        cpp = self._model.cpp
        return CompiledView(cpp.macro_prefix, f"{cpp.include}/dispatcher.h")

    def program(self) -> ProgramView:
        """The test: a few things that have to be as they are declared."""
        model = self._model
        undefined = model.keys[model.undefined]
        checks = {
            f"toString({self._spell.key(undefined.name)})": cpp_string(undefined.text),
        }
        headers = ("all_operators", "kernels")
        return ProgramView(
            namespace=model.cpp.namespace,
            headers=tuple(f"{model.cpp.include}/{name}.h" for name in headers),
            checks=tuple(FieldRow(*check) for check in checks.items()),
        )

    # Operators

    @cached_property
    def _packets(self) -> Mapping[str, list[Operator]]:
        found: dict[str, list[Operator]] = {}
        for operator in self._model.operators.values():
            found.setdefault(operator.packet, []).append(operator)
        return found

    def operators(self) -> Iterator[OperatorView]:
        """One view for each operator name; overloads share it."""
        cpp = self._model.cpp
        headers = ["../../dispatcher.h"]
        if cpp.is_static and self._has_bodies:
            headers.append("../../kernels.h")
        for packet, overloads in self._packets.items():
            namespace = packet.partition("::")[0]
            path = _path(packet)
            yield OperatorView(
                path=path,
                # As it is: names may differ in where underscores stand.
                guard=f"{cpp.macro_prefix}_{re.sub('[./]', '_', path)}".upper(),
                namespace=f"{cpp.namespace}::ops::{self._namespace(namespace)}",
                subject=packet,
                headers=tuple(headers),
                overloads=tuple(map(self._operator_row, overloads)),
            )

    def operator_index(self, path: str) -> OperatorsView:
        return OperatorsView(
            *self._common(path),
            headers=tuple(sorted(map(_path, self._packets))),
            structs=tuple(self._structs.values()),
        )

    def _namespace(self, namespace: str) -> str:
        return spelling.operator_namespace(namespace, self._used)

    def _operator_row(self, operator: Operator) -> OperatorRow:
        schema = self._schemas[operator.name]
        returns, parameters = self._signature(schema)
        kernels = operator.kernels.items()
        return OperatorRow(
            comments=tuple(comment(operator.schema)),
            name=spelling.struct_name(operator.name, self._used),
            returns=returns,
            parameters=parameters,
            argument_rows=tuple(
                tuple(_argument_fields(argument)) for argument in schema.arguments
            ),
            return_rows=tuple(tuple(_return_fields(one)) for one in schema.returns),
            schema=tuple(_schema_fields(operator, schema)),
            kernels=tuple(
                tuple(self._kernel_items(operator, key, name)) for key, name in kernels
            ),
            tags=tuple(map(cpp_string, operator.tags)),
            python_module=(
                cpp_string(module) if (module := operator.fake_module) else ""
            ),
            is_static=self._model.cpp.is_static,
        )

    def _signature(self, schema: FunctionSchema) -> tuple[str, tuple[str, ...]]:
        parameters = tuple(map(self.types.parameter, schema.arguments))
        return self.types.returned(schema.returns), parameters

    def _kernel_items(self, operator: Operator, key: str, name: str) -> Iterator[str]:
        yield self._spell.key(key)
        yield cpp_string(name)
        if self._model.cpp.is_static:
            function = self._function(operator, name, "Plain")
            if function is not None:
                yield f"linked<{function}>"

    # Kernels

    @property
    def _has_bodies(self) -> bool:
        """Whether any kernel is a function of C++."""
        return self._model.cpp.kernels_header is not None or bool(self._declared)

    @property
    def _kernels_namespace(self) -> str:
        declared = self._model.cpp.kernels_namespace
        return KERNELS if declared is None else f"::{declared}"

    def _function(self, operator: Operator, name: str, plain: str) -> str | None:
        """The expression of a kernel's address; None if C++ has no such function."""
        if not self._is_function(name):
            return None
        address = f"&{self._kernels_namespace}::{name}"
        if self._model.cpp.kernels_header is not None:
            return address
        if self._prototype(operator, name) not in self._declared.get(name, ()):
            return None
        if len(self._declared[name]) == 1:
            return address
        return f"static_cast<{plain}*>({address})"

    def _is_function(self, name: str) -> bool:
        if self._model.cpp.kernels_header is not None:
            return name != FALLTHROUGH and spelling.is_function(name, frozenset())
        return name not in self._namespaces and spelling.is_function(name, self._used)

    @cached_property
    def _namespaces(self) -> frozenset[str]:
        """What cannot be a kernel: names that others stand in, and `fallthrough`."""
        names = {
            name
            for operator in self._model.operators.values()
            for name in operator.kernels.values()
            if spelling.is_function(name, self._used)
        }
        found = {FALLTHROUGH}
        for name in names:
            parts = name.split("::")
            found |= {"::".join(parts[:end]) for end in range(1, len(parts))}
        return frozenset(found)

    def _prototype(self, operator: Operator, name: str) -> _Prototype:
        returns, parameters = self._signature(self._schemas[operator.name])
        return _Prototype(
            name,
            self._outside(returns),
            tuple(map(self._outside, parameters)),
            tuple(map(self._same, parameters)),
        )

    @cached_property
    def _declared(self) -> Mapping[str, list[_Prototype]]:
        """The kernels to declare, by name; two differ in what they take.

        Where operators agree on a kernel's name and on what it takes, but not on what it
        returns, the first one has it, and the others have to be registered by hand.
        """
        found: dict[str, list[_Prototype]] = {}
        if self._model.cpp.kernels_header is not None:
            return found
        for fallback in self._fallback_bodies:
            parameters = tuple(map(self._outside, _FALLBACK_PARAMETERS))
            found[fallback] = [
                _Prototype(fallback, "void", parameters, _FALLBACK_PARAMETERS)
            ]
        for operator in self._model.operators.values():
            for name in operator.kernels.values():
                if not self._is_function(name):
                    continue
                prototype = self._prototype(operator, name)
                known = found.setdefault(name, [])
                if all(other.same != prototype.same for other in known):
                    known.append(prototype)
        return found

    def _outside(self, type: str) -> str:
        """A type as it is spelt in the namespace of kernels."""
        if self._model.cpp.kernels_namespace is None:
            return type
        root = f"::{self._model.cpp.namespace}"
        ours = {*self._second_names, "OperatorHandle", "DispatchKeySet", "Stack"}
        return _replaced(type, {name: f"{root}::{name}" for name in ours})

    def _same(self, type: str) -> str:
        return _replaced(type, self._second_names)

    @cached_property
    def _second_names(self) -> Mapping[str, str]:
        return {row.name: row.cpp_type for row in self.type_names()}

    def kernels(self) -> KernelsView:
        groups: dict[str, list[PrototypeRow]] = {}
        root = self._model.cpp.kernels_namespace
        root = root or f"{self._model.cpp.namespace}::{KERNELS}"
        for prototypes in self._declared.values():
            for one in prototypes:
                scope, _, name = f"{root}::{one.name}".rpartition("::")
                row = PrototypeRow(one.returns, name, one.parameters)
                groups.setdefault(scope, []).append(row)
        header = self._model.cpp.kernels_header
        return KernelsView(
            self.include_guard("kernels.h"),
            header="" if header is None else _include(header),
            groups=tuple(
                PrototypesRow(scope, tuple(sorted(groups[scope], key=_by_name)))
                for scope in sorted(groups)
            ),
        )

    # Registrations

    @cached_property
    def _fallback_bodies(self) -> tuple[str, ...]:
        """The functions that are fallbacks of keys, in any build variant."""
        found: dict[str, None] = {}
        for fallback in self._model.fallbacks.values():
            for spec in (fallback.spec, *fallback.variants.values()):
                if spec.policy == "kernel" and self._is_function(spec.kernel):
                    found[spec.kernel] = None
        return tuple(found)

    def registrations(self) -> tuple[RegistrationView, ...]:
        """For each backend and each other key: the kernels that C++ can have."""
        model = self._model
        subjects: dict[str, list[str]] = {name: [] for name in model.backends}
        for key in model.keys.values():
            if key.backend is not None:
                subjects[key.backend].append(key.name)
            else:
                subjects.setdefault(key.name, []).append(key.name)
        views = (
            self._registration(subject, keys) for subject, keys in subjects.items()
        )
        return tuple(view for view in views if view.libraries)

    def _registration(self, subject: str, keys: Iterable[str]) -> RegistrationView:
        cpp = self._model.cpp
        headers = {f"{cpp.include}/dispatcher.h", f"{cpp.include}/kernels.h"}
        libraries: list[LibraryRow] = []
        for key in keys:
            fallbacks = tuple(self._fallback_rows(key))
            if any(row.function for row in fallbacks):
                variants = len(fallbacks) > 1
                libraries.append(LibraryRow("_", key, fallbacks, variants, ()))
            by_namespace: dict[str, list[BoundRow]] = {}
            for operator, bound in self._bound_rows(key):
                namespace = operator.packet.partition("::")[0]
                by_namespace.setdefault(namespace, []).append(bound)
                headers.add(f"{cpp.include}/{_path(operator.packet)}")
            libraries += [
                LibraryRow(namespace, key, (), False, tuple(rows))
                for namespace, rows in by_namespace.items()
            ]
        return RegistrationView(
            module=module_name(subject),
            subject=subject,
            namespace=cpp.namespace,
            macro=f"{cpp.macro_prefix}_LIBRARY_IMPL",
            headers=tuple(sorted(headers)),
            libraries=tuple(libraries),
        )

    def _bound_rows(self, key: str) -> Iterator[tuple[Operator, BoundRow]]:
        if self._model.cpp.is_static:
            return
        for kernel in self._model.kernels_by_key.get(key, ()):
            operator = self._model.operators[kernel.operator]
            struct = self._structs[operator.name]
            function = self._function(operator, kernel.kernel, f"{struct}::Plain")
            if function is not None:
                yield operator, BoundRow(struct, function, cpp_string(kernel.kernel))

    def _fallback_rows(self, key: str) -> Iterator[FallbackBodyRow]:
        fallback = self._model.fallbacks.get(key)
        if fallback is None:
            return
        bodies = frozenset(self._fallback_bodies)

        def function(policy: str, kernel: str) -> str:
            if policy != "kernel" or kernel not in bodies:
                return ""
            address = f"&{self._kernels_namespace}::{kernel}"
            if len(self._declared.get(kernel, ())) < 2:
                return address
            return f"static_cast<BoxedFunction>({address})"

        plain = function(fallback.spec.policy, fallback.spec.kernel)
        others = {n: function(s.policy, s.kernel) for n, s in fallback.variants.items()}
        for directive, shown in choices(self._model, others, plain):
            yield FallbackBodyRow(directive, shown)


def _path(packet: str) -> str:
    """The header of an operator's overloads, below the folder of headers."""
    return f"operators/{packet.replace('::', '/')}.h"


def _include(header: str) -> str:
    return header if header.startswith("<") else f'"{header}"'


def _by_name(row: PrototypeRow) -> tuple[str, tuple[str, ...]]:
    return row.name, row.parameters


def _replaced(type: str, names: Mapping[str, str]) -> str:
    """A type with other names for some that stand in it without a namespace."""
    if not names:
        return type
    known = "|".join(sorted(map(re.escape, names), reverse=True))
    return re.sub(rf"(?<![\w:])({known})(?![\w:])", lambda m: names[m[1]], type)


def _kind(argument: Argument) -> str:
    """Where it may hold tensors."""
    if argument.is_tensor:
        return "kTensor"
    if argument.is_optional_tensor:
        return "kOptionalTensor"
    if not argument.is_tensor_list:
        return ""
    listed = argument.type
    if isinstance(listed, OptionalType):
        listed = listed.element
    assert isinstance(listed, ListType)
    is_optional = isinstance(listed.element, OptionalType)
    return "kOptionalTensorList" if is_optional else "kTensorList"


def _flags(**fields: bool) -> Iterator[FieldRow]:
    for name, is_set in fields.items():
        if is_set:
            yield FieldRow(name, "true")


def _argument_fields(argument: Argument) -> Iterator[FieldRow]:
    """What it says of itself, in the order of the fields of C++."""
    type = str(Argument("", argument.type, alias=argument.alias))
    yield FieldRow("name", cpp_string(argument.name))
    yield FieldRow("type", cpp_string(type))
    if argument.has_default:
        # As it is written, without the alias annotation before it.
        bare = str(Argument("", argument.type))
        default = str(Argument("", argument.type, argument.default, True))
        text = default.removeprefix(f"{bare}=")
        yield FieldRow("default_text", cpp_string(text))
    yield from _flags(
        has_default=argument.has_default,
        kwarg_only=argument.kwarg_only,
        is_write=argument.is_write,
        is_alias=argument.alias is not None,
    )
    if kind := _kind(argument):
        yield FieldRow("kind", f"ArgumentKind::{kind}")


def _return_fields(returned: Argument) -> Iterator[FieldRow]:
    type = str(Argument("", returned.type, alias=returned.alias))
    yield FieldRow("type", cpp_string(type))
    yield from _flags(is_write=returned.is_write, is_alias=returned.alias is not None)
    if kind := _kind(returned):
        yield FieldRow("kind", f"ArgumentKind::{kind}")
    if returned.name:
        yield FieldRow("name", cpp_string(returned.name))


def _schema_fields(operator: Operator, schema: FunctionSchema) -> Iterator[FieldRow]:
    yield FieldRow("name", cpp_string(operator.packet))
    yield FieldRow("overload", cpp_string(schema.overload))
    yield FieldRow("arguments", "arguments")
    yield FieldRow("returns", "returns")
    yield from _flags(is_vararg=schema.is_vararg, is_varret=schema.is_varret)
