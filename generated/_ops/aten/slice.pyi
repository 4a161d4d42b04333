"""aten::slice, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _slice(_t.Packet):
    def __call__(
        _,
        /,
        self: _T,
        dim: _t.Int = 0,
        start: _t.Int | None = None,
        end: _t.Int | None = None,
        step: _t.Int = 1,
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def Tensor(
        self: _T,
        dim: _t.Int = 0,
        start: _t.Int | None = None,
        end: _t.Int | None = None,
        step: _t.Int = 1,
    ) -> _t.Value: ...

slice: _slice
