"""Makes what the C++ target prints about the dispatcher, its operators and kernels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias
from zlib import crc32

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
)
from codegen.schemas import parsed_schema
from codegen.views.build_variants import choices
from codegen.views.cpp import CppViews, has_complex
from codegen.views.cpp_operator_rows import (
    AttachedView,
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

_NO_WORD: Final = re.compile(r"[./]")
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


@dataclass(slots=True)
class _Signature:
    """What a kernel of an operator takes and returns.

    Attributes:
    """

    schema: FunctionSchema
    returns: str
    parameters: tuple[str, ...]


OfKernels: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
"""What an operator's kernels return and take, as spelt in the namespace of kernels; what
they take without second names."""


Fields: TypeAlias = tuple[FieldRow, ...]


class CppOperatorViews(CppViews):
    """Makes the views of one model, those of `CppViews` too.

    Args:
        model: the dispatcher.
        kernels: what is known of the kernels of operators, by operator.
    """

    def __init__(
        self, model: Model, kernels: Mapping[str, OfKernels] | None = None
    ) -> None:
        super().__init__(model)
        self._of_kernels = {} if kernels is None else dict(kernels)
        self._used = spelling.used_names(model)
        self._structs = dict(spelling.structs(model))
        self._signatures: dict[str, _Signature] = {}
        self._arguments: dict[tuple[str, bool], Fields] = {}
        self._returns: dict[str, Fields] = {}
        self._respelt: dict[str, tuple[str, str]] = {}
        self._functions: dict[str, bool] = {}

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
        model, cpp = self._model, self._model.cpp
        undefined = model.keys[model.undefined]
        checks = {
            f"toString({self._spell.key(undefined.name)})": cpp_string(undefined.text),
        }
        # Where these are sharded, all that the test uses is linked with it.
        headers = ("all_operators", "kernels") if cpp.shards == 1 else ("dispatcher",)
        return ProgramView(
            namespace=cpp.namespace,
            headers=tuple(f"{cpp.include}/{name}.h" for name in headers),
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
        return map(self.operator, self._packets)

    def operator(self, packet: str) -> OperatorView:
        """The view of an operator name: see Note [What a header follows from]."""
        cpp, overloads = self._model.cpp, self._packets[packet]
        path = _path(packet)
        namespace = self._namespace(packet.partition("::")[0])
        system = {"<array>", "<string_view>"}
        if self._is_sharded and any(map(has_complex, overloads)):
            system.add("<complex>")
        return OperatorView(
            path=path,
            # As it is: names may differ in where underscores stand.
            guard=f"{cpp.macro_prefix}_{_NO_WORD.sub('_', path)}".upper(),
            namespace=f"{cpp.namespace}::ops::{namespace}",
            subject=packet,
            system_headers=tuple(sorted(system)),
            headers=self._operator_headers,
            kernels=self._prototype_groups(self._own_prototypes(overloads)),
            overloads=tuple(map(self._operator_row, overloads)),
        )

    def entangled(self) -> Iterator[OperatorView]:
        """Those that follow from operators of other names too."""
        if not self._is_sharded or self._model.cpp.kernels_header is not None:
            return
        names = set(self._namespaces)
        for name, users in self._shared.items():
            if any(self._first[name, one.same] != one for _, one in users):
                names.add(name)
        for packet, overloads in self._packets.items():
            kernels = (name for one in overloads for name in one.kernels.values())
            if not names.isdisjoint(kernels):
                yield self.operator(packet)

    @cached_property
    def _operator_headers(self) -> tuple[str, ...]:
        cpp = self._model.cpp
        given = cpp.kernels_header is not None
        if cpp.is_static and (given or (not self._is_sharded and self._declared)):
            return "../../dispatcher.h", "../../kernels.h"
        return ("../../dispatcher.h",)

    def operator_index(self, path: str) -> OperatorsView:
        return OperatorsView(
            *self._common(path),
            headers=tuple(sorted(map(_path, self._packets))),
            structs=tuple(self._structs.values()),
        )

    def attached(self) -> Iterator[AttachedView]:
        """What makes operators known by name, if that is spread over sources."""
        cpp = self._model.cpp
        if not self._is_sharded:
            return
        packets: list[list[str]] = [[] for _ in range(cpp.shards)]
        for packet in self._packets:
            packets[self._shard(packet)].append(packet)
        for shard, of_shard in enumerate(packets):
            operators = (one for packet in of_shard for one in self._packets[packet])
            yield AttachedView(
                shard,
                cpp.namespace,
                headers=tuple(sorted(f"{cpp.include}/{_path(p)}" for p in of_shard)),
                structs=tuple(self._structs[one.name] for one in operators),
            )

    @property
    def _is_sharded(self) -> bool:
        return self._model.cpp.shards > 1

    def _shard(self, packet: str) -> int:
        return crc32(packet.encode()) % self._model.cpp.shards

    def _namespace(self, namespace: str) -> str:
        return spelling.operator_namespace(namespace, self._used)

    def _operator_row(self, operator: Operator) -> OperatorRow:
        signature = self._signature(operator)
        schema = signature.schema
        return OperatorRow(
            comments=tuple(comment(operator.schema)),
            name=self._structs[operator.name].rpartition("::")[2],
            returns=signature.returns,
            parameters=signature.parameters,
            argument_rows=tuple(map(self._argument_row, schema.arguments)),
            return_rows=tuple(map(self._return_row, schema.returns)),
            schema=tuple(_schema_fields(operator, schema)),
            kernels=tuple(
                tuple(self._kernel_items(operator, key, name))
                for key, name in operator.kernels.items()
            ),
            tags=tuple(map(cpp_string, operator.tags)),
            python_module=(
                cpp_string(module) if (module := operator.fake_module) else ""
            ),
            is_static=self._model.cpp.is_static,
        )

    def _argument_row(self, argument: Argument) -> Fields:
        # Most arguments are like one of another operator.
        known = str(argument), argument.kwarg_only
        if known not in self._arguments:
            self._arguments[known] = tuple(_argument_fields(argument))
        return self._arguments[known]

    def _return_row(self, returned: Argument) -> Fields:
        known = str(returned)
        if known not in self._returns:
            self._returns[known] = tuple(_return_fields(returned))
        return self._returns[known]

    def _signature(self, operator: Operator) -> _Signature:
        found = self._signatures.get(operator.name)
        if found is None:
            schema = parsed_schema(operator.schema)
            parameters = tuple(map(self.types.parameter, schema.arguments))
            found = _Signature(schema, self.types.returned(schema.returns), parameters)
            self._signatures[operator.name] = found
        return found

    def _kernel_items(self, operator: Operator, key: str, name: str) -> Iterator[str]:
        yield self._spell.key(key)
        yield cpp_string(name)
        if self._model.cpp.is_static:
            function = self._function(operator, name, "Plain")
            if function is not None:
                yield f"linked<{function}>"

    # Kernels

    # Note [What a header follows from]. Where registrations are spread over sources,
    # an operator's header declares its kernels too, and a source includes the headers of
    # the operators that it registers kernels of. A header follows from the operators of
    # its name, so that another operator changes none; but for those that are `entangled`:
    # two agree on a kernel's name and on what it takes, and not on what it returns, or
    # kernels stand in what would be another kernel.

    @cached_property
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
        if name in self._shared and self._own_prototype(operator, name) is None:
            return None
        if self._is_overloaded(operator, name):
            return f"static_cast<{plain}*>({address})"
        return address

    def _is_overloaded(self, operator: Operator, name: str) -> bool:
        """Whether other functions of this name may be declared where it is named."""
        if not self._is_sharded:
            return name in self._overloaded[0]
        if self._model.cpp.is_static:
            # Any header may be included beside the operator's own.
            return True
        return name in self._overloaded[self._shard(operator.packet)]

    def _is_function(self, name: str) -> bool:
        found = self._functions.get(name)
        if found is None:
            if self._model.cpp.kernels_header is not None:
                found = name != FALLTHROUGH and spelling.is_function(name, frozenset())
            else:
                found = name not in self._namespaces and spelling.is_function(
                    name, self._used
                )
            self._functions[name] = found
        return found

    @cached_property
    def _namespaces(self) -> frozenset[str]:
        """What cannot be a kernel: names that others stand in, and `fallthrough`."""
        names = {
            name
            for operator in self._model.operators.values()
            for name in operator.kernels.values()
            if "::" in name
        }
        found = {FALLTHROUGH}
        for name in names:
            if spelling.is_function(name, self._used):
                parts = name.split("::")
                found |= {"::".join(parts[:end]) for end in range(1, len(parts))}
        return frozenset(found)

    def _prototype(self, operator: Operator, name: str) -> _Prototype:
        (returns, *parameters), same = self.of_kernels(operator)
        return _Prototype(name, returns, tuple(parameters), same)

    def of_kernels(self, operator: Operator) -> OfKernels:
        """What its kernels take and return."""
        found = self._of_kernels.get(operator.name)
        if found is None:
            signature = self._signature(operator)
            shown = (signature.returns, *signature.parameters)
            same = tuple(map(self._same, signature.parameters))
            found = tuple(map(self._outside, shown)), same
            self._of_kernels[operator.name] = found
        return found

    def _own_prototype(self, operator: Operator, name: str) -> _Prototype | None:
        """How an operator's kernel is declared; None if it is another one's.

        Where operators agree on a kernel's name and on what it takes, but not on what it
        returns, the first one has it, and the others have to be registered by hand.
        """
        prototype = self._prototype(operator, name)
        first = self._first.get((name, prototype.same), prototype)
        return prototype if prototype == first else None

    def _own_prototypes(self, overloads: Sequence[Operator]) -> Iterator[_Prototype]:
        """The kernels that an operator's header declares."""
        if not self._is_sharded or self._model.cpp.kernels_header is not None:
            return
        known = set()
        for operator in overloads:
            for name in operator.kernels.values():
                if self._is_function(name):
                    prototype = self._own_prototype(operator, name)
                    if prototype is not None and prototype not in known:
                        known.add(prototype)
                        yield prototype

    @cached_property
    def _shared(self) -> Mapping[str, list[tuple[Operator | None, _Prototype]]]:
        """The kernels of several operators, or of one and a fallback, by name."""
        if self._model.cpp.kernels_header is not None:
            return {}
        users: dict[str, list[Operator]] = {}
        for operator in self._model.operators.values():
            for name in dict.fromkeys(operator.kernels.values()):
                users.setdefault(name, []).append(operator)
        found: dict[str, list[tuple[Operator | None, _Prototype]]] = {}
        fallbacks = {one.name: one for one in self._fallback_prototypes}
        for name, operators in users.items():
            if len(operators) + (name in fallbacks) < 2 or not self._is_function(name):
                continue
            if name in fallbacks:
                found[name] = [(None, fallbacks[name])]
            found.setdefault(name, []).extend(
                (operator, self._prototype(operator, name)) for operator in operators
            )
        return found

    @cached_property
    def _first(self) -> Mapping[tuple[str, tuple[str, ...]], _Prototype]:
        """Which of the functions that take the same is declared, where there are more."""
        found: dict[tuple[str, tuple[str, ...]], _Prototype] = {}
        for name, users in self._shared.items():
            for _, prototype in users:
                found.setdefault((name, prototype.same), prototype)
        return found

    @cached_property
    def _overloaded(self) -> Sequence[Set[str]]:
        """By shard: the names of several functions that its sources may see."""
        found: list[set[str]] = [set() for _ in range(self._model.cpp.shards)]
        for name, users in self._shared.items():
            seen: list[set[tuple[str, ...]]] = [set() for _ in found]
            for operator, prototype in users:
                if self._first[name, prototype.same] != prototype:
                    continue
                shard = None if operator is None else self._shard(operator.packet)
                for of_shard in seen if shard is None else [seen[shard]]:
                    of_shard.add(prototype.same)
            for number, takes in enumerate(seen):
                if len(takes) > 1:
                    found[number].add(name)
        return found

    @cached_property
    def _declared(self) -> Sequence[_Prototype]:
        """All kernels to declare."""
        if self._model.cpp.kernels_header is not None:
            return ()
        found = dict.fromkeys(self._fallback_prototypes)
        for operator in self._model.operators.values():
            for name in operator.kernels.values():
                if self._is_function(name):
                    prototype = self._own_prototype(operator, name)
                    if prototype is not None:
                        found[prototype] = None
        return tuple(found)

    def _outside(self, type: str) -> str:
        """A type as it is spelt in the namespace of kernels."""
        if self._model.cpp.kernels_namespace is None:
            return type
        return self._respelling(type)[0]

    def _same(self, type: str) -> str:
        return self._respelling(type)[1]

    def _respelling(self, type: str) -> tuple[str, str]:
        found = self._respelt.get(type)
        if found is None:
            root = f"::{self._model.cpp.namespace}"
            ours = {*self._second_names, "OperatorHandle", "DispatchKeySet", "Stack"}
            outside = _replaced(type, {name: f"{root}::{name}" for name in ours})
            found = outside, _replaced(type, self._second_names)
            self._respelt[type] = found
        return found

    @cached_property
    def _second_names(self) -> Mapping[str, str]:
        return {row.name: row.cpp_type for row in self.type_names()}

    def kernels(self) -> KernelsView:
        """The header that declares all kernels."""
        header = self._model.cpp.kernels_header
        headers = ["dispatcher.h"]
        if self._is_sharded and header is None:
            headers += ["fallback_kernels.h", "operators.h"]
        return KernelsView(
            self.include_guard("kernels.h"),
            subject="The declared kernels.",
            headers=tuple(headers),
            given_header="" if header is None else _include(header),
            groups=self._prototype_groups(() if self._is_sharded else self._declared),
        )

    def fallback_kernels(self) -> KernelsView | None:
        """The header that declares fallbacks, if it is not that of all kernels."""
        if not self._is_sharded or self._model.cpp.kernels_header is not None:
            return None
        return KernelsView(
            self.include_guard("fallback_kernels.h"),
            subject="The declared kernels that are fallbacks.",
            headers=("dispatcher.h",),
            given_header="",
            groups=self._prototype_groups(self._fallback_prototypes),
        )

    def _prototype_groups(
        self, prototypes: Iterable[_Prototype]
    ) -> tuple[PrototypesRow, ...]:
        groups: dict[str, list[PrototypeRow]] = {}
        root = self._model.cpp.kernels_namespace
        root = root or f"{self._model.cpp.namespace}::{KERNELS}"
        for one in prototypes:
            scope, _, name = f"{root}::{one.name}".rpartition("::")
            row = PrototypeRow(one.returns, name, one.parameters)
            groups.setdefault(scope, []).append(row)
        return tuple(
            PrototypesRow(scope, tuple(sorted(groups[scope], key=_by_name)))
            for scope in sorted(groups)
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

    @cached_property
    def _fallback_prototypes(self) -> tuple[_Prototype, ...]:
        if self._model.cpp.kernels_header is not None:
            return ()
        parameters = tuple(map(self._outside, _FALLBACK_PARAMETERS))
        return tuple(
            _Prototype(name, "void", parameters, _FALLBACK_PARAMETERS)
            for name in self._fallback_bodies
        )

    def registrations(self) -> Mapping[str, tuple[RegistrationView, ...]]:
        """For each backend and each other key: the kernels that C++ can have.

        By module; each has as many views as there are shards.
        """
        model = self._model
        subjects: dict[str, list[str]] = {name: [] for name in model.backends}
        for key in model.keys.values():
            if key.backend is not None:
                subjects[key.backend].append(key.name)
            else:
                subjects.setdefault(key.name, []).append(key.name)
        found = {
            module_name(subject): self._registration(subject, keys)
            for subject, keys in subjects.items()
        }
        # What is empty in one shard is there all the same, so that no build file has to
        # change when an operator comes.
        return {
            module: views
            for module, views in found.items()
            if any(view.libraries for view in views)
        }

    def _registration(
        self, subject: str, keys: Iterable[str]
    ) -> tuple[RegistrationView, ...]:
        cpp, module = self._model.cpp, module_name(subject)
        shards = range(cpp.shards)
        headers: list[set[str]] = [set() for _ in shards]
        libraries: list[list[LibraryRow]] = [[] for _ in shards]
        for key in keys:
            fallbacks = tuple(self._fallback_rows(key))
            if any(row.function for row in fallbacks):
                variants = len(fallbacks) > 1
                libraries[0].append(LibraryRow("_", key, fallbacks, variants, ()))
                headers[0].add(self._fallback_header)
            by_namespace: list[dict[str, list[BoundRow]]] = [{} for _ in shards]
            for operator, bound in self._bound_rows(key):
                namespace = operator.packet.partition("::")[0]
                shard = self._shard(operator.packet)
                by_namespace[shard].setdefault(namespace, []).append(bound)
                headers[shard].add(_path(operator.packet))
            for shard, namespaces in enumerate(by_namespace):
                libraries[shard] += [
                    LibraryRow(namespace, key, (), False, tuple(rows))
                    for namespace, rows in namespaces.items()
                ]
        always = {"dispatcher.h"}
        if not self._is_sharded or cpp.kernels_header is not None:
            always.add("kernels.h")
        return tuple(
            RegistrationView(
                path=f"{module}/{shard}" if self._is_sharded else module,
                subject=subject,
                namespace=cpp.namespace,
                macro=f"{cpp.macro_prefix}_LIBRARY_IMPL",
                headers=tuple(
                    f"{cpp.include}/{name}" for name in sorted(headers[shard] | always)
                ),
                libraries=tuple(libraries[shard]),
            )
            for shard in shards
        )

    @property
    def _fallback_header(self) -> str:
        if self._is_sharded and self._model.cpp.kernels_header is None:
            return "fallback_kernels.h"
        return "kernels.h"

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
            if kernel not in self._overloaded[0]:
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
