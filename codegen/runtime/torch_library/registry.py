"""Registers operators, kernels and fallbacks with `torch.library`.

Nothing here raises because of what PyTorch, or the package's own code, makes of one
registration: it is recorded, and what was not registered is warned of at the line of the
generated file that asked for it.

Note [When kernels are imported]
`module:function` is imported when it is registered. A late import would hide a typing
error until a call, and would run the module's code inside PyTorch's dispatcher: with keys
excluded, under whatever mode is active.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable
from types import FrameType, FunctionType
from typing import Any, Final

import torch

from .copying import Copying
from .policies import FAKE_MODULES, Policy, fallthrough, load
from .registration import Registration

_KEPT: Final[list[Any]] = []
"""PyTorch undoes what a library registered when the library goes: these stay."""


class RegistrationWarning(UserWarning):
    """Something was not registered."""


class _SkippedError(Exception):
    """What is not registered on purpose, and why."""


class Registry:
    """What a package registers.

    Args:
        package: its name, for messages.
    """

    def __init__(self, package: str) -> None:
        self._package = package
        self._records: list[Registration] = []
        self._libraries: list[Any] = []

    @property
    def registrations(self) -> tuple[Registration, ...]:
        """What became of each registration, in order."""
        return tuple(self._records)

    def define(
        self, schema: str, *, tags: Iterable[str] = (), fake_module: str | None = None
    ) -> None:
        """Define an operator.

        Args:
            schema: with the namespace.
            tags: names of PyTorch's tags.
            fake_module: the module that its fake kernel is in, for messages.
        """
        name = schema.partition("(")[0].strip()

        def register(frame: FrameType) -> None:
            known = _schema(name)
            if known is not None:
                if str(known) == str(torch._C.parse_schema(schema)):
                    raise _SkippedError("the operator exists, with this schema")
                raise ValueError(f"the operator exists, with another schema: {known}")
            namespace, _, rest = schema.partition("::")
            given = [getattr(torch.Tag, tag) for tag in tags]
            self._attempt(
                _library(frame, namespace, "FRAGMENT"),
                lambda library: library.define(rest, tags=given),
            )
            if fake_module is not None:
                FAKE_MODULES[name] = fake_module

        self._record("operator", name, "", register)

    def impl(
        self,
        operator: str,
        key: str,
        kernel: str | Copying | Callable[..., Any],
        *,
        with_keyset: bool = False,
    ) -> None:
        """Register a kernel of an operator.

        Args:
            operator: its name, with namespace and overload.
            key: a runtime or alias key.
            kernel: its `module:function`, or `fallthrough`.
            with_keyset: whether it takes the keyset before the arguments.
        """

        def register(frame: FrameType) -> None:
            _need_operator(operator)
            _need_parsed(key)
            if kernel is fallthrough:
                function: Any = torch.library.fallthrough_kernel
            elif isinstance(kernel, Copying):
                function = kernel.make()
            else:
                function = load(kernel) if isinstance(kernel, str) else kernel
            namespace, _, name = operator.partition("::")
            self._attempt(
                _library(frame, namespace, "IMPL", key),
                lambda library: library.impl(
                    name, function, with_keyset=with_keyset, allow_override=False
                ),
            )

        self._record("kernel", operator, key, register)

    def copying(
        self, operator: str, key: str, kernel: str, functional: str, copy: str
    ) -> None:
        """Register a kernel that copies what another one computes.

        Args:
            operator: an in-place or out variant, with namespace and overload.
            key: a runtime or alias key.
            kernel: the `module:function` of the functional variant.
            functional: the functional variant.
            copy: the operator that copies, from its first argument to its second.
        """
        self.impl(operator, key, Copying(operator, kernel, functional, copy))

    def fallback(self, key: str, policy: Policy) -> None:
        """Register the fallback of a key, unless the key has one.

        Args:
            key: a runtime key.
            policy: what it does.
        """
        self._fallback(key, policy, replace=False)

    def replaceable_fallback(self, key: str, policy: Policy) -> None:
        """Register the fallback of a key, in place of the one that PyTorch gave it.

        PyTorch fails for all but the keys that it lets be replaced.
        """
        self._fallback(key, policy, replace=True)

    def _fallback(self, key: str, policy: Policy, *, replace: bool) -> None:
        def register(frame: FrameType) -> None:
            _need_parsed(key)
            # PyTorch would register it for each key that the alias stands for, and leave
            # those that it did before it met one with a fallback.
            if torch._C._dispatch_is_alias_key(key):
                raise ValueError("it is an alias key: name the runtime keys")
            if not replace and torch._C._dispatch_has_backend_fallback(key):
                raise _SkippedError("the key has a fallback")
            function = policy.make()
            self._attempt(
                _library(frame, "_", "IMPL", key),
                lambda library: library.fallback(
                    function, with_keyset=policy.with_keyset
                ),
            )

        self._record("fallback", "", key, register)

    def fake(self, operator: str, function: str) -> None:
        """Register the fake kernel of an operator, a `module:function`."""

        def register(frame: FrameType) -> None:
            _need_operator(operator)
            loaded = load(function)
            # PyTorch compares the module that registers with the one that an operator
            # from C++ names, and finds it by its file.
            module = sys.modules[function.partition(":")[0]]
            line = getattr(getattr(loaded, "__code__", None), "co_firstlineno", 1)
            register_fake = _placed(_register_fake, module.__file__ or "", line)
            self._attempt(
                _library(frame, operator.partition("::")[0], "FRAGMENT"),
                lambda library: register_fake(operator, loaded, library),
            )

        self._record("fake", operator, "", register)

    def autograd(
        self, operator: str, *, backward: str, setup_context: str | None = None
    ) -> None:
        """Register the derivative of an operator.

        Args:
            operator: its name, with namespace and overload.
            backward: the `module:function` of the gradients.
            setup_context: that of what is saved for it.
        """

        def register(frame: FrameType) -> None:
            _need_operator(operator)
            gradients = load(backward)
            save = None if setup_context is None else load(setup_context)
            self._attempt(
                _library(frame, operator.partition("::")[0], "FRAGMENT"),
                lambda library: torch.library.register_autograd(
                    operator, gradients, setup_context=save, lib=library
                ),
            )

        self._record("autograd", operator, "", register)

    def undo(self) -> None:
        """Undo all that was registered, the latest first; for tests.

        A fallback of PyTorch's that was replaced does not come back.
        """
        while self._libraries:
            library = self._libraries.pop()
            _KEPT.remove(library)
            library._destroy()
        for record in self._records:
            FAKE_MODULES.pop(record.name, None)
        self._records.clear()

    def _attempt(self, library: Any, register: Callable[[Any], object]) -> None:
        """Register with a library of its own, which is undone if that fails."""
        try:
            register(library)
        except BaseException:
            library._destroy()
            raise
        self._libraries.append(library)
        _KEPT.append(library)

    def _record(
        self, what: str, name: str, key: str, register: Callable[[FrameType], None]
    ) -> None:
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_code.co_filename == __file__:
            frame = frame.f_back
        outcome, message = "registered", ""
        try:
            register(frame)
        except _SkippedError as skipped:
            outcome, message = "skipped", str(skipped)
        except Exception as error:
            outcome, message = "failed", _first_line(error)
        self._records.append(Registration(what, name, key, outcome, message))
        if outcome != "registered":
            about = " ".join(filter(None, (what, name, f"for {key}" if key else "")))
            warnings.warn_explicit(
                f"{self._package}: {outcome}: {about}: {message}",
                RegistrationWarning,
                frame.f_code.co_filename,
                frame.f_lineno,
            )


def _library(frame: FrameType, namespace: str, kind: str, key: str = "") -> Any:
    """A library whose registrations PyTorch says were made where a frame is."""
    make = _placed(_make_library, frame.f_code.co_filename, frame.f_lineno)
    return make(namespace, kind, key)


def _placed(function: Any, filename: str, line: int) -> Callable[..., Any]:
    """A function as if the line of its body stood in another place.

    PyTorch takes the place of what is registered from its caller.
    """
    code = function.__code__.replace(co_filename=filename, co_firstlineno=line - 1)
    return FunctionType(code, globals())


def _make_library(namespace: str, kind: str, key: str) -> Any:
    return torch.library.Library(namespace, kind, key)


def _register_fake(operator: str, function: Callable[..., Any], library: Any) -> Any:
    return torch.library.register_fake(operator, function, lib=library)


def _schema(operator: str) -> Any:
    """The schema of an operator, None if PyTorch does not have the operator."""
    # True too for a name that has kernels only.
    if not torch._C._dispatch_has_kernel(operator):
        return None
    name, _, overload = operator.partition(".")
    try:
        return torch._C._dispatch_find_schema_or_throw(name, overload).schema()
    except RuntimeError:
        return None


def _need_operator(operator: str) -> None:
    if _schema(operator) is None:
        raise _SkippedError("this PyTorch does not have the operator")


def _need_parsed(key: str) -> None:
    """Raises for a key that `torch.library` cannot register for."""
    if torch._C._parse_dispatch_key(key) is None:
        raise ValueError(
            "torch.library of this PyTorch has no such name for a key; for those that it "
            "leaves out, register from C++"
        )
    # PyTorch would take it, and never look at it.
    if len(torch._C._functionality_to_backend_keys(key)) > 1:
        raise ValueError("it stands for a key of each backend: name those")


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines() or [""]
    is_plain = isinstance(error, (ImportError, RuntimeError, ValueError))
    return lines[0] if is_plain else f"{type(error).__name__}: {lines[0]}"
