"""Makes what the templates of fallback files print, of a model.

Note [Names of fallback functions] A function is called after its policy. Where a file has
several of one policy, each is called after the first key that it serves too, and after the
build variant if it does in no plain build what this function does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from codegen.format_c10_fallbacks import literals
from codegen.model import KeyFallback, KeyKind, Model
from codegen.model_c10 import NAMED_KERNEL
from codegen.names import camel_case
from codegen.runtime.python.registration import FALLTHROUGH, Fallback
from codegen.views.build_variants import choices, only_in

_NAMESPACE: Final = "at::impl"
_OPERATOR: Final = "{operator}"
_OPERATOR_NAME: Final = "op.operator_name()"

_OPERATORS: Final = "ATen/core/dispatch/Dispatcher.h"
_SETS: Final = "c10/core/DispatchKeySet.h"
_PYTHON: Final = ("ATen/core/PythonFallbackPolicies.h", _OPERATORS, _SETS)

# By policy: what its functions need. Everything needs what registers them.
_LIBRARY: Final = "torch/library.h"
_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    FALLTHROUGH: (),
    "not_implemented": (_OPERATORS, _SETS, "c10/util/Exception.h"),
    "autograd_not_implemented": (
        "ATen/core/VariableHooksInterface.h",
        _OPERATORS,
        _SETS,
    ),
    "redispatch": (_OPERATORS, _SETS),
    "backend_fallback_to": (
        _OPERATORS,
        "ATen/native/CPUFallback.h",
        "c10/core/DispatchKey.h",
        _SETS,
    ),
    "python": (*_PYTHON, "c10/core/DispatchKey.h"),
    "python_dispatcher": (*_PYTHON, "c10/core/DispatchKey.h"),
    "python_tls_snapshot": _PYTHON,
    NAMED_KERNEL: (_OPERATORS, _SETS),
}


class PrototypesRow(NamedTuple):
    """Functions of a namespace that are elsewhere."""

    namespace: str
    functions: tuple[str, ...]


class PolicyRow(NamedTuple):
    """A function that does what a policy says.

    Attributes:
        name: of the function.
        directive: what stands before it if only some build variants have it.
        key: the key that it is for, or the one it runs on, if it has to know.
        keyset: the keyset constant of the policy, if it has one.
        message: what is raised with: expressions, each of a line or several.
    """

    name: str
    directive: str
    key: str = ""
    keyset: str = ""
    message: tuple[tuple[str, ...], ...] = ()


class ChoiceRow(NamedTuple):
    """What is registered in some build variants."""

    directive: str
    maker: str


class VariantsRow(NamedTuple):
    """A function that makes what is registered, other things in other builds."""

    name: str
    choices: tuple[ChoiceRow, ...]


class RegistrationRow(NamedTuple):
    """What is registered for a key, as the expression that makes it."""

    key: str
    maker: str


class FallbackFileView(NamedTuple):
    """A C++ file that registers fallbacks."""

    path: str
    headers: tuple[str, ...]
    prototypes: tuple[PrototypesRow, ...]
    has_functions: bool
    not_implemented: tuple[PolicyRow, ...]
    autograd_not_implemented: tuple[PolicyRow, ...]
    redispatch: tuple[PolicyRow, ...]
    backend_fallback_to: tuple[PolicyRow, ...]
    python: tuple[PolicyRow, ...]
    python_dispatcher: tuple[PolicyRow, ...]
    python_tls_snapshot: tuple[PolicyRow, ...]
    variants: tuple[VariantsRow, ...]
    registrations: tuple[RegistrationRow, ...]


class C10FallbackViews:
    """Makes the views of one model."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def files(self) -> Iterator[FallbackFileView]:
        """The files of `c10.fallback_files` that have something to register.

        A build variant may have none of a file's keys.
        """
        for path, keys in self._model.c10.fallback_files.items():
            if keys:
                yield _File(self._model, keys).view(path)


class _Does(NamedTuple):
    """What a fallback does, for whichever keys: one function."""

    policy: str
    key: str
    keyset: str
    message: str
    kernel: str


class _Serves(NamedTuple):
    """What something is first done for: a key, and a build variant if no plain build."""

    key: str
    variant: str


class _File:
    """What one file registers."""

    def __init__(self, model: Model, keys: Iterable[str]) -> None:
        self._model = model
        self._fallbacks = [model.fallbacks[key] for key in keys]

    def view(self, path: str) -> FallbackFileView:
        names: dict[tuple[ChoiceRow, ...], str] = {}
        registrations = tuple(self._registrations(names))
        needed = {header for does in self._all for header in _HEADERS[does.policy]}
        elsewhere = (FALLTHROUGH, NAMED_KERNEL)
        return FallbackFileView(
            path,
            headers=tuple(sorted({*needed, _LIBRARY})),
            prototypes=tuple(self._prototypes()),
            has_functions=any(does.policy not in elsewhere for does in self._all)
            or bool(names),
            not_implemented=self._rows("not_implemented"),
            autograd_not_implemented=self._rows("autograd_not_implemented"),
            redispatch=self._rows("redispatch"),
            backend_fallback_to=self._rows("backend_fallback_to"),
            python=self._rows("python"),
            python_dispatcher=self._rows("python_dispatcher"),
            python_tls_snapshot=self._rows("python_tls_snapshot"),
            variants=tuple(VariantsRow(name, rows) for rows, name in names.items()),
            registrations=registrations,
        )

    @cached_property
    def _all(self) -> Mapping[_Does, _Serves]:
        """All that is done, plain builds first."""
        found: dict[_Does, _Serves] = {}
        for fallback in self._fallbacks:
            spec = fallback.spec
            found.setdefault(self._does(spec), _Serves(spec.key, ""))
        for fallback in self._fallbacks:
            for variant, spec in self._variants(fallback).items():
                found.setdefault(self._does(spec), _Serves(spec.key, variant))
        return found

    def _variants(self, fallback: KeyFallback) -> Mapping[str, Fallback]:
        """What it does in build variants that this model is none of."""
        return {} if self._model.variant else fallback.variants

    def _does(self, spec: Fallback) -> _Does:
        key = spec.key if spec.policy in ("python", "python_dispatcher") else ""
        return _Does(
            spec.policy,
            key if spec.backend is None else self._key_of(spec.backend),
            spec.redispatch_to or spec.exclude or "",
            spec.message or "",
            spec.kernel if spec.policy == NAMED_KERNEL else "",
        )

    def _key_of(self, backend: str) -> str:
        """The key of a backend's lowest functionality, whose kernels are its own."""
        model = self._model
        keys = model.keys.values()
        lowest = next(key for key in keys if key.kind is KeyKind.PER_BACKEND)
        value = model.layout.runtime_key(lowest.value, model.backends[backend].value)
        return model.keys_by_value[value].name

    @cached_property
    def _functions(self) -> Mapping[_Does, str]:
        """Their names, see Note [Names of fallback functions]."""
        policies = [does.policy for does in self._all]
        kernels = {does.kernel for does in self._all}
        found: dict[_Does, str] = {}
        for does, (key, variant) in self._all.items():
            name = does.kernel or f"{_subject(does)}Fallback"
            if not does.kernel and policies.count(does.policy) > 1:
                name += f"Of{key}{f'In{_capital(variant)}' if variant else ''}"
            while not does.kernel and name in kernels:
                name += "_"
            found[does] = name
        return found

    def _rows(self, policy: str) -> tuple[PolicyRow, ...]:
        return tuple(
            PolicyRow(
                name,
                self._where_used(does),
                does.key,
                does.keyset,
                tuple(_message(does.message)),
            )
            for does, name in self._functions.items()
            if does.policy == policy
        )

    def _where_used(self, does: _Does) -> str:
        """The directive before a function that some build variants do not have."""

        def is_in(variant: str | None) -> bool:
            return any(
                self._does(f.variants.get(variant or "", f.spec)) == does
                for f in self._fallbacks
            )

        by_variant = {name: is_in(name) for name in self._model.variants}
        return only_in(self._model, by_variant, plain=is_in(None))

    def _prototypes(self) -> Iterator[PrototypesRow]:
        found: dict[str, list[str]] = {}
        for does in self._all:
            if does.policy == NAMED_KERNEL:
                scope, _, name = does.kernel.removeprefix("::").rpartition("::")
                found.setdefault(scope or _NAMESPACE, []).append(name)
        for scope, functions in found.items():
            yield PrototypesRow(scope, tuple(functions))

    def _registrations(
        self, names: dict[tuple[ChoiceRow, ...], str]
    ) -> Iterator[RegistrationRow]:
        """Adds the names of functions that choose by build variant."""
        for fallback in self._fallbacks:
            variants = self._variants(fallback)
            others = {name: self._does(spec) for name, spec in variants.items()}
            found = list(choices(self._model, others, self._does(fallback.spec)))
            rows = tuple(ChoiceRow(line, self._maker(does)) for line, does in found)
            maker = rows[0].maker
            if len(rows) > 1:
                # The plain build is the last.
                name = _either(_subject(does) for _, does in reversed(found))
                if rows not in names and name in names.values():
                    name += f"Of{fallback.spec.key}"
                maker = f"{names.setdefault(rows, name)}()"
            yield RegistrationRow(fallback.spec.key, maker)

    def _maker(self, does: _Does) -> str:
        if does.policy == FALLTHROUGH:
            return "torch::CppFunction::makeFallthrough()"
        name = self._functions[does]
        whole = f"::{name.removeprefix('::')}" if "::" in name else name
        return f"torch::CppFunction::makeFromBoxedFunction<&{whole}>()"


def _subject(does: _Does) -> str:
    """What is done, as the beginning of a name."""
    if does.policy == NAMED_KERNEL:
        return does.kernel.rpartition("::")[2]
    return camel_case(does.policy).removesuffix("FallbackTo")


def _either(subjects: Iterable[str]) -> str:
    first, *others = dict.fromkeys(subjects)
    return "Or".join((first, *map(_capital, others)))


def _capital(name: str) -> str:
    shown = camel_case(name)
    return f"{shown[:1].upper()}{shown[1:]}"


def _message(text: str) -> Iterator[tuple[str, ...]]:
    """The parts of what an error says; the first says that it is one."""
    yield ("false",)
    before, *others = text.split(_OPERATOR)
    if before or not others:
        yield literals(before)
    for after in others:
        yield (_OPERATOR_NAME,)
        if after:
            yield literals(after)
