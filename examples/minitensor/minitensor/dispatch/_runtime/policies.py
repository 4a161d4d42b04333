"""What each fallback policy does when a call reaches it.

Most of what a policy does is decided when it is bound (Note [Binding] in `kernels`): one
that only redispatches binds to what the redispatch reaches, and costs nothing.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from .autograd import AutogradFallback, AutogradKernel
from .kernels import (
    Bound,
    FallbackFunction,
    Fallthrough,
    Kernel,
    SymbolKernel,
)
from .modes import PythonDispatcherKernel, PythonKernel, SnapshotKernel
from .places import stack_level
from .registration import Fallback

if TYPE_CHECKING:
    from .dispatcher import Dispatcher
    from .operator import Operator

__all__ = ["AutogradFallback", "policy_kernel"]


def policy_kernel(row: Fallback, dispatcher: Dispatcher) -> Kernel:
    """The kernel of a declared fallback."""
    name = row.kernel
    match row.policy:
        case "fallthrough":
            return Fallthrough(name, "declared")
        case "not_implemented":
            return NotImplementedKernel(name, row.message or "")
        case "redispatch":
            return RedispatchKernel(name, dispatcher.constant(row.redispatch_to or ""))
        case "autograd_not_implemented":
            after = dispatcher.constant(row.redispatch_to or "")
            return AutogradKernel(name, after, dispatcher.autograd)
        case "python":
            return PythonKernel(name, row, dispatcher)
        case "python_dispatcher":
            return PythonDispatcherKernel(name, row, dispatcher)
        case "python_tls_snapshot":
            after = dispatcher.constant(row.redispatch_to or "")
            return SnapshotKernel(name, after, dispatcher)
        case "backend_fallback_to":
            return BackendFallbackKernel(name, row, dispatcher)
    place = partial(dispatcher.declared_place, None, row.key)
    return SymbolKernel(name, row.key, place, "declared", wrap=FallbackFunction)


class RedispatchKernel(Kernel):
    """Goes on with the keys of a keyset."""

    __slots__ = ("_keep",)

    def __init__(self, name: str, keep: int) -> None:
        super().__init__(name, "declared")
        self._keep = keep

    def bind(self, operator: Operator, keyset: int) -> Bound:
        return operator.follow(keyset & self._keep)


class NotImplementedKernel(Kernel):
    """Raises. Says which module to import, if the operator names one that is not."""

    __slots__ = ("_message",)

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name, "declared")
        self._message = message

    def bind(self, operator: Operator, keyset: int) -> Bound:
        def fail(values: tuple[Any, ...]) -> Any:
            module = operator.python_module
            if module is None or module in sys.modules:
                message = self._message.replace("{operator}", operator.name)
                raise NotImplementedError(message)
            raise NotImplementedError(
                f"{operator.name}: there is no kernel for {operator.key_name(keyset)}, "
                f"and the operator says that the Python module `{module}` has one: "
                f"`import {module}` before calling it"
            )

        return operator.packed(fail)


class BackendFallbackKernel(Kernel):
    """Runs the operator on another backend and converts the results back.

    Mirrors `aten/src/ATen/native/CPUFallback.h`. Tensors are converted by what
    `Dispatcher.set_conversion` was given.
    """

    __slots__ = ("_backend", "_name", "_target", "_warned")

    def __init__(self, name: str, row: Fallback, dispatcher: Dispatcher) -> None:
        super().__init__(name, "declared")
        layout = dispatcher.layout
        key = dispatcher.numbering.keys[row.key]
        self._name = row.backend or ""
        self._backend = dispatcher.backend(self._name)
        functionality = layout.functionality_of(key)
        self._target = layout.masks[layout.runtime_key(functionality, self._backend)]
        self._warned: set[str] = set()

    def bind(self, operator: Operator, keyset: int) -> Bound:
        return operator.packed(lambda values: self._run(operator, keyset, values))

    def _run(self, operator: Operator, keyset: int, values: tuple[Any, ...]) -> Any:
        name = operator.key_name(keyset)
        if operator.name not in self._warned:
            self._warned.add(operator.name)
            is_view = any(a.alias and not a.is_write for a in operator.schema.arguments)
            views = "; what should be a view is a copy then" if is_view else ""
            warnings.warn(
                f"{operator.name}: there is no kernel for {name}; it runs on "
                f"{self._name} and its results are converted back{views}",
                stacklevel=stack_level(),
            )
        dispatcher = operator.dispatcher
        schema = operator.schema
        home: Any = None
        converted: list[Any] = []
        for argument, value in zip(schema.arguments, values, strict=True):
            is_list = argument.is_tensor_list
            if value is None or not (
                argument.is_tensor or argument.is_optional_tensor or is_list
            ):
                converted.append(value)
                continue
            items = list(value) if is_list else [value]
            if home is None:
                home = next((item for item in items if item is not None), None)
            moved = [
                None if item is None else dispatcher.convert(item, self._backend, item)
                for item in items
            ]
            converted.append(moved if is_list else moved[0])
        args, kwargs = operator.unpacked(converted)
        result = operator.callers.redispatch(self._target, *args, **kwargs)
        written: dict[int, Any] = {}
        for argument, value, moved in zip(
            schema.arguments, values, converted, strict=True
        ):
            if value is None or not argument.is_write:
                continue
            pairs = (
                zip(value, moved, strict=True)
                if argument.is_tensor_list
                else [(value, moved)]
            )
            for original, changed in pairs:
                if original is not None:
                    dispatcher.copy(original, changed)
                    written[id(changed)] = original
        back = dispatcher_backend(operator, keyset)

        def returned(item: Any) -> Any:
            if operator.dispatcher.keyset_of(item) is None:
                return item
            if id(item) in written:
                return written[id(item)]
            return dispatcher.convert(item, back, home)

        return _mapped(returned, result)


def _mapped(change: Callable[[Any], Any], result: Any) -> Any:
    """A result, or each of several, changed."""
    if not isinstance(result, (list, tuple)):
        return change(result)
    changed = [_mapped(change, item) for item in result]
    return (
        type(result)(*changed) if hasattr(result, "_fields") else type(result)(changed)
    )


def dispatcher_backend(operator: Operator, keyset: int) -> Any:
    """The backend that a keyset is on."""
    numbering = operator.dispatcher.numbering
    return numbering.backends(numbering.layout.highest_backend(keyset))
