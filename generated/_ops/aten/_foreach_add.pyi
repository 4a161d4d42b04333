"""aten::_foreach_add, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class __foreach_add(_t.Packet):
    def __call__(
        _, /, self: _t.Sequence[_T], other: _t.Sequence[_T], *, alpha: _t.Scalar = 1
    ) -> _t.Sequence[_t.Value]: ...
    @_t.typed
    @staticmethod
    def List(
        self: _t.Sequence[_T], other: _t.Sequence[_T], *, alpha: _t.Scalar = 1
    ) -> _t.Sequence[_t.Value]: ...

_foreach_add: __foreach_add
