"""Makes what the templates of the libtorch target print, of a model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple
from zlib import crc32

from codegen.aten_types import AtenTypes
from codegen.cpp_operator_names import struct_name
from codegen.extension import Extension, OwnKernel, extension_of
from codegen.format_cpp import comment
from codegen.format_cpp_torch import literals
from codegen.model import KeyFallback, Model, Operator
from codegen.model_torch import TorchOptions
from codegen.names import module_name
from codegen.precomputed import Precomputed, is_out, parse_precomputed
from codegen.quoting import cpp_string, python_string
from codegen.runtime.python.registration import FALLTHROUGH, Fallback, is_symbol
from codegen.runtime.python.schema import Argument, FunctionSchema, parse_schema
from codegen.source import Span
from codegen.views.build_variants import choices, only_in
from codegen.views.cpp_rows import FieldRow, SetRow
from codegen.views.libtorch_backend_files import BackendFileViews
from codegen.views.libtorch_rows import (
    BackendClassView,
    ChoiceRow,
    DeviceView,
    ExtensionView,
    FallbacksView,
    FunctionRow,
    KernelsView,
    KeysetsView,
    MessageRow,
    OperatorsView,
    PackageView,
    ProjectView,
    PrototypesRow,
    PythonView,
    RegistrationView,
    SectionsView,
    StatementRow,
    StructRow,
    VariantsRow,
    WrapperRow,
)
from codegen.views.libtorch_signatures import (
    Signature,
    declared,
    inner_parameter,
    parameter_names,
    signature_of,
)
from codegen.views.members import Members

# Kernels whose names end so keep symbolic sizes, as in torchgen's files.
_SYMBOLIC: Final = "_symint"

# What functions need that check devices and guard them.
_GUARD_HEADERS: Final = (
    "ATen/DeviceGuard.h",
    "ATen/core/op_registration/adaption.h",
    "c10/core/TensorOptions.h",
)

_REGISTRATION: Final = "registration"
_KEYSETS: Final = "keysets"

_FALLBACK_PARAMETERS: Final = (
    "const c10::OperatorHandle& op",
    "c10::DispatchKeySet keys",
    "torch::jit::Stack* stack",
)


class DeclaredKernel(NamedTuple):
    """A function whose definition is written by hand.

    Attributes:
        name: with its whole namespace, or class.
        returns: what it returns.
        types: what it takes.
        parameters: the same with names.
        operator: what it is for.
        span: its declaration.
    """

    name: str
    returns: str
    types: tuple[str, ...]
    parameters: tuple[str, ...]
    operator: str
    span: Span


class LibtorchViews:
    """Makes the views of one model, which declares an extension."""

    def __init__(self, model: Model, torch: TorchOptions) -> None:
        self._model = model
        self._torch = torch
        self._spell = Members(model, "::")
        self.extension: Extension = extension_of(model, torch)
        self._files = BackendFileViews(model, torch.package)
        self._symbols_of_files = frozenset(
            k.kernel for k in self.extension.kernels if k.of_file is not None
        )

    @property
    def package(self) -> str:
        return self._torch.package

    @cached_property
    def _namespace(self) -> str:
        """Where generated functions and constants are: below that of the extension.

        No function or namespace of the author's is called so.
        """
        name = f"{self._torch.namespace}::{_REGISTRATION}"
        declared = [f"{self._kernel(own)}::" for own in self._declared_names]
        while any(own.startswith(f"::{name}::") for own in declared):
            name += "_"
        return name

    @property
    def _declared_names(self) -> Iterator[str]:
        """The author's functions and structs."""
        device = self._torch.device
        if device is not None:
            functions = (device.allocator, device.guard, device.hooks)
            yield from (name for name in functions if name is not None)
        yield from (k.kernel for k in self._cpp_kernels if k.kernel != FALLTHROUGH)
        for fallback in self.extension.fallbacks:
            for spec in self._specs(fallback):
                if spec.policy == "kernel" and not is_symbol(spec.kernel):
                    yield spec.kernel

    def _guard(self, header: str) -> str:
        """The include guard of a header."""
        shown = re.sub("[^A-Z0-9]+", "_", f"{self.package}/{header}".upper())
        return shown.strip("_")

    # Fallbacks

    def keysets(self) -> KeysetsView:
        """The constants that policies name."""
        used = set()
        for fallback in self.extension.fallbacks:
            for spec in self._specs(fallback):
                used |= {spec.redispatch_to, spec.exclude}
        rows = (
            SetRow(
                keyset.name,
                self._spell.of(keyset.raw),
                tuple(comment(keyset.doc or keyset.expression)),
            )
            for keyset in self._model.keysets.values()
            if keyset.name in used
        )
        namespace = f"{self._namespace}::{_KEYSETS}"
        return KeysetsView(self._guard("keysets.h"), namespace, tuple(rows))

    def _specs(self, fallback: KeyFallback) -> tuple[Fallback, ...]:
        """What a fallback does in each build variant, the plain build first."""
        others = () if self._model.variant else fallback.variants.values()
        return (fallback.spec, *others)

    def fallbacks(self) -> FallbacksView:
        variants: dict[tuple[ChoiceRow, ...], str] = {}
        statements = []
        fallbacks = [
            f for f in self.extension.fallbacks if not is_symbol(f.spec.kernel)
        ]
        for fallback in fallbacks:
            key = fallback.spec.key
            rows = tuple(self._choices(fallback))
            policy = rows[0].policy
            if len(rows) > 1:
                policy = f"{variants.setdefault(rows, f'fallback_of_{key}')}()"
            function = (
                "replaceable_fallback" if fallback.spec.overridable else "fallback"
            )
            statements.append(
                StatementRow(f"registry.{function}", (self._spell.key(key), policy))
            )
        return FallbacksView(
            self._namespace,
            messages=tuple(
                MessageRow(name, literals(text), self._where_used(text))
                for text, name in self._messages.items()
            ),
            has_host_memory=any(
                self._is_in_host_memory(spec)
                for fallback in fallbacks
                for spec in self._specs(fallback)
            ),
            variants=tuple(VariantsRow(name, c) for c, name in variants.items()),
            statements=tuple(statements),
        )

    @cached_property
    def _messages(self) -> Mapping[str, str]:
        """The texts of errors, and the names of their constants."""
        found: dict[str, str] = {}
        for fallback in self.extension.fallbacks:
            for spec in self._specs(fallback):
                text, name = _message(spec), f"message_of_{spec.key}"
                while text not in found and name in found.values():
                    name += "_"
                if text is not None:
                    found.setdefault(text, name)
        return found

    def _where_used(self, text: str) -> str:
        """The directive before an error's text that some build variants do not have."""
        fallbacks = self.extension.fallbacks
        by_variant = {
            name: any(_message(f.variants.get(name, f.spec)) == text for f in fallbacks)
            for name in self._model.variants
        }
        plain = any(_message(f.spec) == text for f in fallbacks)
        return only_in(self._model, by_variant, plain=plain)

    def _choices(self, fallback: KeyFallback) -> Iterator[ChoiceRow]:
        """What a fallback does in each build variant."""
        specs = {} if self._model.variant else fallback.variants
        others = {name: self._policy(spec) for name, spec in specs.items()}
        for line, policy in choices(self._model, others, self._policy(fallback.spec)):
            yield ChoiceRow(line, policy)

    def _policy(self, spec: Fallback) -> str:
        """The call that makes what a fallback does; see `runtime/policies.h`."""
        match spec.policy:
            case "kernel":
                # The template's parameter chooses among functions of one name.
                return f"boxed<&{self._kernel(spec.kernel)}>()"
            case "not_implemented":
                return f"not_implemented<{self._messages[spec.message or '']}>()"
            case "backend_fallback_to" if self._is_in_host_memory(spec):
                return "host_memory_fallback()"
            case "backend_fallback_to":
                return "backend_fallback_to_host()"
            case "python_dispatcher":
                return f"python_dispatcher<{self._spell.key(spec.key)}>()"
            case policy:
                keyset = spec.redispatch_to or spec.exclude
                return f"{policy}<{_KEYSETS}::{keyset}>()" if keyset else f"{policy}()"

    def _is_in_host_memory(self, spec: Fallback) -> bool:
        """Whether a fallback to the host is that of a device that has its memory."""
        device = self._torch.device
        if device is None or spec.policy != "backend_fallback_to":
            return False
        is_its_own = self._model.keys[spec.key].backend == device.backend
        return is_its_own and device.has_host_memory

    # Operators

    def operators(self) -> OperatorsView:
        return OperatorsView(
            self._namespace,
            tuple(map(self._definition, self.extension.definitions)),
        )

    def _definition(self, operator: Operator) -> StatementRow:
        namespace = operator.name.partition("::")[0]
        arguments = [cpp_string(f"{namespace}::{operator.schema}")]
        if operator.tags or operator.fake_module:
            tags = ", ".join(f"at::Tag::{tag}" for tag in operator.tags)
            arguments.append(f"{{{tags}}}")
        if operator.fake_module:
            arguments.append(cpp_string(operator.fake_module))
        return StatementRow("registry.define", tuple(arguments))

    # Kernels

    @cached_property
    def _cpp_kernels(self) -> tuple[OwnKernel, ...]:
        """The kernels that are C++, or none."""
        return tuple(k for k in self.extension.kernels if not is_symbol(k.kernel))

    @cached_property
    def _schemas(self) -> Mapping[str, FunctionSchema]:
        found = {kernel.operator.name: kernel.operator for kernel in self._cpp_kernels}
        return {name: parse_schema(o.schema) for name, o in found.items()}

    def _kernel(self, name: str) -> str:
        """A kernel with its whole namespace."""
        if name in self._symbols_of_files:
            return f"::{name}"
        scope = self._torch.kernels_namespace
        if scope is None and "::" not in name:
            scope = self._torch.namespace
        return f"::{scope}::{name}" if scope else f"::{name}"

    def _signature(self, kernel: OwnKernel) -> Signature:
        """What the function that is registered returns and takes."""
        if kernel.of_file is not None:
            return self._files.signature(kernel.of_file[1])
        schema = self._schemas[kernel.operator.name]
        types = AtenTypes(
            symint=kernel.kernel.endswith(_SYMBOLIC) and not kernel.is_structured,
            structured_group=kernel.operator.structured is not None,
            const_written=kernel.operator.const_written,
        )
        return signature_of(schema, types)

    @cached_property
    def _declared_kernels(self) -> Mapping[str, list[Signature]]:
        """The functions to declare, by their whole names; two differ in what they take."""
        found: dict[str, list[Signature]] = {}
        for kernel in self._cpp_kernels:
            if kernel.is_structured or kernel.kernel == FALLTHROUGH:
                continue
            if kernel.of_file is not None and kernel.of_file[1].copies is not None:
                continue
            signature = self._signature(kernel)
            known = found.setdefault(self._kernel(kernel.kernel), [])
            if all(other.types != signature.types for other in known):
                known.append(signature)
        return found

    @cached_property
    def _structs(self) -> Mapping[str, OwnKernel]:
        """The structured kernels, by their whole names."""
        return {
            self._kernel(kernel.kernel): kernel
            for kernel in reversed(self._cpp_kernels)
            if kernel.is_structured
        }

    def backend_classes(self) -> tuple[BackendClassView, ...]:
        """The classes of backend files."""
        return tuple(self._files.classes())

    def kernels(self) -> KernelsView:
        classes = tuple(view.path for view in self.backend_classes())
        header = self._torch.kernels_header
        if header is not None:
            shown = header if header.startswith("<") else f'"{header}"'
            return KernelsView(self._guard("prototypes.h"), shown, classes, (), ())
        functions: dict[str, list[FunctionRow]] = {}
        structs: dict[str, list[StructRow]] = {}
        for name, signatures in self._declared_kernels.items():
            if name.removeprefix("::") in self._symbols_of_files:
                continue  # A class has them.
            scope, _, own = name.removeprefix("::").rpartition("::")
            functions.setdefault(scope, []).extend(
                FunctionRow(s.returns, own, s.parameters) for s in signatures
            )
        for name in self._fallback_bodies:
            scope, _, own = name.removeprefix("::").rpartition("::")
            row = FunctionRow("void", own, _FALLBACK_PARAMETERS)
            functions.setdefault(scope, []).append(row)
        meta_headers = set()
        for name, kernel in self._structs.items():
            scope, _, own = name.removeprefix("::").rpartition("::")
            functional = self._functional(kernel.operator)
            base = struct_name(functional, frozenset())
            types, named = self._impl(kernel)
            parameters = declared(types, named)
            struct = StructRow(own, f"at::meta::structured_{base}", parameters)
            structs.setdefault(scope, []).append(struct)
            meta_headers.add(_meta_header(functional))
        return KernelsView(
            self._guard("prototypes.h"),
            "",
            classes,
            tuple(sorted(meta_headers)),
            tuple(
                PrototypesRow(
                    scope,
                    tuple(sorted(functions.get(scope, ()), key=_by_name)),
                    tuple(sorted(structs.get(scope, ()))),
                )
                for scope in sorted(functions.keys() | structs.keys())
            ),
        )

    @cached_property
    def _fallback_bodies(self) -> tuple[str, ...]:
        """The functions that are fallbacks, each once."""
        found: dict[str, None] = {}
        for fallback in self.extension.fallbacks:
            for spec in self._specs(fallback):
                if spec.policy == "kernel" and not is_symbol(spec.kernel):
                    found[self._kernel(spec.kernel)] = None
        return tuple(found)

    def declared_kernels(self) -> tuple[DeclaredKernel, ...]:
        """The functions of kernels that the author writes, each once."""
        found: dict[tuple[str, tuple[str, ...]], DeclaredKernel] = {}
        for kernel in (*self._kernels_of_files(), *self._other_kernels()):
            found.setdefault((kernel.name, kernel.types), kernel)
        return tuple(found.values())

    def _kernels_of_files(self) -> Iterator[DeclaredKernel]:
        for file in self._model.backend_files:
            for kernel in file.own_kernels:
                returns, types, given = self._files.signature(kernel)
                parameters = declared(types, given)
                yield DeclaredKernel(
                    file.symbol(kernel),
                    returns,
                    types,
                    parameters,
                    kernel.operator,
                    kernel.span,
                )

    def _other_kernels(self) -> Iterator[DeclaredKernel]:
        for kernel in self._cpp_kernels:
            if kernel.of_file is not None or kernel.kernel == FALLTHROUGH:
                continue
            name = self._kernel(kernel.kernel)
            if not kernel.is_structured:
                returns, types, given = self._signature(kernel)
            elif self._structs[name] is kernel:
                name, returns = f"{name}::impl", "void"
                types, given = self._impl(kernel)
            else:
                continue
            yield DeclaredKernel(
                name.removeprefix("::"),
                returns,
                types,
                declared(types, given),
                kernel.operator.name,
                kernel.span,
            )

    def _functional(self, operator: Operator) -> str:
        """The functional operator of a structured one's group."""
        assert operator.structured is not None
        return operator.structured.functional or operator.name

    def _impl(self, kernel: OwnKernel) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The types and names of what `impl` of a structured kernel takes."""
        schema = self._out_schema(kernel)
        precomputed = self._precomputed(kernel)
        arguments = precomputed.impl_arguments(schema)
        return (
            precomputed.impl_types(schema),
            parameter_names(arguments),
        )

    def _out_schema(self, kernel: OwnKernel) -> FunctionSchema:
        assert kernel.operator.structured is not None
        out = self._model.out_variant(kernel.operator.structured)
        return parse_schema(out.schema)

    def _precomputed(self, kernel: OwnKernel) -> Precomputed:
        assert kernel.operator.structured is not None
        schema = self._out_schema(kernel)
        return parse_precomputed(kernel.operator.structured.precomputed, schema)

    def registrations(self) -> tuple[RegistrationView, ...]:
        """For each backend and each other key: the kernels that C++ has."""
        by_key: dict[str, list[OwnKernel]] = {}
        for kernel in self._cpp_kernels:
            by_key.setdefault(kernel.key, []).append(kernel)
        subjects: dict[str, list[OwnKernel]] = {n: [] for n in self._model.backends}
        for key in self._model.keys.values():
            found = by_key.get(key.name, ())
            subjects.setdefault(key.backend or key.name, []).extend(found)
        return tuple(
            self._registration(subject, module, of_shard)
            for subject, kernels in subjects.items()
            for module, of_shard in self._shards(module_name(subject), kernels)
        )

    def _shards(
        self, module: str, kernels: Iterable[OwnKernel]
    ) -> Iterator[tuple[str, list[OwnKernel]]]:
        """The files of a subject; an operator stays where it is as long as the number does.

        What runs structured kernels of a group is together, since it instantiates the
        same templates.
        """
        count = self._torch.shards
        shards: dict[int, list[OwnKernel]] = {}
        for kernel in kernels:
            structured = kernel.operator.structured
            name = structured.out if structured else kernel.operator.name
            if kernel.of_file is not None:
                name = kernel.of_file[1].copies or kernel.operator.name
            packet = name.partition(".")[0]
            shards.setdefault(crc32(packet.encode()) % count, []).append(kernel)
        for number in sorted(shards):
            suffix = f"_{number}" if count > 1 else ""
            yield f"{module}{suffix}", shards[number]

    def _registration(
        self, subject: str, module: str, kernels: Sequence[OwnKernel]
    ) -> RegistrationView:
        wrappers, statements = [], []
        for kernel in kernels:
            function = self._registered(kernel)
            if kernel.is_structured:
                wrapper = self._wrapper(kernel)
                wrappers.append(wrapper)
                function = f"unboxed<&{wrapper.name}>()"
            name = cpp_string(kernel.operator.name)
            arguments = (name, self._spell.key(kernel.key), function)
            statements.append(StatementRow("registry.impl", arguments))
        callers = tuple(self._files.callers(kernels))
        has_guards = any(row.checks or row.guards for row in callers)
        return RegistrationView(
            module=module,
            subject=subject,
            headers=tuple(
                sorted(
                    (*_GUARD_HEADERS * has_guards, *self._files.copy_headers(kernels))
                )
            ),
            namespace=self._namespace,
            function=f"register_{module}",
            wrappers=tuple(wrappers),
            callers=callers,
            has_functions=bool(wrappers or callers),
            statements=tuple(statements),
        )

    def _registered(self, kernel: OwnKernel) -> str:
        """The call that makes what is registered for a kernel."""
        if kernel.kernel == FALLTHROUGH:
            return "fallthrough()"
        caller = self._files.called(kernel)
        if caller is not None:
            return f"unboxed<&{caller}>()"
        name = self._kernel(kernel.kernel)
        functions = len(self._declared_kernels.get(name, ()))
        if functions + (name in self._fallback_bodies) < 2:
            return f"unboxed<&{name}>()"
        signature = self._signature(kernel)
        type = f"{signature.returns} (*)({', '.join(signature.types)})"
        return f"unboxed<static_cast<{type}>(&{name})>()"

    def _wrapper(self, kernel: OwnKernel) -> WrapperRow:
        """The function that runs a structured kernel for one operator of its group."""
        signature = self._signature(kernel)
        schema = self._schemas[kernel.operator.name]
        struct = self._kernel(kernel.kernel)
        outs = [a for a in schema.arguments if is_out(a)]
        given = [a for a in schema.arguments if not is_out(a)]
        written = next((a for a in given if a.is_write), None)
        precomputed = self._precomputed(kernel)
        outputs = tuple(f"kernel.output({n})" for n in range(len(schema.returns)))
        names_of_outs = [inner_parameter(argument) for argument in outs]
        if outs:
            made = f"Out<{struct}, {len(outs)}> kernel({{{', '.join(names_of_outs)}}});"
        elif written is not None:
            made = f"Inplace<{struct}> kernel({inner_parameter(written)});"
        else:
            made = f"Functional<{struct}> kernel;"
        if len(outs) > 1:
            result = f"std::forward_as_tuple({', '.join(names_of_outs)})"
        elif outs:
            result = names_of_outs[0]
        elif written is not None:
            result = inner_parameter(written)
        elif len(schema.returns) == 1:
            result = "kernel.result()"
        else:
            result = f"kernel.results<{len(schema.returns)}>()"
        return WrapperRow(
            returns=signature.returns,
            name=f"{_wrapper_name(kernel.operator.name)}_{kernel.key}",
            parameters=signature.inner_parameters,
            kernel=made,
            meta=tuple(map(_passed, given)),
            has_precomputed=bool(precomputed.names),
            impl=(*self._impl_values(kernel), *outputs),
            is_writing=bool(outs) or written is not None,
            result=result,
        )

    def _impl_values(self, kernel: OwnKernel) -> Iterator[str]:
        """What `impl` is called with, but for the outputs."""
        schema = self._out_schema(kernel)
        precomputed = self._precomputed(kernel)
        for argument in precomputed.impl_arguments(schema):
            if argument.name in precomputed.names:
                yield f"precomputed.{argument.name}"
            elif not is_out(argument):
                yield _passed(argument)

    # The device

    def device(self) -> DeviceView | None:
        """What makes the device known, None if there is none."""
        device = self._torch.device
        if device is None:
            return None
        options = [FieldRow("name", cpp_string(device.name))]
        options.append(FieldRow("device_count", str(device.count)))
        functions: dict[str, list[FunctionRow]] = {}
        for field, returns, name in (
            ("allocator", "c10::Allocator*", device.allocator),
            ("guard", "const c10::impl::DeviceGuardImplInterface*", device.guard),
            ("hooks", "dispatch_codegen::HooksInterface*", device.hooks),
        ):
            if name is None:
                continue
            scope, _, own = self._kernel(name).removeprefix("::").rpartition("::")
            functions.setdefault(scope, []).append(FunctionRow(returns, own, ()))
            options.append(FieldRow(field, f"{self._kernel(name)}()"))
        taken = {(kernel.key, kernel.operator.name) for kernel in self._cpp_kernels}
        return DeviceView(
            namespace=self._namespace,
            backend=device.backend,
            device_type=f"c10::DeviceType::{device.backend}",
            prototypes=tuple(
                PrototypesRow(scope, tuple(rows), ())
                for scope, rows in sorted(functions.items())
            ),
            options=tuple(options),
            statements=tuple(
                StatementRow(
                    "registry.impl",
                    (
                        cpp_string(operator),
                        self._spell.key(key),
                        (
                            "fallthrough()"
                            if kernel == FALLTHROUGH
                            else f"unboxed<&{kernel}>()"
                        ),
                    ),
                )
                for key, kernels in device.host_kernels.items()
                for operator, kernel in kernels.items()
                if (key, operator) not in taken
            ),
        )

    # The project

    def sections(self) -> SectionsView:
        return SectionsView(
            self._guard("sections.h"),
            self._namespace,
            self._sections,
            ("dispatch_codegen::Registry& registry",),
        )

    def extension_source(self) -> ExtensionView:
        # At the end of the file, where the outermost namespace is seen too.
        name, outermost = "extension", self._torch.namespace.partition("::")[0]
        return ExtensionView(
            self._namespace,
            self._sections,
            name=f"{name}_" if name == outermost else name,
            arguments=(cpp_string(self.package), "sections"),
            report=self._report,
            parameters=(),
        )

    @cached_property
    def _sections(self) -> tuple[str, ...]:
        """The functions that register everything, in the order that they are called in."""
        functions = []
        if self._torch.device is not None:
            functions.append("register_device")
        if self.extension.definitions:
            functions.append("define_operators")
        if self.has_fallbacks:
            functions.append("register_fallbacks")
        return (*functions, *(view.function for view in self.registrations()))

    @property
    def has_fallbacks(self) -> bool:
        """Whether any fallback is C++, or none."""
        specs = (fallback.spec for fallback in self.extension.fallbacks)
        return any(not is_symbol(spec.kernel) for spec in specs)

    @property
    def _report(self) -> str:
        """The C function that says what was registered."""
        return f"{self.package}_report"

    def project(self, sources: Iterable[str], packages: Iterable[str]) -> ProjectView:
        """How the project is built.

        Args:
            sources: the generated ones.
            packages: the Python packages below that of the extension.
        """
        package = self.package
        return ProjectView(
            package=package,
            extension=python_string(f"{package}._C"),
            version=self._torch.version,
            include_dirs=("csrc", *self._torch.include_dirs),
            sources=(*sources, *self._torch.sources),
            packages=(package, *(f"{package}.{name}" for name in packages)),
            has_device=self._torch.device is not None,
        )

    def package_module(self, *, has_python: bool) -> PackageView:
        """What the Python package does.

        Args:
            has_python: whether it registers Python functions.
        """
        device = self._torch.device
        return PackageView(
            package=self.package,
            version=self._torch.version,
            arguments=("Path(__file__).parent", python_string(self._report)),
            has_device=device is not None,
            device=python_string(device.name if device else ""),
            has_python=has_python,
            has_python_alone=has_python and device is None,
        )

    def python(self, modules: Sequence[str]) -> PythonView:
        """What registers Python functions, in the order of doing so."""
        return PythonView(
            name=python_string(self.package),
            modules=tuple(sorted(modules)),
            ordered=tuple(modules),
        )


def _message(spec: Fallback) -> str | None:
    """The text of the error that a fallback raises, None if it raises none."""
    return (spec.message or "") if spec.policy == "not_implemented" else None


def _passed(argument: Argument) -> str:
    """An argument as it is handed on to a structured kernel."""
    name = inner_parameter(argument)
    return f"reference({name})" if argument.is_optional_tensor else name


def _wrapper_name(operator: str) -> str:
    return struct_name(operator, frozenset())


def _meta_header(functional: str) -> str:
    """PyTorch's header of what a structured kernel derives from."""
    name = functional.partition("::")[2].partition(".")[0]
    return f"ATen/ops/{name}_meta.h"


def _by_name(row: FunctionRow) -> tuple[str, tuple[str, ...]]:
    return row.name, row.parameters
