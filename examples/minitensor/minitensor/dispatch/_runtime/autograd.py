"""What happens to operators without an autograd kernel.

Mirrors `aten/src/ATen/core/VariableHooksInterface.h` and
`torch/csrc/autograd/autograd_not_implemented_fallback.h`. Without hooks the call goes on
below autograd. An autograd engine installs hooks; then the mode decides: `nothing` goes on
too, `warn` lets the backward pass warn that gradients stop here, `error` lets it fail.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from .kernels import Bound, Kernel
from .places import stack_level

if TYPE_CHECKING:
    from .dispatcher import Dispatcher
    from .operator import Operator

MODES: Final = ("nothing", "warn", "error")


class VariableHooks(Protocol):
    """What an autograd engine does for operators that it does not know."""

    def is_grad_enabled(self) -> bool:
        """Whether operations are recorded now."""
        ...

    def register_hook(self, tensor: Any, hook: Callable[[Any], None]) -> None:
        """Call `hook(gradient)` when the gradient of a tensor is computed."""
        ...

    def set_history(
        self, tensor: Any, node: NotImplementedNode, inputs: Sequence[Any]
    ) -> None:
        """Make a tensor the result of a node whose gradients nobody knows.

        When the backward pass reaches the node, it is to be called with the gradient.
        """
        ...


class NotImplementedNode:
    """The backward function of an operator that has none.

    Calling it warns or raises, as the mode says, and returns a None for each input.

    Attributes:
        name: of the operator.
        inputs: how many tensors it took.
    """

    __slots__ = ("_complain", "inputs", "name")

    def __init__(self, name: str, inputs: int, complain: Callable[[str], None]) -> None:
        self.name = name
        self.inputs = inputs
        self._complain = complain

    def __call__(self, *gradients: Any) -> tuple[None, ...]:
        self._complain(self.name)
        return (None,) * self.inputs


class AutogradFallback:
    """The hooks and the mode of a dispatcher.

    Attributes:
        hooks: those that are installed.
        mode: `nothing`, `warn` or `error`.
    """

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self.hooks: VariableHooks | None = None
        self.mode = "warn"

    def has_hooks(self) -> bool:
        """Whether hooks are installed."""
        return self.hooks is not None

    def get_mode(self) -> str:
        """What happens at backward: `nothing`, `warn` or `error`."""
        return self.mode

    def set_hooks(self, hooks: VariableHooks | None) -> None:
        """Install hooks, or remove them."""
        with self._dispatcher.lock:
            self.hooks = hooks
            self._dispatcher.clear_calls()

    def set_mode(self, mode: str) -> None:
        """Say what happens at backward.

        Raises:
            ValueError: for no known mode.
        """
        if mode not in MODES:
            raise ValueError(f"there is no mode {mode!r}, only {', '.join(MODES)}")
        with self._dispatcher.lock:
            self.mode = mode
            self._dispatcher.clear_calls()

    def complain(self, name: str) -> None:
        """Warn or raise, at backward, that an operator has no autograd kernel."""
        text = (
            f"{name}: no autograd kernel is registered for it, so that gradients do not "
            "flow back through it and may be wrong; register one, or a fallthrough if "
            "it is differentiated by what it calls"
        )
        if self.mode == "error":
            raise RuntimeError(text)
        if self.mode == "warn":
            warnings.warn(text, stacklevel=stack_level())


class AutogradKernel(Kernel):
    """The fallback of autograd keys."""

    __slots__ = ("_after", "_autograd")

    def __init__(self, name: str, after: int, autograd: AutogradFallback) -> None:
        super().__init__(name, "declared")
        self._after = after
        self._autograd = autograd

    def bind(self, operator: Operator, keyset: int) -> Bound:
        bound = operator.follow(keyset & self._after)
        hooks = self._autograd.hooks
        if hooks is None or self._autograd.mode == "nothing":
            return bound
        return operator.packed(lambda values: self._run(operator, hooks, bound, values))

    def _run(
        self,
        operator: Operator,
        hooks: VariableHooks,
        bound: Bound,
        values: tuple[Any, ...],
    ) -> Any:
        inputs = operator.tensors(values)
        args, kwargs = operator.unpacked(values)
        if not any(map(_requires_grad, inputs)) or not hooks.is_grad_enabled():
            return bound(*args, **kwargs)
        complain = self._autograd.complain
        name = operator.name
        node = NotImplementedNode(name, len(inputs), complain)
        result = bound(*args, **kwargs)
        schema = operator.schema
        results = result if len(schema.returns) > 1 else (result,)
        for declared, value in zip(schema.returns, results, strict=False):
            for item in value if isinstance(value, (list, tuple)) else (value,):
                if operator.dispatcher.keyset_of(item) is None:
                    continue
                if _requires_grad(item):
                    hooks.register_hook(item, lambda gradient: complain(name))
                elif not declared.is_write:
                    hooks.set_history(item, node, inputs)
        return result


def _requires_grad(tensor: Any) -> bool:
    return bool(getattr(tensor, "requires_grad", False))
