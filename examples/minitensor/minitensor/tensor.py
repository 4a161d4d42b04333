"""`Tensor`: data, the keys that calls dispatch by, and what autograd and views note on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .dispatch import (
    BackendComponent,
    DispatchKey,
    DispatchKeySet,
    below_backend_select,
    enable_grad,
    ops,
    tensor_keys,
    with_keyset,
)

if TYPE_CHECKING:
    from .engine import Node

mt: Final = ops.mt  # the operators

# The raw keyset of tensors on each backend.
KEYS: Final = {
    bit.name.removesuffix("Bit"): tensor_keys(bit).raw_repr()
    for bit in BackendComponent
    if bit
}


class Version:
    """How often some memory was changed in place; a tensor and its views share one."""

    count = 0


def _method(operator: Any) -> Callable[[Tensor, Tensor | float], Tensor]:
    return lambda self, other: operator(self, other)


class Tensor:
    """Numbers on a device. The dispatcher asks for nothing but `keys`.

    Attributes:
        data: an array; on Meta, one without memory.
        keys: the raw keyset, under the name that the declarations say.
        version: counts changes in place.
        base: the tensor that this one is a view of, if it is one.
        replay: makes this view of the base, or the same view of another tensor.
        grad: what `backward` computed for a leaf that asked for its gradient.
    """

    def __init__(self, data: Any, device: str, requires_grad: bool = False) -> None:
        self.data = data
        self.device = device
        self.keys = KEYS[device]
        self.version = Version()
        self.base: Tensor | None = None
        self.replay: Callable[[Tensor], Tensor] | None = None
        self.grad: Tensor | None = None
        self._wants_grad = requires_grad
        self._node: Node | None = None
        self._node_of_base: Node | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.data.shape)

    def numpy(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        if self.device == "Meta":
            raise TypeError("a tensor on Meta has no numbers")
        return np.asarray(self.data)

    def item(self) -> float:
        return float(self.numpy().item())

    def __repr__(self) -> str:
        shown = self.shape if self.device == "Meta" else self.data
        return f"{type(self).__name__}({shown}, device={self.device!r})"

    __add__ = __radd__ = _method(mt.add)
    __mul__ = __rmul__ = _method(mt.mul)
    __sub__ = _method(mt.sub)
    __truediv__ = _method(mt.div)
    __matmul__ = _method(mt.matmul)

    def __neg__(self) -> Tensor:
        result: Tensor = mt.neg(self)
        return result

    # What the dispatcher calls to run an operator on another backend.

    def to_backend(self, backend: BackendComponent) -> Tensor:
        return Tensor(self.data.copy(), backend.name.removesuffix("Bit"))

    def copy_from(self, source: Tensor) -> None:
        self.data[...] = source.data

    # Autograd: see engine.py

    @property
    def requires_grad(self) -> bool:
        """Whether it asked for a gradient, or was computed from a tensor that did."""
        return self._wants_grad or self.node is not None

    @property
    def node(self) -> Node | None:
        """The backward step of the operator that computed it; None for a leaf."""
        if self.base and self.replay and self._node_of_base is not self.base.node:
            # The base was changed in place since, so the view is another function now.
            with enable_grad():
                self.set_node(self.replay(self.base)._node)
        return self._node

    def set_node(self, node: Node | None) -> None:
        self._node = node
        self._node_of_base = self.base.node if self.base else None

    def backward(self) -> None:
        """Compute gradients of this one number; add them to the `grad` of the leaves."""
        from .engine import backward

        backward(self)

    def detach(self) -> Tensor:
        """A leaf with the same memory."""
        alias = type(self)(self.data, self.device)
        alias.version = self.version
        return alias


def tensor(values: Any, *, device: str = "CPU", requires_grad: bool = False) -> Tensor:
    """A tensor with a copy of these values."""
    return Tensor(np.array(values, np.float64), device, requires_grad)


@with_keyset
def select_full(
    keys: DispatchKeySet, size: Sequence[int], value: float, *, device: str = "CPU"
) -> Tensor:
    """BackendSelect kernel of `full`: goes on with the key of the device."""
    if device not in KEYS:
        raise ValueError(f"there is no device {device!r}, only {', '.join(KEYS)}")
    keys = (keys | DispatchKeySet(DispatchKey[device])) & below_backend_select
    result: Tensor = mt.full.redispatch(keys, size, value, device=device)
    return result
