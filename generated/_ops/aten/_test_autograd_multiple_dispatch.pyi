"""aten::_test_autograd_multiple_dispatch, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class __test_autograd_multiple_dispatch(_t.Packet):
    def __call__(_, /, self: _T) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def fullcoverage(self: _T) -> _t.Value: ...

_test_autograd_multiple_dispatch: __test_autograd_multiple_dispatch
