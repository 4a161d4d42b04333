"""Fused kernels: a group of element-by-element calls as one function over arrays.

A fused kernel stands for CPU kernels alone. So a graph is fused inside of no_grad, for
CPU tensors, while no mode is active; else its calls are made one by one.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final

import numpy as np

from .dispatch import DispatchKey, register_fusion, run_fallback, run_fusion
from .dispatch.fuser import FUSER, CannotFuse, Graph, NumexprCompiler, trace
from .tensor import Tensor

# What the CPU kernels of these operators compute, for both compilers.
EXPRESSIONS: Final = {
    "mt::add.Tensor": "{0} + {1}",
    "mt::add.Scalar": "{0} + {1}",
    "mt::mul.Tensor": "{0} * {1}",
    "mt::mul.Scalar": "{0} * {1}",
    "mt::div.Tensor": "{0} / {1}",
    "mt::div.Scalar": "{0} / {1}",
    "mt::exp": "exp({0})",
    "mt::tanh": "tanh({0})",
    "mt::relu": "where({0} > 0, {0}, 0.0)",
    "mt::step": "where({0} > 0, 1.0, 0.0)",
}


class NumpyCompiler:
    """Compiles a graph to a function whose lines are its calls."""

    def describe(self, arguments: Sequence[object]) -> Hashable:
        return ()  # what it makes fits all arguments

    def compile(self, graph: Graph, description: Hashable) -> Callable[..., Any]:
        lines = [f"def fused({', '.join(f'v{i}' for i in range(graph.n_inputs))}):"]
        for node in graph.nodes:
            if node.operator not in EXPRESSIONS:
                raise CannotFuse(f"there is no expression for {node.operator}")
            text = EXPRESSIONS[node.operator].format(*map(_spelt, node.args))
            lines.append(f"    {_spelt(node.results[0])} = {text}")
        lines.append(f"    return [{', '.join(map(_spelt, graph.outputs))}]")
        scope: dict[str, Any] = {"exp": np.exp, "tanh": np.tanh, "where": np.where}
        exec("\n".join(lines), scope)
        fused = scope["fused"]
        return lambda inputs: [*map(_from_array, fused(*map(_to_array, inputs)))]


def _spelt(argument: object) -> str:
    return repr(argument).replace("%", "v")  # values are shown as %0, %1, ...


def _to_array(argument: Any) -> Any:
    return argument.data if isinstance(argument, Tensor) else argument


def _from_array(array: Any) -> Tensor:
    return Tensor(np.asarray(array), "CPU")


# Asked in this order. The first needs numexpr, and leaves what it would round otherwise.
FUSER.register_compiler(NumexprCompiler(EXPRESSIONS, _to_array, _from_array))
FUSER.register_compiler(NumpyCompiler())
FUSER.allow(DispatchKey.CPU)


class Fused:
    """A function of tensors and numbers whose calls are fused if they can be.

    Args:
        function: takes stand-ins for `ops` and for its inputs; it is called once.
        n_inputs: how many inputs it has.
    """

    def __init__(self, function: Callable[..., Any], n_inputs: int) -> None:
        self.key: Final = register_fusion(trace(function, n_inputs))

    def __call__(self, *inputs: Tensor | float) -> list[Any]:
        stack: list[object] = [*inputs]  # the outputs take the place of the inputs
        if not run_fusion(self.key, stack):
            run_fallback(self.key, stack)
        return stack
