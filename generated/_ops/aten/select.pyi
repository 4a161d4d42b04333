"""aten::select, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _select(_t.Packet):
    def __call__(_, /, self: _T, dim: _t.Int, index: _t.Int) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def int(self: _T, dim: _t.Int, index: _t.Int) -> _t.Value: ...

select: _select
