"""The machine on the generated package."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

import generated as g
from tests.parity.programs.machine import Body, Machine

_LINE = re.compile(r"^(\w+): (.*) \[(.*)\]$")


class Tensor:
    """A tensor with just its keys, and what an autograd engine would keep on it."""

    def __init__(self, number: int, keys: int, requires_grad: bool) -> None:
        self.number = number
        self._dispatch_keys = keys
        self.requires_grad = requires_grad
        self.inner: Tensor | None = None
        self.hooks: list[Callable[[Any], None]] = []
        self.node: Callable[[Any], Any] | None = None


class _Hooks:
    """The least that an autograd engine can be."""

    def __init__(self) -> None:
        self.enabled = True

    def is_grad_enabled(self) -> bool:
        return self.enabled

    def register_hook(self, tensor: Tensor, hook: Callable[[Any], None]) -> None:
        tensor.hooks.append(hook)

    def set_history(self, tensor: Tensor, node: Any, inputs: Sequence[Any]) -> None:
        tensor.requires_grad = True
        tensor.node = node


class OursMachine(Machine):
    """The generated package, with the operators of one program."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._libraries: dict[str, Any] = {}
        self._hooks = _Hooks()
        self.library("main", "DEF")

    def kind_of(self, error: Exception) -> str:
        """An error of wrong arguments is of Python's kind and of PyTorch's at once."""
        both = isinstance(error, TypeError) and isinstance(error, RuntimeError)
        return "RuntimeError" if both else super().kind_of(error)

    # Libraries and registrations.

    def library(self, name: str, kind: str = "IMPL", key: str = "") -> None:
        namespace = "_" if name == "fallbacks" else self.namespace
        self._libraries[name] = g.Library(namespace, kind, key)

    def _library(self, name: str) -> Any:
        if name not in self._libraries:
            self.library(name)
        return self._libraries[name]

    def drop(self, library: str) -> None:
        self._libraries.pop(library).close()

    def close(self) -> None:
        for name in reversed(list(self._libraries)):
            self.drop(name)

    def define(self, schema: str, *, library: str = "main") -> None:
        self._library(library).define(schema)

    def register(
        self, op: str, key: str, kernel: Body, with_keyset: bool, library: str
    ) -> None:
        self._library(library).impl(
            op, kernel, key, with_keyset=with_keyset, allow_override=True
        )

    def fallthrough(self, op: str, key: str, *, library: str = "main") -> None:
        kernel = g.fallthrough_kernel
        self._library(library).impl(op, kernel, key, allow_override=True)

    def register_fallback(
        self, key: str, kernel: Body, with_keyset: bool, library: str
    ) -> None:
        self._library(library).fallback(kernel, key, with_keyset=with_keyset)

    def fallback_fallthrough(self, key: str, *, library: str = "fallbacks") -> None:
        self._library(library).fallback(g.fallthrough_kernel, key)

    def register_py(self, op: str, key: str, kernel: Body) -> None:
        self._op(op).py_impl(key)(kernel)

    # Operators.

    def _op(self, op: str) -> Any:
        name, _, overload = op.partition(".")
        packet = getattr(getattr(g.ops, self.namespace), name)
        return getattr(packet, overload or "default")

    def call_function(self, op: str, args: Sequence[Any], kwargs: Any) -> Any:
        return self._op(op)(*args, **kwargs)

    def call_boxed(self, op: str, *args: Any) -> Any:
        stack = list(args)
        self._op(op).call_boxed(stack)
        return _taken(stack)

    def redispatch_function(
        self, op: str, keyset: int, args: Sequence[Any], kwargs: Any
    ) -> Any:
        return self._op(op).redispatch(keyset, *args, **kwargs)

    def redispatch_boxed(self, op: str, keyset: int, *args: Any) -> Any:
        stack = list(args)
        keys = g.DispatchKeySet.from_raw_repr(keyset)
        self._op(op).redispatch_boxed(keys, stack)
        return _taken(stack)

    def packet(self, name: str, *args: Any, **kwargs: Any) -> Any:
        return getattr(getattr(g.ops, self.namespace), name)(*args, **kwargs)

    def has_kernel(self, op: str, key: str) -> bool:
        return bool(self._op(op).has_kernel_for(g.DispatchKey[key]))

    def table(self, op: str) -> dict[str, str]:
        found = {}
        for line in g.dispatch_dump_table(f"{self.namespace}::{op}").splitlines():
            match = _LINE.match(line)
            assert match, line
            skipped = "fallthrough " if match[2] == "fallthrough" else ""
            found[match[1]] = skipped + match[3]
        return found

    def operator_name(self, op: Any) -> str:
        return str(op.name).partition("::")[2]

    # Keysets, guards and modes.

    def raw(self, keyset: Any) -> int:
        assert isinstance(keyset, g.DispatchKeySet)
        return keyset.raw_repr()

    def tls_sets(self) -> tuple[int, int]:
        included, excluded = g.tls_local_dispatch_key_set()
        return included.raw_repr(), excluded.raw_repr()

    def include(self, *keys: str) -> AbstractContextManager[Any]:
        return g.IncludeDispatchKeyGuard(_keyset(keys))

    def exclude(self, *keys: str) -> AbstractContextManager[Any]:
        return g.ExcludeDispatchKeyGuard(_keyset(keys))

    def force(
        self, include: Sequence[str], exclude: Sequence[str]
    ) -> AbstractContextManager[Any]:
        return g.ForceDispatchKeyGuard(_keyset(include), _keyset(exclude))

    def preserve(self) -> AbstractContextManager[Any]:
        return g.PreserveDispatchKeyGuard()

    def below_autograd(self) -> AbstractContextManager[Any]:
        return g.AutoDispatchBelowAutograd()

    def below_inplace_or_view(self) -> AbstractContextManager[Any]:
        return g.AutoDispatchBelowADInplaceOrView()

    def restore_snapshot(self) -> AbstractContextManager[Any]:
        return g.RestorePythonTLSSnapshot()

    def python_dispatcher(self) -> AbstractContextManager[Any]:
        return g.enable_python_dispatcher()

    @contextlib.contextmanager
    def autograd_fallback_mode(self, mode: str) -> Iterator[None]:
        before = g.get_autograd_fallback_mode()
        g.set_autograd_fallback_mode(mode)
        g.set_variable_hooks(self._hooks)
        try:
            yield
        finally:
            g.set_variable_hooks(None)
            g.set_autograd_fallback_mode(before)

    @contextlib.contextmanager
    def no_grad(self) -> Iterator[None]:
        self._hooks.enabled = False
        try:
            yield
        finally:
            self._hooks.enabled = True

    @contextlib.contextmanager
    def observed(self) -> Iterator[None]:
        seen: list[tuple[int, str]] = []
        running: list[str] = []

        def end(event: Any, given: object) -> None:
            running.pop()

        def start(event: Any) -> None:
            name = event.name.removeprefix(f"{self.namespace}::").partition(".")[0]
            seen.append((len(running), name))
            running.append(name)

        remove = g.add_observer(start, end)
        try:
            yield
        finally:
            remove()
        for depth, name in seen:
            self.log("observed", name, deeper=depth)

    def make_mode(self, handle: Body) -> AbstractContextManager[Any]:
        class Mode(g.DispatchMode):
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
            name, (parent or Tensor,), {"__torch_dispatch__": classmethod(dispatch)}
        )

    def make_tensor(
        self,
        number: int,
        kind: str,
        raw: int,
        of: type[Any] | None,
        requires_grad: bool,
    ) -> Any:
        plain = raw & ~self.keys("Python", "PythonTLSSnapshot")
        if of is None:
            return Tensor(number, plain, requires_grad)
        wrapper = of(number, raw, requires_grad)
        wrapper.inner = Tensor(number, plain, False)
        return wrapper

    def is_tensor(self, value: Any) -> bool:
        return isinstance(value, Tensor)

    def number_of(self, tensor: Any) -> int:
        return int(tensor.number)

    def subclass_of(self, tensor: Any) -> str:
        return "" if type(tensor) is Tensor else type(tensor).__name__

    def wrapped(self, tensor: Any) -> Any:
        return tensor.inner

    def keyset_of(self, tensor: Any) -> int:
        return int(tensor._dispatch_keys)

    def requires_grad(self, tensor: Any) -> bool:
        return bool(tensor.requires_grad)

    def backward(self, tensor: Any) -> None:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            for hook in tensor.hooks:
                hook(1.0)
            if tensor.node is not None:
                tensor.node(1.0)
        for warning in caught:
            name = str(warning.message).partition(":")[2].lstrip(":").partition(":")[0]
            self.log(f"backward warned of {name}")
        if not caught:
            self.log("backward warned of nothing")


def _keyset(keys: Sequence[str]) -> g.DispatchKeySet:
    return g.DispatchKeySet.of(*(g.DispatchKey[key] for key in keys))


def _taken(stack: list[Any]) -> Any:
    assert len(stack) < 2
    return stack[0] if stack else None
