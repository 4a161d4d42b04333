"""aten::add, as type checkers see it.

Generated from declarations; to rewrite it, run: dispatch-codegen generate
"""

# A call goes to the first overload that fits, so that several may.
# mypy: disable-error-code="overload-cannot-match, overload-overlap"

from ..._runtime import signatures as _t
from ...operator_types import Tensor as _T

class _add(_t.Packet):
    @_t.overload
    def __call__(_, /, self: _T, other: _T, *, alpha: _t.Scalar = 1) -> _t.Value: ...
    @_t.overload
    def __call__(
        _, /, self: _T, other: _T, *, alpha: _t.Scalar = 1, out: _T
    ) -> _t.Value: ...
    @_t.overload
    def __call__(
        _, /, self: _T, other: _t.Scalar, alpha: _t.Scalar = 1
    ) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def Tensor(self: _T, other: _T, *, alpha: _t.Scalar = 1) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def out(self: _T, other: _T, *, alpha: _t.Scalar = 1, out: _T) -> _t.Value: ...
    @_t.typed
    @staticmethod
    def Scalar(self: _T, other: _t.Scalar, alpha: _t.Scalar = 1) -> _t.Value: ...

add: _add
