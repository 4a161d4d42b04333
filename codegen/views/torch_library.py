"""Makes what the templates of the torch_library target print, of a model.

An extension that is written in C++ has the same modules for what is written in Python.
"""

from __future__ import annotations

from collections.abc import Iterator

from codegen.extension import Extension, OwnKernel, extension_of
from codegen.format import comment
from codegen.model import KeyFallback, KeyKind, Model
from codegen.model_backend_files import BackendFile, BackendKernel
from codegen.model_torch import TorchOptions
from codegen.names import module_name
from codegen.quoting import python_string
from codegen.runtime.python.registration import FALLTHROUGH, Fallback, is_symbol
from codegen.runtime.python.schema import parse_schema
from codegen.views.torch_library_rows import (
    CallRow,
    FallbackRow,
    KeysetsView,
    OperatorsView,
    PackageView,
    RegistrationsView,
    RegistrationView,
    SetRow,
)


class TorchLibraryViews:
    """Makes the views of one model, which declares an extension.

    Args:
        model: the dispatcher.
        torch: the extension.
        beside_cpp: whether there is C++ for all that is not a Python function.
    """

    def __init__(
        self, model: Model, torch: TorchOptions, *, beside_cpp: bool = False
    ) -> None:
        self._model = model
        self._torch = torch
        self._beside_cpp = beside_cpp
        self._target = "libtorch" if beside_cpp else "torch_library"
        self.extension: Extension = extension_of(model, torch)

    def keysets(self) -> KeysetsView:
        """The constants that policies name."""
        model = self._model
        used = set()
        for fallback in self._fallbacks():
            used |= {fallback.spec.redispatch_to, fallback.spec.exclude}
        rows = (
            SetRow(
                keyset.name,
                tuple(comment(keyset.doc or keyset.expression)),
                tuple(python_string(key.name) for key in model.keys_in(keyset.raw)),
                tuple(
                    python_string(self._key_of(backend.value))
                    for backend in model.backends_in(keyset.raw)
                ),
            )
            for keyset in model.keysets.values()
            if keyset.name in used
        )
        return KeysetsView(self._target, tuple(rows))

    def _key_of(self, backend: int) -> str:
        """The key that stands for a backend's bit: that of its lowest functionality."""
        model = self._model
        keys = model.keys.values()
        lowest = next(key for key in keys if key.kind is KeyKind.PER_BACKEND)
        value = model.layout.runtime_key(lowest.value, backend)
        return model.keys_by_value[value].name

    def operators(self) -> OperatorsView:
        """New operators, and what follows them: fake results and derivatives."""
        calls = []
        for operator in () if self._beside_cpp else self.extension.definitions:
            namespace = operator.name.partition("::")[0]
            arguments = [python_string(f"{namespace}::{operator.schema}")]
            if operator.tags:
                tags = ", ".join(map(python_string, operator.tags))
                arguments.append(f"tags=[{tags}]")
            if operator.fake_module:
                arguments.append(f"fake_module={python_string(operator.fake_module)}")
            calls.append(CallRow("registry.define", tuple(arguments)))
        return OperatorsView(self._target, tuple(calls))

    def derived(self) -> OperatorsView:
        """Fake results and derivatives of operators."""
        calls = [
            CallRow("registry.fake", (python_string(name), python_string(function)))
            for name, (function, _) in self._torch.fake.items()
        ]
        for name, (formula, _) in self._torch.autograd.items():
            arguments = [
                python_string(name),
                f"backward={python_string(formula.backward)}",
            ]
            if formula.setup_context is not None:
                save = python_string(formula.setup_context)
                arguments.append(f"setup_context={save}")
            calls.append(CallRow("registry.autograd", tuple(arguments)))
        return OperatorsView(self._target, tuple(calls))

    def registrations(self) -> tuple[RegistrationView, ...]:
        """For each backend and each other key: its fallbacks, and kernels."""
        fallbacks: dict[str, list[FallbackRow]] = {}
        kernels: dict[str, list[CallRow]] = {}
        for fallback in self._fallbacks():
            row = self._fallback_row(fallback)
            fallbacks.setdefault(self._subject(fallback.spec.key), []).append(row)
        for kernel in self.extension.kernels:
            if self._beside_cpp and not is_symbol(kernel.kernel):
                continue
            call = self._kernel_call(kernel)
            kernels.setdefault(self._subject(kernel.key), []).append(call)
        subjects = [*self._model.backends]
        subjects += [k.name for k in self._model.keys.values() if k.backend is None]
        return tuple(
            self._registration(
                subject,
                tuple(fallbacks.get(subject, ())),
                tuple(kernels.get(subject, ())),
            )
            for subject in dict.fromkeys(subjects)
            if subject in fallbacks or subject in kernels
        )

    def _kernel_call(self, kernel: OwnKernel) -> CallRow:
        """The call that registers a kernel."""
        about = python_string(kernel.operator.name), python_string(kernel.key)
        if kernel.of_file is not None:
            return self._call_of_file(about, *kernel.of_file)
        function = python_string(kernel.kernel)
        if kernel.kernel == FALLTHROUGH:
            function = "policies.fallthrough"
        return CallRow("registry.impl", (*about, function))

    def _call_of_file(
        self, about: tuple[str, str], file: BackendFile, kernel: BackendKernel
    ) -> CallRow:
        """The same of one of a backend file, which a function of a module stands for."""
        own = kernel
        if kernel.copies is not None:
            own = next(k for k in file.own_kernels if k.operator == kernel.copies)
        function = python_string(f"{self._torch.kernels_module}:{own.function}")
        if kernel.copies is None:
            return CallRow("registry.impl", (*about, function))
        schema = parse_schema(kernel.schema)
        is_out = any(a.kwarg_only and a.is_write for a in schema.arguments)
        copy = (file.copy_out if is_out else file.copy_in_place) or ""
        namespace = kernel.operator.partition("::")[0]
        functional, copied = kernel.copies, f"{namespace}::{copy}"
        names = python_string(functional), python_string(copied)
        return CallRow("registry.copying", (*about, function, *names))

    def _registration(
        self,
        subject: str,
        fallbacks: tuple[FallbackRow, ...],
        kernels: tuple[CallRow, ...],
    ) -> RegistrationView:
        texts = [argument for row in fallbacks for argument in row.arguments]
        texts += [argument for row in kernels for argument in row.arguments]
        return RegistrationView(
            target=self._target,
            module=module_name(subject),
            subject=subject,
            imports_keysets=any(text.startswith("keysets.") for text in texts),
            imports_policies=bool(fallbacks) or "policies.fallthrough" in texts,
            fallbacks=fallbacks,
            kernels=kernels,
        )

    def registration_index(self) -> RegistrationsView:
        modules = tuple(view.module for view in self.registrations())
        return RegistrationsView(self._target, modules)

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that register something, in the order in which they do."""
        found = {
            "operators": self.operators().calls,
            "registrations": self.registrations(),
            "derived": self.derived().calls,
        }
        return tuple(module for module, content in found.items() if content)

    def package(self) -> PackageView:
        return PackageView(
            target=self._target,
            package=self._torch.package,
            version=self._torch.version,
            name=python_string(self._torch.package),
            modules=tuple(sorted(self.modules)),
            ordered=self.modules,
        )

    def _subject(self, key: str) -> str:
        return self._model.keys[key].backend or key

    def _fallbacks(self) -> Iterator[KeyFallback]:
        for fallback in self.extension.fallbacks:
            if not self._beside_cpp or is_symbol(fallback.spec.kernel):
                yield fallback

    def _fallback_row(self, fallback: KeyFallback) -> FallbackRow:
        spec = fallback.spec
        policy, arguments = self._policy(spec)
        replaces = spec.overridable
        return FallbackRow(
            function=f"registry.{'replaceable_fallback' if replaces else 'fallback'}",
            key=python_string(spec.key),
            policy=policy,
            arguments=arguments,
        )

    def _policy(self, spec: Fallback) -> tuple[str, tuple[str, ...]]:
        """The function of `_runtime/policies.py` and what it is called with."""
        keep = f"keysets.{spec.redispatch_to}"
        match spec.policy:
            case "kernel":
                return "policies.kernel", (python_string(spec.kernel),)
            case "not_implemented":
                return "policies.not_implemented", (python_string(spec.message or ""),)
            case "backend_fallback_to":
                host = self._model.backends[spec.backend or ""]
                key = python_string(self._key_of(host.value))
                return "policies.backend_fallback_to_host", (key,)
            case "python_dispatcher" | "python_tls_snapshot" as policy:
                stock = python_string(self._stock(policy))
                own = python_string(spec.key)
                first = own if spec.redispatch_to is None else keep
                return f"policies.{policy}", (first, stock)
            case policy:
                return f"policies.{policy}", (keep,) if spec.redispatch_to else ()

    def _stock(self, policy: str) -> str:
        """The key whose fallback in PyTorch has this policy."""
        found = (
            fallback.spec.key
            for fallback in self._model.fallbacks.values()
            if fallback.spec.policy == policy
            and not self._torch.declares(fallback.span)
        )
        return next(found, "")
