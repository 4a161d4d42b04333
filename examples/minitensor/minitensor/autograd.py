"""Autograd kernels: they run the operator below autograd, and note how to go back.

A rule takes the gradient of the result, the result and the operator's arguments, and
returns a gradient for each tensor among them. Tensors come as `Saved`: `a.shape` is there
always, and `a()` is the tensor, unless it was changed in the meantime.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, Final

from .dispatch import below_autograd, with_keyset
from .engine import Gradients, Node, Saved
from .tensor import Tensor, mt

BELOW: Final = below_autograd.raw_repr()


def _kernel(op: Any, rule: Callable[..., Gradients]) -> Any:
    """The kernel of an operator that makes a new tensor or a view."""

    def kernel(keys: int, *args: Any) -> Tensor:
        result: Tensor = op.redispatch(keys & BELOW, *args)
        inputs = _tensors(args)
        if any(x.requires_grad for x in inputs):
            saved = _saved(op.name, [result, *args])
            result.set_node(Node(inputs, lambda gradient: rule(gradient, *saved)))
        return result

    return with_keyset(kernel, kind=int)


def _kernel_in_place(op: Any, rule: Callable[..., Gradients]) -> Any:
    """The kernel of an operator that changes its first argument; without its result."""

    def kernel(keys: int, self: Tensor, *args: Any) -> Tensor:
        inputs = _tensors(args)
        if not any(x.requires_grad for x in (self, *inputs)):
            result: Tensor = op.redispatch(keys & BELOW, self, *args)
            return result
        changed = self.base or self
        if changed.requires_grad and changed.node is None:
            raise RuntimeError(
                f"{op.name} would change a leaf that wants a gradient; use no_grad"
            )
        replay = self.replay

        def backward(gradient: Tensor) -> Gradients:
            if replay is None:
                return rule(gradient)
            whole = mt.clone(gradient)  # of the base: its part in view was changed
            part = replay(whole)
            of_part, *others = rule(mt.clone(part))
            _ = mt.zero_(part) if of_part is None else mt.copy_(part, of_part)
            return [whole, *others]

        node = Node([changed, *inputs], backward)
        op.redispatch(keys & BELOW, self, *args)
        changed.set_node(node)  # a view finds its own from there
        return self

    return with_keyset(kernel, kind=int)


def _tensors(args: Sequence[Any]) -> list[Tensor]:
    """The tensors among arguments, those in lists too."""
    flat = [x for a in args for x in (a if isinstance(a, (list, tuple)) else [a])]
    return [x for x in flat if isinstance(x, Tensor)]


def _saved(name: str, value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_saved(name, item) for item in value]
    return Saved(name, value) if isinstance(value, Tensor) else value


def _sum(g: Tensor, out: Saved, a: Saved, dim: Any = None, keepdim: Any = 0) -> Any:
    n = len(a.shape)
    summed = range(n) if dim is None else [d % n for d in dim]
    kept = [1 if d in summed else size for d, size in enumerate(a.shape)]
    return [mt.expand(mt.view(g, kept), a.shape)]


def _cat(g: Tensor, out: Saved, tensors: Sequence[Saved], dim: int = 0) -> Gradients:
    sizes = [each.shape[dim] for each in tensors]
    starts = accumulate(sizes[:-1], initial=0)
    return [mt.narrow(g, dim, *part) for part in zip(starts, sizes, strict=True)]


def _narrow(g: Tensor, out: Saved, a: Saved, dim: int, start: int, length: int) -> Any:
    whole = mt.full(a.shape, 0.0, device=g.device)
    mt.copy_(mt.narrow(whole, dim, start, length), g)
    return [whole]


# One for each operator; declarations/operators.yaml names them.
add_tensor = _kernel(mt.add.Tensor, lambda g, out, a, b: [g, g])
add_scalar = _kernel(mt.add.Scalar, lambda g, out, a, b: [g])
mul_tensor = _kernel(mt.mul.Tensor, lambda g, out, a, b: [g * b(), g * a()])
mul_scalar = _kernel(mt.mul.Scalar, lambda g, out, a, b: [g * b])
div_tensor = _kernel(mt.div.Tensor, lambda g, out, a, b: [g / b(), -(g * out() / b())])
div_scalar = _kernel(mt.div.Scalar, lambda g, out, a, b: [g / b])
exp = _kernel(mt.exp, lambda g, out, a: [g * out()])
tanh = _kernel(mt.tanh, lambda g, out, a: [g - g * out() * out()])
relu = _kernel(mt.relu, lambda g, out, a: [g * mt.step(out())])
clone = _kernel(mt.clone, lambda g, out, a: [g])
matmul = _kernel(
    mt.matmul,
    lambda g, out, a, b: [g @ mt.transpose(b(), 0, 1), mt.transpose(a(), 0, 1) @ g],
)
sum = _kernel(mt.sum, _sum)
cat = _kernel(mt.cat, _cat)

view = _kernel(mt.view, lambda g, out, a, size: [mt.view(mt.clone(g), a.shape)])
expand = _kernel(mt.expand, lambda g, out, a, size: [g])
transpose = _kernel(
    mt.transpose, lambda g, out, a, dim0, dim1: [mt.transpose(g, dim0, dim1)]
)
narrow = _kernel(mt.narrow, _narrow)

add_ = _kernel_in_place(mt.add_, lambda g: [g, g])
copy_ = _kernel_in_place(mt.copy_, lambda g: [None, g])
zero_ = _kernel_in_place(mt.zero_, lambda g: [None])
