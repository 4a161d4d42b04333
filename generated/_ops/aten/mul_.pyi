"""aten::mul_, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _mul_(_t.Packet):
    def __call__(_, /, self: _T, other: _T) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def Tensor(self: _T, other: _T) -> _t.Value: ...

mul_: _mul_
