"""aten::transpose, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _transpose(_t.Packet):
    def __call__(_, /, self: _T, dim0: _t.Int, dim1: _t.Int) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def int(self: _T, dim0: _t.Int, dim1: _t.Int) -> _t.Value: ...

transpose: _transpose
