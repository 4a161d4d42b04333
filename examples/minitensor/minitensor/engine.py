"""The backward pass: nodes that know how to go back, and the order to run them in.

It knows no operator but those it adds, copies and sums gradients with.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, Final, TypeAlias

from .dispatch import no_grad, set_variable_hooks
from .tensor import Tensor, mt

Gradients: TypeAlias = "Sequence[Tensor | None]"

_numbers: Final = count()


class Node:
    """One step of the backward pass; made when its operator ran.

    Attributes:
        edges: for each input, where its gradient goes on (to the node of the input, to the
            input itself if it is a leaf, or nowhere), and its shape.
        backward: from the gradient of the result to those of the inputs; gradients of what
            was broadcast need not be summed.
        hooks: told of the gradient first.
        number: higher than that of every node that it leads to.
    """

    def __init__(self, inputs: Sequence[Tensor], backward: Callable[..., Any]) -> None:
        ends = [(x.node or x) if x.requires_grad else None for x in inputs]
        self.edges = list(zip(ends, [x.shape for x in inputs], strict=True))
        self.backward = backward
        self.hooks: list[Callable[[Tensor], None]] = []
        self.number = next(_numbers)


def backward(result: Tensor) -> None:
    """Compute the gradients of one number for all leaves that it was computed from."""
    if result.shape != () or result.node is None:
        raise RuntimeError("backward begins at one number, computed from leaves")
    gradients = {result.node: mt.full((), 1.0, device=result.device)}
    queue = [(-result.node.number, result.node)]
    with no_grad():
        while queue:
            _, node = heapq.heappop(queue)
            gradient = gradients.pop(node)
            for hook in node.hooks:
                hook(gradient)
            found = node.backward(gradient)
            for (end, shape), passed in zip(node.edges, found, strict=True):
                if end is None or passed is None:
                    continue
                passed = _sum_to(passed, shape)
                if isinstance(end, Tensor):
                    end.grad = end.grad + passed if end.grad else mt.clone(passed)
                elif end in gradients:
                    gradients[end] += passed
                else:
                    gradients[end] = passed
                    heapq.heappush(queue, (-end.number, end))


def _sum_to(gradient: Tensor, shape: tuple[int, ...]) -> Tensor:
    """The gradient of what was broadcast: summed over all copies of each element."""
    if gradient.shape != shape:
        before = (1,) * (len(gradient.shape) - len(shape)) + shape
        grown = [d for d, size in enumerate(before) if size != gradient.shape[d]]
        gradient = mt.view(mt.sum(gradient, grown, True), shape)
    return gradient


class Saved:
    """A tensor that the backward pass can need as it was when this was made."""

    def __init__(self, name: str, tensor: Tensor) -> None:
        self.name = name
        self.tensor = tensor.detach()  # without its node, which may own this
        self.shape = tensor.shape
        self.count = tensor.version.count

    def __call__(self) -> Tensor:
        if self.tensor.version.count != self.count:
            raise RuntimeError(
                f"the gradient of {self.name} needs a tensor of shape {self.shape} that "
                "was changed in place since; clone it before changing it"
            )
        return self.tensor


class Hooks:
    """Lets the fallback of the Autograd keys mark results of operators without a kernel
    there: the backward pass warns that gradients stop, as `set_autograd_fallback_mode` says.
    """

    def is_grad_enabled(self) -> bool:
        return True  # inside of no_grad, calls don't come by the Autograd keys at all

    def register_hook(self, tensor: Tensor, hook: Callable[[Tensor], None]) -> None:
        if tensor.node is not None:
            tensor.node.hooks.append(hook)

    def set_history(self, tensor: Tensor, node: Any, inputs: Sequence[Tensor]) -> None:
        tensor.set_node(Node(inputs, node))


set_variable_hooks(Hooks())
