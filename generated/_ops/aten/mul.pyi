"""aten::mul, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

# A call goes to the first overload that fits, so that several may.
# mypy: disable-error-code="overload-cannot-match, overload-overlap"

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _mul(_t.Packet):
    @_t.overload
    def __call__(_, /, self: _T, other: _T) -> _t.Value: ...
    @_t.overload
    def __call__(_, /, self: _T, other: _T, *, out: _T) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def Tensor(self: _T, other: _T) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def out(self: _T, other: _T, *, out: _T) -> _t.Value: ...

mul: _mul
