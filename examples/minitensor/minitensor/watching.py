"""Ways to see or change what calls do: a mode, a subclass, and a trace through the keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from .dispatch import DispatchMode, add_observer, python_keys
from .tensor import Tensor


class LogCalls(DispatchMode):
    """Notes what reaches the Python key, which is below autograd.

    Attributes:
        lines: a line for each call.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        shown = [str(x.shape) if isinstance(x, Tensor) else repr(x) for x in args]
        self.lines.append(f"{func.name}({', '.join(shown)}) -> {result.shape}")
        return result


class Checked(Tensor):
    """A tensor that stops a computation at the first result that is not finite."""

    def __init__(self, data: Any, device: str, requires_grad: bool = False) -> None:
        super().__init__(data, device, requires_grad)
        self.keys |= python_keys.raw_repr()

    @classmethod
    def __torch_dispatch__(
        cls, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        result = func(*map(_plain, args), **(kwargs or {}))
        if not np.isfinite(result.data).all():
            raise FloatingPointError(f"{func.name} made a number that is not finite")
        if func.schema.returns[0].is_write:
            return args[0]  # changed in place, through the memory that `_plain` shares
        return cls(result.data, result.device)


def _plain(argument: Any) -> Any:
    if isinstance(argument, (list, tuple)):
        return [_plain(item) for item in argument]
    if isinstance(argument, Checked):
        return Tensor(argument.data, argument.device)
    return argument


@contextmanager
def trace() -> Iterator[list[str]]:
    """Notes every kernel that runs meanwhile, indented by the kernels that it runs in."""
    lines: list[str] = []
    running: list[Any] = []

    def start(event: Any) -> None:
        where = f" at {event.key}" if event.key else ""  # none for a mode or subclass
        lines.append(f"{'  ' * len(running)}{event.name}{where}")
        running.append(event)

    def end(event: Any, started: None) -> None:
        running.pop()

    remove = add_observer(start, end, redispatches=True)
    try:
        yield lines
    finally:
        remove()
