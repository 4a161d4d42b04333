"""aten::add_, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _add_(_t.Packet):
    def __call__(_, /, self: _T, other: _T, *, alpha: _t.Scalar = 1) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def Tensor(self: _T, other: _T, *, alpha: _t.Scalar = 1) -> _t.Value: ...

add_: _add_
