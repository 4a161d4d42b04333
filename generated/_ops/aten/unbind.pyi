"""aten::unbind, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _unbind(_t.Packet):
    def __call__(_, /, self: _T, dim: _t.Int = 0) -> _t.Sequence[_t.Value]: ...
    @_t.typed
    @staticmethod
    def int(self: _T, dim: _t.Int = 0) -> _t.Sequence[_t.Value]: ...

unbind: _unbind
