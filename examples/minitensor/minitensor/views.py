"""ADInplaceOrView kernels: what views share, and how often memory was changed.

Each takes the raw keyset of the call, and goes on with those of its keys that are below.
"""

from typing import Any, Final

from .dispatch import Library, below_views, with_keyset
from .tensor import Tensor, mt

BELOW: Final = below_views.raw_repr()


def _kernel(op: Any) -> Any:
    def kernel(keys: int, self: Tensor, *args: Any) -> Tensor:
        result: Tensor = op.redispatch(keys & BELOW, self, *args)
        inner = self.replay
        result.version = self.version
        result.base = self.base or self
        result.replay = lambda base: op(inner(base) if inner else base, *args)
        result.set_node(None)
        return result

    return with_keyset(kernel, kind=int)


# declarations/operators.yaml names these.
view = _kernel(mt.view)
expand = _kernel(mt.expand)
transpose = _kernel(mt.transpose)
narrow = _kernel(mt.narrow)


# These are registered here instead. They stay as long as the library does.
library: Final = Library("mt", "IMPL", "ADInplaceOrView")


def _count_changes(op: Any) -> None:
    def kernel(keys: int, self: Tensor, *args: Any) -> Tensor:
        result: Tensor = op.redispatch(keys & BELOW, self, *args)
        self.version.count += 1
        return result

    library.impl(op, kernel, with_keyset=int)


for op in (mt.add_, mt.copy_, mt.zero_):
    _count_changes(op)
