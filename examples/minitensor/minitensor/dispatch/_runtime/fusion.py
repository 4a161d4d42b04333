"""The fuser of a dispatcher: which calls it may leave out, and how it makes the others.

Mirrors `torch/csrc/jit/codegen/fuser/interface.h`. A fused kernel stands for the kernels
of some keysets, so it runs only where calls would reach just these: a guard that takes
autograd keys out lets more be fused, and a mode or an observer nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .context import Tls
from .fuser import Fuser

if TYPE_CHECKING:
    from .dispatcher import Dispatcher


class DispatcherFuser(Fuser):
    """Fused graphs of a dispatcher's operators, by key."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        super().__init__(dispatcher.function, why_not=self._reason)
        self._dispatcher = dispatcher
        self._allowed: frozenset[int] = frozenset()

    def set_primitive(self, name: str, function: Callable[..., Any]) -> None:
        """Say what a primitive does where its group is not fused.

        Args:
            name: such as `FUSED_CONCAT`.
            function: takes what the graph gives to it.
        """
        self._primitives[name] = function

    def allow(self, *keysets: Any) -> None:
        """Let compiled kernels stand for the kernels that these keysets reach.

        That is a promise: kernels that are registered later are not looked at.

        Args:
            keysets: of tensors, in a fresh thread: raw, as keysets, or as keys.
        """
        dispatcher = self._dispatcher
        default = dispatcher.contexts.default
        found = (self._dispatched(dispatcher.raw(keys), default) for keys in keysets)
        self._allowed = self._allowed.union(found)

    def _dispatched(self, keys: int, tls: Tls) -> int:
        layout = self._dispatcher.layout
        return layout.difference(keys | tls.included, tls.excluded)

    def _reason(self, arguments: Sequence[object]) -> str | None:
        """Why calls with these arguments cannot be left out, if they can't."""
        dispatcher = self._dispatcher
        if dispatcher.observers.installed:
            return "calls are observed"
        tls = dispatcher.contexts.current().tls
        union = 0
        for index, argument in enumerate(arguments):
            for tensor, keys in self._tensors(argument):
                union |= keys
                reached = self._dispatched(keys, tls)
                if reached not in self._allowed:
                    return f"argument {index}: {self._in_the_way(reached)}"
                plain = self._dispatched(keys, dispatcher.contexts.default)
                if reached == plain and getattr(tensor, "requires_grad", False):
                    return f"argument {index} requires a gradient"
        # A call dispatches by all of its arguments together.
        if union and self._dispatched(union, tls) not in self._allowed:
            return f"together: {self._in_the_way(self._dispatched(union, tls))}"
        return None

    def _in_the_way(self, reached: int) -> str:
        """Why calls that dispatch by a keyset are not to be fused."""
        if not self._allowed:
            return "no keyset is allowed to be fused"
        dispatcher = self._dispatcher
        backends = dispatcher.layout.full_backend_mask
        closest = min(self._allowed, key=lambda one: (one ^ reached).bit_count())
        extra = [
            dispatcher.name_of_key(key)
            for key in dispatcher.keyset(reached & ~closest | reached & backends)
        ]
        shown = dispatcher.keyset(reached)
        if extra:
            return f"calls would reach {', '.join(extra)} too, by {shown}"
        return f"calls would dispatch by {shown}, which is not allowed to be fused"

    def _tensors(self, argument: object) -> Iterator[tuple[object, int]]:
        if isinstance(argument, (list, tuple)):
            for item in argument:
                yield from self._tensors(item)
            return
        keys = self._dispatcher.keyset_of(argument)
        if keys is not None:
            yield argument, keys
