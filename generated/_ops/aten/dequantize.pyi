"""aten::dequantize, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _dequantize(_t.Packet):
    def __call__(_, /, self: _T) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def self(self: _T) -> _t.Value: ...

dequantize: _dequantize
