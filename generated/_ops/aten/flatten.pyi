"""aten::flatten, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _flatten(_t.Packet):
    def __call__(
        _, /, self: _T, start_dim: _t.Int = 0, end_dim: _t.Int = -1
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def using_ints(
        self: _T, start_dim: _t.Int = 0, end_dim: _t.Int = -1
    ) -> _t.Value: ...

flatten: _flatten
