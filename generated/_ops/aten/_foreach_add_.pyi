"""aten::_foreach_add_, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class __foreach_add_(_t.Packet):
    def __call__(
        _, /, self: _t.Sequence[_T], other: _t.Sequence[_T], *, alpha: _t.Scalar = 1
    ) -> None: ...
    @_t.typed
    @staticmethod
    def List(
        self: _t.Sequence[_T], other: _t.Sequence[_T], *, alpha: _t.Scalar = 1
    ) -> None: ...

_foreach_add_: __foreach_add_
