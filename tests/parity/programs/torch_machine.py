"""The machine on PyTorch 2.13.0.

A tensor's number is its first dimension, which survives whatever PyTorch wraps around it.
Tensors with any keys are made as wrapper subclasses, whose constructor takes keys, and then
taken out of them by ``data``, which copies all keys but Python's.
"""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

import torch
from torch._C import DispatchKeySet
from torch._dispatch.python import enable_python_dispatcher
from torch.library import Library, fallthrough_kernel
from torch.utils._python_dispatch import TorchDispatchMode

from tests.parity import facts
from tests.parity.programs.machine import Body, Machine

_LINE = re.compile(r"^(\w+): (fallthrough )?(.*) \[(.*)\]$")

# What PyTorch calls the devices of backends that are not just their lower-case names.
_DEVICES = {"PrivateUse1": "privateuseone"}


class _Wrapper(torch.Tensor):
    """Any subclass: what `_make_wrapper_subclass` asks for."""

    inner: torch.Tensor
    __torch_function__ = torch._C._disabled_torch_function_impl

    @classmethod
    def __torch_dispatch__(
        cls, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        raise AssertionError("only made to be unwrapped")


class TorchMachine(Machine):
    """PyTorch, with the operators of one program."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._libraries: dict[str, Library] = {}
        self.library("main", "DEF")

    # Libraries and registrations.

    def library(self, name: str, kind: str = "IMPL", key: str = "") -> None:
        namespace = "_" if name == "fallbacks" else self.namespace
        self._libraries[name] = Library(namespace, kind, key)

    def _library(self, name: str) -> Library:
        if name not in self._libraries:
            self.library(name)
        return self._libraries[name]

    def drop(self, library: str) -> None:
        self._libraries.pop(library)._destroy()

    def close(self) -> None:
        for name in reversed(list(self._libraries)):
            self.drop(name)

    def define(self, schema: str, *, library: str = "main") -> None:
        self._library(library).define(schema)

    def register(
        self, op: str, key: str, kernel: Body, with_keyset: bool, library: str
    ) -> None:
        self._library(library).impl(op, kernel, key, with_keyset=with_keyset)

    def fallthrough(self, op: str, key: str, *, library: str = "main") -> None:
        self._library(library).impl(op, fallthrough_kernel, key)

    def register_fallback(
        self, key: str, kernel: Body, with_keyset: bool, library: str
    ) -> None:
        self._library(library).fallback(kernel, key, with_keyset=with_keyset)

    def fallback_fallthrough(self, key: str, *, library: str = "fallbacks") -> None:
        self._library(library).fallback(fallthrough_kernel, key)

    def register_py(self, op: str, key: str, kernel: Body) -> None:
        self._op(op).py_impl(torch._C._dispatch_key_parse(key))(kernel)

    # Operators.

    def _op(self, op: str) -> Any:
        name, _, overload = op.partition(".")
        packet = getattr(getattr(torch.ops, self.namespace), name)
        return getattr(packet, overload or "default")

    def call_function(self, op: str, args: Sequence[Any], kwargs: Any) -> Any:
        return self._op(op)(*args, **kwargs)

    def call_boxed(self, op: str, *args: Any) -> Any:
        return torch._C._dispatch_call_boxed(self._op(op)._handle, *args)

    def redispatch_function(
        self, op: str, keyset: int, args: Sequence[Any], kwargs: Any
    ) -> Any:
        return self._op(op).redispatch(_keyset(keyset), *args, **kwargs)

    def redispatch_boxed(self, op: str, keyset: int, *args: Any) -> Any:
        return self._op(op)._handle.redispatch_boxed(_keyset(keyset), *args)

    def packet(self, name: str, *args: Any, **kwargs: Any) -> Any:
        return getattr(getattr(torch.ops, self.namespace), name)(*args, **kwargs)

    def has_kernel(self, op: str, key: str) -> bool:
        name = f"{self.namespace}::{op}"
        return torch._C._dispatch_has_kernel_for_dispatch_key(name, key)

    def table(self, op: str) -> dict[str, str]:
        dump = torch._C._dispatch_dump_table(f"{self.namespace}::{op}")
        found = {}
        for line in dump.splitlines():
            match = _LINE.match(line)
            assert match, line
            found[match[1]] = (match[2] or "") + match[4]
        return found

    def operator_name(self, op: Any) -> str:
        return str(op._name).partition("::")[2]

    # Keysets, guards and modes.

    def raw(self, keyset: Any) -> int:
        return int(keyset.raw_repr())

    def tls_sets(self) -> tuple[int, int]:
        return (
            torch._C._dispatch_tls_local_include_set().raw_repr(),
            torch._C._dispatch_tls_local_exclude_set().raw_repr(),
        )

    def include(self, *keys: str) -> AbstractContextManager[Any]:
        if len(keys) == 1:
            return torch._C._IncludeDispatchKeyGuard(
                torch._C._dispatch_key_parse(*keys)
            )
        guards = contextlib.ExitStack()
        for key in keys:
            guards.enter_context(self.include(key))
        return guards

    def exclude(self, *keys: str) -> AbstractContextManager[Any]:
        return torch._C._ExcludeDispatchKeyGuard(_keyset(self.keys(*keys)))

    def force(
        self, include: Sequence[str], exclude: Sequence[str]
    ) -> AbstractContextManager[Any]:
        return torch._C._ForceDispatchKeyGuard(
            _keyset(self.keys(*include)), _keyset(self.keys(*exclude))
        )

    def preserve(self) -> AbstractContextManager[Any]:
        return torch._C._PreserveDispatchKeyGuard()

    def below_autograd(self) -> AbstractContextManager[Any]:
        return torch._C._AutoDispatchBelowAutograd()

    def below_inplace_or_view(self) -> AbstractContextManager[Any]:
        return torch._C._AutoDispatchBelowADInplaceOrView()

    def restore_snapshot(self) -> AbstractContextManager[Any]:
        return torch._C._RestorePythonTLSSnapshot()

    def python_dispatcher(self) -> AbstractContextManager[Any]:
        return enable_python_dispatcher()

    @contextlib.contextmanager
    def autograd_fallback_mode(self, mode: str) -> Iterator[None]:
        before = torch._C._get_autograd_fallback_mode()
        torch._C._set_autograd_fallback_mode(mode)
        try:
            yield
        finally:
            torch._C._set_autograd_fallback_mode(before)

    def no_grad(self) -> AbstractContextManager[Any]:
        return torch.no_grad()

    @contextlib.contextmanager
    def observed(self) -> Iterator[None]:
        with torch.autograd.profiler.profile(use_kineto=False) as profile:
            yield
        for event in profile.function_events:
            name = event.name.replace(f"{self.namespace}::", "")
            levels = 0
            while event.cpu_parent is not None:
                event = event.cpu_parent
                levels += 1
            self.log("observed", name, deeper=levels)

    def make_mode(self, handle: Body) -> AbstractContextManager[Any]:
        class Mode(TorchDispatchMode):
            def __torch_dispatch__(
                self, func: Any, types: Any, args: Any = (), kwargs: Any = None
            ) -> Any:
                return handle(func, types, args, kwargs or {})

        return Mode()

    # Tensors.

    def make_subclass(self, name: str, handle: Body, parent: Any) -> type[Any]:
        def dispatch(
            cls: Any, func: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            return handle(func, types, args, kwargs or {})

        return type(
            name, (parent or _Wrapper,), {"__torch_dispatch__": classmethod(dispatch)}
        )

    def make_tensor(
        self,
        number: int,
        kind: str,
        raw: int,
        of: type[Any] | None,
        requires_grad: bool,
    ) -> Any:
        python = self.keys("Python", "PythonTLSSnapshot")
        with _no_guards():
            tensor = _plain(number, kind, raw & ~python)
            if of is not None:
                inner, tensor = tensor, _wrapper(of, number, kind, raw)
                tensor.inner = inner
            if requires_grad:
                tensor.requires_grad_()
        assert self.keyset_of(tensor) == raw, (
            self.names(self.keyset_of(tensor)),
            self.names(raw),
        )
        return tensor

    def is_tensor(self, value: Any) -> bool:
        return isinstance(value, torch.Tensor)

    def number_of(self, tensor: Any) -> int:
        return int(tensor.shape[0]) - 1

    def subclass_of(self, tensor: Any) -> str:
        kind = type(tensor)
        return kind.__name__ if issubclass(kind, _Wrapper) else ""

    def wrapped(self, tensor: Any) -> Any:
        return tensor.inner

    def keyset_of(self, tensor: Any) -> int:
        return torch._C._dispatch_keys(tensor).raw_repr()

    def requires_grad(self, tensor: Any) -> bool:
        return bool(tensor.requires_grad)

    def backward(self, tensor: Any) -> None:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            torch.autograd.backward(tensor, torch.ones_like(tensor))
        for warning in caught:
            name = str(warning.message).partition(":")[2].lstrip(":").partition(":")[0]
            self.log(f"backward warned of {name}")
        if not caught:
            self.log("backward warned of nothing")


def _keyset(raw: int) -> DispatchKeySet:
    return DispatchKeySet.from_raw_repr(raw)


def _no_guards() -> AbstractContextManager[Any]:
    """Return a guard for making tensors: as a fresh thread, without modes."""
    usual = facts.load_dispatcher().tls["fresh thread"]
    return torch._C._ForceDispatchKeyGuard(
        _keyset(usual.included), _keyset(usual.excluded | Machine.keys("Python"))
    )


def _plain(number: int, kind: str, raw: int) -> torch.Tensor:
    if raw == torch._C._dispatch_keys(torch.ones(1)).raw_repr():
        return torch.ones(number + 1)
    if kind.startswith("Sparse"):
        indices = torch.zeros(1, 0, dtype=torch.long)
        return torch.sparse_coo_tensor(indices, torch.zeros(0), (number + 1,))
    return _wrapper(_Wrapper, number, kind, raw).data


def _wrapper(of: type[Any], number: int, kind: str, raw: int) -> Any:
    return torch.Tensor._make_wrapper_subclass(
        of,
        (number + 1,),
        device=_DEVICES.get(kind, kind.lower()),
        _extra_dispatch_keys=_keyset(raw),
    )
